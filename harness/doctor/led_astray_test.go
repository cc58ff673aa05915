package doctor_test

import (
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/grantproof/grantproof/harness/doctor"
	"github.com/grantproof/grantproof/harness/target"
)

// sink is a server without TLS to which another one leads; it keeps what comes.
type sink struct {
	*httptest.Server
	mu    sync.Mutex
	heard []string
}

func startSink(t *testing.T) *sink {
	t.Helper()
	s := new(sink)
	s.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.heard = append(s.heard, r.Method+" "+r.URL.Path+" "+r.Header.Get("Authorization")+string(body))
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *sink) take() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	heard := strings.Join(s.heard, "\n")
	s.heard = nil
	return heard
}

// A server with TLS names endpoints without: nothing is sent there, the finding
// says why and what to change, and the target file may allow it.
func TestLedToWhereThereIsNoTLS(t *testing.T) {
	if os.Getenv("GRANTPROOF_TEST_TRUSTS_TEST_SERVERS") == "" {
		again(t)
		return
	}
	elsewhere := startSink(t)
	for member, status := range map[string]doctor.Status{
		"token_endpoint": doctor.Error, "introspection_endpoint": doctor.Warning, "registration_endpoint": doctor.Warning, "jwks_uri": doctor.Warning, "authorization_endpoint": doctor.Warning,
	} {
		t.Run(member, func(t *testing.T) {
			leading := startWithTLS(t, map[string]any{member: elsewhere.URL + "/" + member})
			examined := leading.target()
			f := named(examine(t, examined), strings.ReplaceAll(member, "_", " "))
			if heard := elsewhere.take(); heard != "" {
				t.Errorf("sent without TLS: %s", heard)
			}
			if f.Status != status || !strings.Contains(f.CameBack, "without TLS") || !strings.Contains(f.Change, elsewhere.URL) {
				t.Errorf("found %+v", f)
			}
			examined.Reach = []string{elsewhere.URL}
			if f := named(examine(t, examined), strings.ReplaceAll(member, "_", " ")); strings.Contains(f.CameBack, "without TLS") {
				t.Errorf("allowed, and found %+v", f)
			}
			elsewhere.take()
		})
	}
}

// An MCP server or an API that names an authorization server does not thereby
// get the secrets of the target file for it.
func TestSecretsForAFoundIssuer(t *testing.T) {
	api := start(t, map[string]http.HandlerFunc{"/.well-known/oauth-protected-resource": func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]any{"authorization_servers": []string{"https://as.example"}})
	}})
	examined := target.Target{ResourceServer: target.ResourceServer{URL: api.URL}, Clients: map[string]target.Client{"confidential": {ID: "service", Secret: secret}}}
	f := named(examine(t, examined), "authorization server found")
	if f.Status != doctor.Error || !strings.Contains(f.CameBack, "clients.confidential.client_secret") || !strings.Contains(f.CameBack, "authorization_server.issuer") {
		t.Errorf("found %+v", f)
	}
}

// startWithTLS starts the usual server with TLS and other members of its metadata.
func startWithTLS(t *testing.T, members map[string]any) *server {
	t.Helper()
	s := &server{replaces: map[string]http.HandlerFunc{}}
	s.replaces["/.well-known/oauth-authorization-server"] = func(w http.ResponseWriter, _ *http.Request) {
		document := s.metadata()
		for name, value := range members {
			document[name] = value
		}
		answer(w, http.StatusOK, document)
	}
	s.Server = httptest.NewUnstartedServer(s)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

// again runs the test in a process that trusts the certificate of test servers.
func again(t *testing.T) {
	t.Helper()
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()
	file := filepath.Join(t.TempDir(), "trusted.pem")
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(file, certificate, 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^"+t.Name()+"$", "-test.v")
	command.Env = append(os.Environ(), "SSL_CERT_FILE="+file, "GRANTPROOF_TEST_TRUSTS_TEST_SERVERS=1")
	output, err := command.CombinedOutput()
	if err != nil || !strings.Contains(string(output), "--- PASS: "+t.Name()) {
		t.Errorf("%v\n%s", err, output)
	}
}

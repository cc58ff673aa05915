package doctor_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/harness/doctor"
	"github.com/grantproof/grantproof/harness/target"
)

// The ways in which no answer comes are told apart.
func TestConnections(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	plain, unknown, expired := start(t, nil), secure(t, nil), secure(t, outdated(t))
	for name, test := range map[string]struct{ issuer, finding, says, changes string }{
		"nothing listens":                {"http://127.0.0.1:1", "reachable", "refused", "start the server"},
		"no such name":                   {"http://no-such-host.invalid", "reachable", "no-such-host.invalid", "correct the name"},
		"no answer":                      {"http://" + silent.Addr().String(), "reachable", "no answer in time", "limits.timeout"},
		"TLS where there is none":        {strings.Replace(plain.URL, "http:", "https:", 1), "TLS", "without TLS", "write http://"},
		"none where there is TLS":        {strings.Replace(unknown, "https:", "http:", 1), "reachable", "for TLS", "write https://"},
		"an authority that nobody knows": {unknown, "TLS", "does not trust", "SSL_CERT_FILE"},
		"a certificate of another name":  {strings.Replace(unknown, "127.0.0.1", "localhost", 1), "TLS", "for example.com", "a host that the certificate names"},
		"a certificate that is too old":  {expired, "TLS", "valid from 2020-01-01 to 2020-02-01", "renew"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			findings := examine(t, target.Target{AuthorizationServer: target.AuthorizationServer{Issuer: test.issuer}, Limits: target.Limits{Timeout: 2 * time.Second}})
			f := named(findings, "authorization server "+test.finding)
			if f.Status != doctor.Error || !strings.Contains(f.CameBack, test.says) || !strings.Contains(f.Change, test.changes) || f.Line != "target.yaml:authorization_server.issuer" {
				t.Errorf("found %+v; want %q and %q:\n%s", f, test.says, test.changes, printed(findings))
			}
		})
	}
}

// secure starts a server with a certificate of which nobody knows; its URL.
func secure(t *testing.T, certificate *tls.Certificate) string {
	t.Helper()
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	if certificate != nil {
		s.TLS = &tls.Config{Certificates: []tls.Certificate{*certificate}}
	}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

func outdated(t *testing.T) *tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := x509.Certificate{
		SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.ParseIP("127.0.0.1")},
		NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2020, 2, 1, 0, 0, 0, 0, time.UTC),
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

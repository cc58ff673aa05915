package harness_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/impl"
)

// What a run registers it deletes again, at its end as where it is interrupted.
func TestNothingIsLeftBehind(t *testing.T) {
	fixture := started(t)
	before := clientsAt(t, fixture)
	examined := harness.Config{Target: &target.Target{AuthorizationServer: target.AuthorizationServer{Issuer: fixture.Issuer}}, Only: []string{"authorization_server/client_credentials.feature", "authorization_server/registration.feature"}}
	result, err := harness.Run(t.Context(), examined)
	if err != nil {
		t.Fatal(err)
	}
	if r := result.Registrations; r == nil || r.Made < 10 || len(r.Remaining) > 0 || report.Remains(result) != "" {
		t.Errorf("the report says %+v", r)
	}
	if after := clientsAt(t, fixture); after != before {
		t.Errorf("%d clients are left behind", after-before)
	}
	ctx, cancel := context.WithCancel(t.Context())
	examined.Finished = func(s report.Scenario) {
		if s.Verdict == report.Passed {
			cancel()
		}
	}
	part, err := harness.Run(ctx, examined)
	if !errors.Is(err, harness.ErrInterrupted) || strings.Contains(err.Error(), "remain") {
		t.Errorf("it was interrupted: %v", err)
	}
	if all := len(result.Scenarios); part.Interrupted == nil || !*part.Interrupted || part.Summary.Passed == 0 || part.Summary.Inconclusive > 0 || len(part.Scenarios)+*part.NotRun != all || *part.NotRun == 0 {
		t.Errorf("of %d scenarios the report of the interrupted run has %d, and %+v", all, len(part.Scenarios), part.Summary)
	}
	if after := clientsAt(t, fixture); after != before {
		t.Errorf("%d clients are left behind by an interrupted run", after-before)
	}
}

func clientsAt(t *testing.T, fixture *impl.Fixture) int {
	t.Helper()
	clients, err := fixture.Realms.Root().Store().Clients(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return len(clients)
}

// Where a server does not say how a registration is deleted, the run says how
// many remain.
func TestWhatIsLeftBehind(t *testing.T) {
	fixture := started(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, err := http.Post(fixture.Issuer+"/oauth/register", r.Header.Get("Content-Type"), r.Body)
		if err != nil {
			t.Error(err)
			return
		}
		defer answer.Body.Close()
		body, _ := io.ReadAll(answer.Body)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(answer.StatusCode)
		_, _ = w.Write(bytes.ReplaceAll(body, []byte("registration_client_uri"), []byte("unknown")))
	}))
	defer server.Close()
	before := clientsAt(t, fixture)
	result, err := harness.Run(t.Context(), harness.Config{
		Target: &target.Target{AuthorizationServer: target.AuthorizationServer{Issuer: fixture.Issuer, Metadata: map[string]any{"registration_endpoint": server.URL}}},
		Only:   []string{"authorization_server/client_credentials.feature"},
	})
	if err != nil {
		t.Fatal(err)
	}
	left := clientsAt(t, fixture) - before
	if r := result.Registrations; left < 10 || len(r.Remaining) != left || r.Made != left || !strings.Contains(report.Remains(result), "remain at the target") {
		t.Errorf("%d are left behind, and the report says %+v", left, result.Registrations)
	}
}

// A deletion that is refused in its time, for a limit, is asked for again at the end
// of the run.
func TestDeletionsAreAskedForAgain(t *testing.T) {
	fixture := started(t)
	var asked sync.Map
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request, err := http.NewRequest(r.Method, fixture.Issuer+r.URL.Path, r.Body)
		if err != nil {
			t.Error(err)
			return
		}
		request.Header = r.Header.Clone()
		if _, before := asked.LoadOrStore(r.URL.Path, true); r.Method == http.MethodDelete && !before {
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Error(err)
			return
		}
		defer answer.Body.Close()
		body, _ := io.ReadAll(answer.Body)
		w.Header().Set("Content-Type", answer.Header.Get("Content-Type"))
		w.WriteHeader(answer.StatusCode)
		_, _ = w.Write(bytes.ReplaceAll(body, []byte(fixture.Issuer+"/oauth/register/"), []byte("http://"+r.Host+"/oauth/register/")))
	}))
	defer server.Close()
	before := clientsAt(t, fixture)
	result, err := harness.Run(t.Context(), harness.Config{
		Target: &target.Target{AuthorizationServer: target.AuthorizationServer{Issuer: fixture.Issuer, Metadata: map[string]any{"registration_endpoint": server.URL + "/oauth/register"}}},
		Only:   []string{"authorization_server/client_credentials.feature"},
	})
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	asked.Range(func(path, _ any) bool {
		if strings.HasPrefix(path.(string), "/oauth/register/") {
			refused++
		}
		return true
	})
	if after := clientsAt(t, fixture); after != before || refused < 10 || len(result.Registrations.Remaining) > 0 {
		t.Errorf("%d deletions were refused once, %d clients are left behind, and the report says %+v", refused, after-before, result.Registrations)
	}
}

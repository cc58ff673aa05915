package harness

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/fixture"
	"github.com/grantproof/grantproof/harness/report"
)

// A server that refuses everything passes no scenario that expects a refusal,
// whatever it says.
func TestRefuser(t *testing.T) {
	for code, status := range map[string]int{
		"invalid_request": 400, "invalid_client": 401, "invalid_grant": 400, "invalid_scope": 400, "unauthorized_client": 400,
		"unsupported_grant_type": 400, "invalid_token": 401, "insufficient_scope": 403, "not_found": 404,
	} {
		t.Run(code, func(t *testing.T) {
			if testing.Short() && code != "invalid_grant" && code != "insufficient_scope" {
				t.Skip("make full has every code")
			}
			examined := 0
			for id, scenario := range refusals(t, func(w http.ResponseWriter, r *http.Request) { refuse(w, code, status) }) {
				examined++
				// What is optional passes with a note, however it fails.
				if scenario.Verdict == report.Passed && scenario.Level != "may" {
					t.Errorf("%s passed against a server that refuses everything", id)
				}
			}
			if examined < 80 {
				t.Errorf("only %d scenarios expect a refusal", examined)
			}
		})
	}
}

func refuse(w http.ResponseWriter, code string, status int) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Add("WWW-Authenticate", `Basic realm="liar"`)
	w.Header().Add("WWW-Authenticate", `Bearer error="`+code+`"`)
	w.WriteHeader(status)
	_, _ = w.Write([]byte(`{"error":"` + code + `"}`))
}

// A server that accepts everything fails every scenario that expects a
// refusal of a server.
func TestAccepter(t *testing.T) {
	examined := 0
	for id, scenario := range refusals(t, accept) {
		if scenario.Role != "authorization-server" && scenario.Role != "resource-server" {
			continue
		}
		examined++
		want := report.Failed
		switch scenario.Level {
		case "should":
			want = report.Warned
		case "may":
			want = report.Passed // With a note that it is not done.
		}
		if scenario.Verdict != want && scenario.Verdict != report.NotApplicable {
			t.Errorf("%s is %s against a server that accepts everything, want %s (%s)", id, scenario.Verdict, want, text(scenario.Reason))
		}
	}
	if examined < 60 {
		t.Errorf("only %d scenarios expect a refusal", examined)
	}
}

func accept(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/account/grants") && r.Method == http.MethodGet {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(`<form method="post"><button>End this access</button></form>`))
		return
	}
	if strings.HasSuffix(r.URL.Path, "/oauth/authorize") {
		to := r.FormValue("redirect_uri")
		if to == "" {
			to = "https://attacker.example/"
		}
		w.Header().Set("Location", to+"?"+url.Values{"code": {"accepted-code"}, "state": {r.FormValue("state")}}.Encode())
		w.WriteHeader(http.StatusFound)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"access_token":"accepted","token_type":"Bearer","active":true,"client_id":"liar","scope":"` + r.FormValue("scope") + `"}`))
}

// refusals runs every scenario that expects a refusal against servers that
// answer with handler; the control plane stays sound.
func refusals(t *testing.T, handler http.HandlerFunc) map[string]report.Scenario {
	t.Helper()
	liar, err := fixture.Start(func(role string, next http.Handler) http.Handler {
		if role == "control" {
			return next
		}
		return soundDiscovery(next, handler)
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = liar.Close() })
	result, err := Run(t.Context(), Config{system: liar, Only: refusalIDs(t)})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]report.Scenario{}
	for _, scenario := range result.Scenarios {
		found[scenario.ID] = scenario
	}
	return found
}

// refusalIDs are the scenarios that expect a refusal.
func refusalIDs(t *testing.T) []string {
	t.Helper()
	suite, err := planned(Config{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, scenario := range suite.Plan.Scenarios {
		if scenario.Refuses() {
			ids = append(ids, scenario.ID)
		}
	}
	return ids
}

// soundDiscovery lets a liar tell the truth about its endpoints, which every
// run begins with; in the realms of the scenarios it lies about them too.
func soundDiscovery(sound http.Handler, liar http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/.well-known/oauth-authorization-server" {
			sound.ServeHTTP(w, r)
			return
		}
		liar(w, r)
	})
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

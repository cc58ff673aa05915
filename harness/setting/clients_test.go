package setting

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
)

// A client that can prove who it is registers as a web application, and as a
// native one only where the server wants that; for all scopes that there are,
// of which it asks for those of resources.
func TestRegisterElsewhere(t *testing.T) {
	for _, refuses := range []string{"", "web"} {
		var kinds []string
		var scope any
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var sent map[string]any
			_ = json.NewDecoder(r.Body).Decode(&sent)
			kind, _ := sent["application_type"].(string)
			kinds, scope = append(kinds, kind), sent["scope"]
			w.Header().Set("Content-Type", "application/json")
			if kind == refuses {
				w.WriteHeader(http.StatusBadRequest)
				_, _ = w.Write([]byte(`{"error":"invalid_redirect_uri"}`))
				return
			}
			sent["client_id"], sent["client_secret"] = "made", "a-secret-of-the-client"
			w.WriteHeader(http.StatusCreated)
			_ = json.NewEncoder(w).Encode(sent)
		}))
		defer server.Close()
		run := &world.Run{
			Setting: new(foreign), Target: target.Target{AuthorizationServer: target.AuthorizationServer{Issuer: server.URL}}, HTTP: server.Client(),
			Metadata:     map[string]any{"registration_endpoint": server.URL, "scopes_supported": []any{"openid", "offline_access", "read", "write"}},
			Capabilities: map[string]bool{"registration": true, "authorization_code": true},
		}
		w := run.New()
		if err := acts.RegisterClient(t.Context(), w, true, nil); err != nil {
			t.Fatal(err)
		}
		want := []string{"web"}
		if refuses == "web" {
			want = []string{"web", "native"}
		}
		if !slices.Equal(kinds, want) || scope != "openid offline_access read write" || w.Client.Scope != "read write" {
			t.Errorf("registered as %v for %q, and asks for %q", kinds, scope, w.Client.Scope)
		}
	}
}

package harness_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/target"
)

// What a run would send is told without sending it: the target sees who looks
// at its metadata, and nothing else.
func TestDryRun(t *testing.T) {
	var mu sync.Mutex
	var seen []string
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, r.Method+" "+r.URL.Path)
		_, _ = w.Write([]byte(`{"issuer":"` + server.URL + `","token_endpoint":"` + server.URL + `/token","authorization_endpoint":"` + server.URL + `/authorize",
			"registration_endpoint":"` + server.URL + `/register","grant_types_supported":["authorization_code","client_credentials"],"code_challenge_methods_supported":["S256"]}`))
	}))
	defer server.Close()
	intents, err := harness.DryRun(t.Context(), harness.Config{
		Target: &target.Target{AuthorizationServer: target.AuthorizationServer{Issuer: server.URL}, ResourceOwner: target.ResourceOwner{Username: "a", Password: "b", Browser: "forms"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, request := range seen {
		if !strings.HasPrefix(request, "GET /.well-known/") {
			t.Errorf("it sent %s", request)
		}
	}
	byID := map[string]harness.Intent{}
	for _, intent := range intents {
		byID[intent.ID] = intent
		if len(intent.Does) == 0 || intent.Waits > 0 || intent.Reason != "" {
			t.Errorf("%s: %+v", intent.ID, intent)
		}
	}
	refusal := byID["authorization_server/pkce#another-code-verifier-is-refused"]
	if len(byID) < 100 || !refusal.Registers || !refusal.SignsIn || !refusal.Repeats || !strings.Contains(strings.Join(refusal.Does, "\n"), "When the client redeems the code with: code_verifier = (random)") {
		t.Errorf("of %d, one is %+v", len(byID), refusal)
	}
	metadata := byID["authorization_server/metadata#the-metadata-is-a-json-document"]
	if metadata.Registers {
		t.Errorf("who asks for metadata registers nobody: %+v", metadata)
	}
}

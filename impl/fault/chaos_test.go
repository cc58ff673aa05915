package fault_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/wire"
)

// occurring sends requests to a server with chaos, and returns what occurred to
// each.
func occurring(t *testing.T, chaos *fault.Chaos, paths ...string) []string {
	t.Helper()
	chaos.Slow = time.Millisecond
	sound := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"issuer":"https://as.example.com"}`))
	})
	server := chaos.Alter().Around(fault.AuthorizationServer, sound)
	var all []string
	for _, path := range paths {
		request := httptest.NewRequestWithContext(context.Background(), http.MethodGet, path, nil)
		request = request.WithContext(wire.With(request.Context(), request))
		server.ServeHTTP(httptest.NewRecorder(), request)
		all = append(all, strings.Join(wire.FromContext(request.Context()).Departures, ","))
	}
	return all
}

func chaos(t *testing.T, seed int64, probability float64, names ...string) *fault.Chaos {
	t.Helper()
	made, err := fault.NewChaos(seed, probability, names)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

const metadata = "/.well-known/oauth-authorization-server"

// The same seed does the same again, whatever else is asked for in between; and
// another seed something else.
func TestChaosIsReplayed(t *testing.T) {
	var alone, among []string
	for range 60 {
		alone = append(alone, "/a")
		among = append(among, "/a", "/b")
	}
	first := occurring(t, chaos(t, 7, 0.3), alone...)
	if again := occurring(t, chaos(t, 7, 0.3), alone...); !slices.Equal(first, again) {
		t.Errorf("once %q, then %q", first, again)
	}
	var ofA []string
	for i, occurred := range occurring(t, chaos(t, 7, 0.3), among...) {
		if among[i] == "/a" {
			ofA = append(ofA, occurred)
		}
	}
	if !slices.Equal(first, ofA) {
		t.Errorf("alone %q, among others %q", first, ofA)
	}
	if other := occurring(t, chaos(t, 8, 0.3), alone...); slices.Equal(first, other) {
		t.Error("another seed does the same")
	}
	met := len(first) - len(slices.DeleteFunc(first, func(s string) bool { return s != "" }))
	if met < 8 || met > 30 {
		t.Errorf("of 60 requests %d met something with a probability of 0.3", met)
	}
}

// What lasts is so at each request, and not in each realm.
func TestLastingDepartures(t *testing.T) {
	realms := 0
	for seed := range int64(100) {
		occurred := occurring(t, chaos(t, seed, 0.3, "issuer-with-trailing-slash"), metadata, metadata, metadata)
		if len(slices.Compact(slices.Clone(occurred))) != 1 {
			t.Fatalf("seed %d: %q", seed, occurred)
		}
		if occurred[0] != "" {
			realms++
		}
	}
	if realms < 15 || realms > 45 {
		t.Errorf("%d of 100 realms have it with a probability of 0.3", realms)
	}
}

func TestChaosRefuses(t *testing.T) {
	for _, probability := range []float64{-0.1, 1.1} {
		if _, err := fault.NewChaos(1, probability, nil); err == nil {
			t.Errorf("a probability of %v", probability)
		}
	}
	if _, err := fault.NewChaos(1, 1, []string{"tea"}); err == nil || !strings.Contains(err.Error(), `no departure "tea"`) {
		t.Errorf("an unknown departure: %v", err)
	}
}

// Every departure has a name of its own and a sentence.
func TestDepartureNames(t *testing.T) {
	known := map[fault.Name]bool{}
	for _, d := range fault.Departures() {
		if known[d.Name] || d.Summary == "" || !strings.HasSuffix(d.Summary, ".") {
			t.Errorf("%s: %q", d.Name, d.Summary)
		}
		known[d.Name] = true
	}
}

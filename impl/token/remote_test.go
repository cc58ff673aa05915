package token_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/token"
)

// published is a server of keys that counts how often it is asked.
type published struct {
	body    string
	fetches int
}

func (p *published) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	p.fetches++
	if p.body == "" {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_, _ = w.Write([]byte(p.body))
}

func lacks(token.KeySet) bool { return false }
func has(token.KeySet) bool   { return true }

func TestRemoteKeys(t *testing.T) {
	keys := &published{body: keySet}
	server := httptest.NewServer(keys)
	defer server.Close()
	now := time.Unix(1_700_000_000, 0)
	sets := token.NewRemoteKeySets("http://localhost:4000", func() time.Time { return now })
	for _, step := range []struct {
		what    string
		passes  time.Duration
		wanted  func(token.KeySet) bool
		fetches int
	}{
		{"the first time", 0, has, 1},
		{"again", time.Minute, has, 1},
		{"for an unknown key", 0, lacks, 2},
		{"for an unknown key at once", 0, lacks, 2},
		{"for an unknown key later", time.Second, lacks, 3},
		{"when the set is old", 5 * time.Minute, has, 4},
		{"right after", time.Second, has, 4},
	} {
		now = now.Add(step.passes)
		set, err := sets.Keys(t.Context(), server.URL, step.wanted)
		if err != nil || len(set) != 2 || keys.fetches != step.fetches {
			t.Errorf("%s: %d keys, %v, %d fetches, want %d", step.what, len(set), err, keys.fetches, step.fetches)
		}
	}
}

// A server that is down is not asked by every request, and a set that is still
// fresh serves on.
func TestRemoteKeysThatCannotBeHad(t *testing.T) {
	keys := &published{}
	server := httptest.NewServer(keys)
	defer server.Close()
	now := time.Unix(1_700_000_000, 0)
	sets := token.NewRemoteKeySets("http://localhost:4000", func() time.Time { return now })
	for range 3 {
		if _, err := sets.Keys(t.Context(), server.URL, has); !errors.Is(err, token.ErrRemoteKeys) {
			t.Errorf("error %v", err)
		}
	}
	if keys.fetches != 1 {
		t.Errorf("%d fetches within a second", keys.fetches)
	}
	now, keys.body = now.Add(2*time.Second), keySet
	if _, err := sets.Keys(t.Context(), server.URL, has); err != nil {
		t.Errorf("it is back, and still %v", err)
	}
	now, keys.body = now.Add(time.Minute), ""
	if _, err := sets.Keys(t.Context(), server.URL, has); err != nil {
		t.Errorf("the set was fresh, and still %v", err)
	}
}

func TestRemoteKeysRefuses(t *testing.T) {
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	defer server.Close()
	mux.Handle("/keys", &published{body: keySet})
	mux.Handle("/large", &published{body: strings.Repeat(" ", 65<<10) + keySet})
	mux.Handle("/longer", &published{body: keySet + strings.Repeat(" ", 65<<10)})
	mux.HandleFunc("/missing", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write([]byte(keySet))
	})
	mux.Handle("/text", &published{body: "keys"})
	mux.Handle("/moved", http.RedirectHandler("/keys", http.StatusFound))
	sets := token.NewRemoteKeySets("http://localhost:4000", time.Now)
	if _, err := sets.Keys(t.Context(), server.URL+"/keys", has); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{
		server.URL + "/large", server.URL + "/longer", server.URL + "/missing", server.URL + "/text", server.URL + "/moved", server.URL + "/none",
		"http://192.0.2.1/keys", "https://10.0.0.1/keys", "https://169.254.169.254/keys", "https://[fe80::1]/keys", "https://0.0.0.0/keys",
		"ftp://127.0.0.1/keys", "https:///keys", "https://user@127.0.0.1/keys", "keys", "",
	} {
		if _, err := sets.Keys(t.Context(), address, has); !errors.Is(err, token.ErrRemoteKeys) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// A server that the world reaches is not made to ask its own machine.
func TestRemoteKeysOnLoopback(t *testing.T) {
	keys := &published{body: keySet}
	server := httptest.NewServer(keys)
	defer server.Close()
	sets := token.NewRemoteKeySets("https://as.example.com", time.Now)
	if _, err := sets.Keys(t.Context(), server.URL, has); !errors.Is(err, token.ErrRemoteKeys) || keys.fetches != 0 {
		t.Errorf("%d fetches, %v; want none", keys.fetches, err)
	}
}

// When a client changes its keys, all who miss the new one at the same time wait for one
// fetch, however slow, and all find it.
func TestRemoteKeysOfAChange(t *testing.T) {
	var fetches atomic.Int64
	arrived := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if fetches.Add(1) == 1 {
			_, _ = w.Write([]byte(`{"keys":[]}`))
			return
		}
		<-arrived
		_, _ = w.Write([]byte(keySet))
	}))
	defer server.Close()
	sets := token.NewRemoteKeySets("http://localhost:4000", time.Now)
	if _, err := sets.Keys(t.Context(), server.URL, has); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if i == 10 {
				close(arrived)
			}
			set, err := sets.Keys(t.Context(), server.URL, func(s token.KeySet) bool { return len(s) > 0 })
			if err != nil || len(set) != 2 {
				t.Errorf("%d keys, %v", len(set), err)
			}
		})
	}
	all.Wait()
	if fetches.Load() != 2 {
		t.Errorf("%d fetches, want one for the change", fetches.Load())
	}
}

package cimd

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/clientmetadata"
)

var start = time.Unix(1_800_000_000, 0)

// What a stranger's URL may look like, and where it may lead.
func TestURLs(t *testing.T) {
	loopback := Rules{Loopback: true}
	listed := Rules{Hosts: []string{"app.example"}}
	for _, test := range []struct {
		url   string
		rules Rules
		ok    bool
	}{
		{"https://app.example/client", Rules{}, true},
		{"https://app.example/client", listed, true},
		{"https://other.example/client", listed, false},
		{"https://app.example/client?v=1", Rules{}, true},
		{"https://app.example:8443/a/b", Rules{}, true},
		{"http://app.example/client", Rules{}, false},
		{"http://127.0.0.1:8000/client", Rules{}, false},
		{"http://127.0.0.1:8000/client", loopback, true},
		{"http://app.example/client", loopback, false},
		{"ftp://127.0.0.1:8000/client", loopback, false},
		{"https://app.example/" + strings.Repeat("c", clientmetadata.MaxURI-20), Rules{}, true},
		{"https://app.example/" + strings.Repeat("c", clientmetadata.MaxURI-19), Rules{}, false},
		{"http://127.0.0.1.attacker.example/client", loopback, false},
		{"https://app.example", Rules{}, false},
		{"https://app.example/", Rules{}, false},
		{"https://app.example/a/../client", Rules{}, false},
		{"https://app.example/./client", Rules{}, false},
		{"https://app.example/client#", Rules{}, false},
		{"https://user:pass@app.example/client", Rules{}, false},
		{"https:///client", Rules{}, false},
		{"https://%zz/client", Rules{}, false},
	} {
		if refused := ClientIdentifier.Sound(test.url, test.rules); (refused == nil) != test.ok {
			t.Errorf("%s: %v, want it accepted: %v", test.url, refused, test.ok)
		}
	}
}

// No name and no address of a special use is connected to.
func TestGuarded(t *testing.T) {
	documents := New()
	for _, url := range []string{
		"https://127.0.0.1/client", "https://localhost/client", "https://[::1]/client", "https://10.0.0.1/client", "https://192.168.1.1/client",
		"https://169.254.169.254/latest/meta-data", "https://[fd00::1]/client", "https://[fe80::1]/client", "https://0.0.0.0/client",
		"https://[::ffff:127.0.0.1]/client", "https://100.64.0.1/client", "https://224.0.0.1/client",
	} {
		if client, err := documents.Client(t.Context(), url, start, Rules{}); err == nil {
			t.Errorf("%s was fetched: %+v", url, client)
		}
	}
}

// A document that anybody can write describes nobody unless it is sound.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"client_id":"https://a.example/c","client_name":"A","redirect_uris":["https://a.example/cb"]}`))
	f.Add([]byte(`{"client_id":["x"]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		client, refused := Document.Sound(Rules{}, body, "https://a.example/c")
		if refused == nil && (client.ID != "https://a.example/c" || len(client.RedirectURIs) == 0) {
			t.Errorf("%s describes %+v", body, client)
		}
	})
}

// The name in a document is seen by the person who decides.
func TestDocumentNames(t *testing.T) {
	for name, lawful := range map[string]bool{"Notes": true, "מנהל משימות": true, "👩\u200d👩\u200d👧": true, `a\u001b[2J`: false, `a\nb`: false, `a\u202eb`: false, `a\u200bb`: false} {
		_, refused := Document.Sound(Rules{}, []byte(`{"client_id":"https://a.example/c","client_name":"`+name+`","redirect_uris":["https://a.example/cb"]}`), "https://a.example/c")
		if (refused == nil) != lawful {
			t.Errorf("%s: %v, want it accepted: %v", name, refused, lawful)
		}
	}
}

// However many documents one network names, and however large they are, those
// that others use stay, and the memory has a bound.
func TestDocumentsAreBounded(t *testing.T) {
	fetched := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fetched[r.URL.Path]++
		w.Header().Set("Cache-Control", "max-age=3600")
		fmt.Fprintf(w, `{"client_id":"http://%s%s","client_name":"A","redirect_uris":["https://a.example/cb"],"padding":%q}`, r.Host, r.URL.Path, strings.Repeat("x", 50_000))
	}))
	defer server.Close()
	documents := New()
	ask := func(path, network string) {
		t.Helper()
		if _, err := documents.Client(t.Context(), server.URL+path, start, Rules{Loopback: true, Asker: network}); err != nil {
			t.Fatal(err)
		}
	}
	ask("/of-others", "192.0.2.1/32")
	for i := range 2 * documentLimits.Share {
		ask(fmt.Sprintf("/%d", i), "198.51.100.1/32")
	}
	ask("/of-others", "192.0.2.1/32")
	if fetched["/of-others"] != 1 {
		t.Errorf("a document was fetched %d times", fetched["/of-others"])
	}
	for i := range 2 * documentLimits.Share {
		ask(fmt.Sprintf("/%d", i), fmt.Sprintf("203.0.113.%d/32", i))
	}
	if entries, bytes := documents.kept.Size(); entries > documentLimits.Entries || bytes > documentLimits.Bytes {
		t.Errorf("%d documents with %d bytes are kept", entries, bytes)
	}
}

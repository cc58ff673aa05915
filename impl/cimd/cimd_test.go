package cimd

import (
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/fault"
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
		if refused := judgeURL(test.url, test.rules); (refused == nil) != test.ok {
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
		client, refused := read(body, "https://a.example/c", fault.Set{})
		if refused == nil && (client.ID != "https://a.example/c" || len(client.RedirectURIs) == 0) {
			t.Errorf("%s describes %+v", body, client)
		}
	})
}

// The name in a document is seen by the person who decides.
func TestDocumentNames(t *testing.T) {
	for name, lawful := range map[string]bool{"Notes": true, "מנהל משימות": true, "👩\u200d👩\u200d👧": true, `a\u001b[2J`: false, `a\nb`: false, `a\u202eb`: false, `a\u200bb`: false} {
		_, refused := read([]byte(`{"client_id":"https://a.example/c","client_name":"`+name+`","redirect_uris":["https://a.example/cb"]}`), "https://a.example/c", fault.Set{})
		if (refused == nil) != lawful {
			t.Errorf("%s: %v, want it accepted: %v", name, refused, lawful)
		}
	}
}

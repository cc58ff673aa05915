package cimd

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/store"
)

// publisher serves sound documents under any path, and counts.
type publisher struct {
	*httptest.Server
	fetched int
	status  int
	more    string // Of the document.
	after   string
	header  http.Header
}

func newPublisher(t *testing.T) *publisher {
	t.Helper()
	p := &publisher{status: http.StatusOK, header: http.Header{}}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.fetched++
		for name, values := range p.header {
			w.Header()[name] = values
		}
		w.WriteHeader(p.status)
		fmt.Fprintf(w, `{"client_id":"http://%s%s","client_name":"A","redirect_uris":["https://a.example/cb"]%s}%s`, r.Host, r.URL.Path, p.more, p.after)
	}))
	t.Cleanup(p.Close)
	return p
}

// A document is what is answered with status 200, is small enough and sound; it comes
// from this machine if that is admitted (sections 3, 4 and 6).
func TestDiscovery(t *testing.T) {
	loopback := Rules{Loopback: true}
	for name, test := range map[string]struct {
		path    string
		status  int
		more    string
		after   int // Blanks.
		rules   Rules
		says    string // Of the refusal; empty where it is accepted.
		fetched int
	}{
		"sound":           {"/client", http.StatusOK, "", 0, loopback, "", 1},
		"of this machine": {"/client", http.StatusOK, "", 0, Rules{}, "must be an https URL", 0},
		"without a path":  {"/", http.StatusOK, "", 0, loopback, "must have a path", 0},
		"created":         {"/client", http.StatusCreated, "", 0, loopback, "answered with 201", 1},
		"not found":       {"/client", http.StatusNotFound, "", 0, loopback, "answered with 404", 1},
		"almost too long": {"/client", http.StatusOK, `,"padding":"` + strings.Repeat("x", 65_000) + `"`, 0, loopback, "", 1},
		"too long":        {"/client", http.StatusOK, "", 64 << 10, loopback, "too large", 1},
		"not sound":       {"/client", http.StatusOK, `,"client_secret":"x"`, 0, loopback, "cannot hold a client_secret", 1},
	} {
		p := newPublisher(t)
		p.status, p.more, p.after = test.status, test.more, strings.Repeat(" ", test.after)
		client, err := New().Client(t.Context(), p.URL+test.path, start, test.rules)
		if !isRefused(err, test.says) || test.says == "" && client.ID != p.URL+test.path || p.fetched != test.fetched {
			t.Errorf("%s: %+v, %v, fetched %d times", name, client, err, p.fetched)
		}
	}
}

// isRefused tells whether an error says some words, and for none whether there is none.
func isRefused(err error, says string) bool {
	if says == "" {
		return err == nil
	}
	return err != nil && strings.Contains(err.Error(), says)
}

// No request reaches this machine unless that is admitted, whoever judged the URL before.
func TestNoRequestToLoopback(t *testing.T) {
	p := newPublisher(t)
	if _, refused := fetch(t.Context(), p.URL+"/client", start, Rules{}); refused == nil || p.fetched != 0 {
		t.Errorf("a document of this machine is fetched %d times", p.fetched)
	}
	if _, refused := fetch(t.Context(), p.URL+"/client", start, Rules{Loopback: true}); refused != nil || p.fetched != 1 {
		t.Errorf("where loopback is admitted, it is fetched %d times: %v", p.fetched, refused)
	}
}

// A document is kept as long as its headers say and one day at most; without such headers
// it is not kept (section 4.4; RFC 9111 section 5.2,
// https://www.rfc-editor.org/rfc/rfc9111#section-5.2).
func TestKept(t *testing.T) {
	for name, test := range map[string]struct {
		header  http.Header
		later   time.Duration
		fetched int
	}{
		"within its time":    {http.Header{"Cache-Control": {"max-age=3600"}}, 59 * time.Minute, 1},
		"after its time":     {http.Header{"Cache-Control": {"max-age=3600"}}, 61 * time.Minute, 2},
		"without a header":   {http.Header{}, time.Second, 2},
		"not to be stored":   {http.Header{"Cache-Control": {"no-store"}}, time.Second, 2},
		"neither, with both": {http.Header{"Cache-Control": {"no-store, max-age=3600"}}, time.Second, 2},
		"a month, in a day":  {http.Header{"Cache-Control": {"max-age=2592000"}}, 23 * time.Hour, 1},
		"a month, in two":    {http.Header{"Cache-Control": {"max-age=2592000"}}, 48 * time.Hour, 2},
	} {
		p := newPublisher(t)
		p.header = test.header
		documents := New()
		for _, at := range []time.Time{start, start.Add(test.later)} {
			if _, err := documents.Client(t.Context(), p.URL+"/client", at, Rules{Loopback: true}); err != nil {
				t.Fatal(err)
			}
		}
		if p.fetched != test.fetched {
			t.Errorf("%s: fetched %d times, want %d", name, p.fetched, test.fetched)
		}
	}
}

// A client_id is a URL if it begins like one.
func TestIsURL(t *testing.T) {
	for id, is := range map[string]bool{"https://a.example/c": true, "http://127.0.0.1/c": true, "client": false, "": false, "ftp://a.example/c": false, "https:a": false} {
		if IsURL(id) != is {
			t.Errorf("%q is a URL: %v", id, !is)
		}
	}
}

// What a document lacks or must not say is refused; grants that need a secret are not
// taken from it (section 4.1).
func TestDocument(t *testing.T) {
	code := []string{"authorization_code"}
	for name, test := range map[string]struct {
		document string
		says     string // Of the refusal; empty where it is accepted.
		grants   []string
	}{
		"least":                     {`"client_name":"A","redirect_uris":["https://a.example/cb"]`, "", code},
		"public":                    {`"client_name":"A","redirect_uris":["https://a.example/cb"],"token_endpoint_auth_method":"none"`, "", code},
		"with keys":                 {`"client_name":"A","redirect_uris":["https://a.example/cb"],"token_endpoint_auth_method":"private_key_jwt","jwks_uri":"https://a.example/keys"`, "", code},
		"with refresh tokens":       {`"client_name":"A","redirect_uris":["https://a.example/cb"],"grant_types":["authorization_code","refresh_token"]`, "", []string{"authorization_code", "refresh_token"}},
		"with a grant of machines":  {`"client_name":"A","redirect_uris":["https://a.example/cb"],"grant_types":["authorization_code","client_credentials"]`, "", code},
		"without a name":            {`"redirect_uris":["https://a.example/cb"]`, "has no client_name", nil},
		"without redirect_uris":     {`"client_name":"A"`, "has no redirect_uris", nil},
		"with none":                 {`"client_name":"A","redirect_uris":[]`, "has no redirect_uris", nil},
		"a redirect URI of http":    {`"client_name":"A","redirect_uris":["http://a.example/cb"]`, "redirect", nil},
		"a scope that is no list":   {`"client_name":"A","redirect_uris":["https://a.example/cb"],"scope":"a\"b"`, "not a list of scope tokens", nil},
		"a secret":                  {`"client_name":"A","redirect_uris":["https://a.example/cb"],"client_secret":"x"`, "cannot hold a client_secret", nil},
		"the end of a secret":       {`"client_name":"A","redirect_uris":["https://a.example/cb"],"client_secret_expires_at":0`, "cannot hold a client_secret", nil},
		"a shared secret":           {`"client_name":"A","redirect_uris":["https://a.example/cb"],"token_endpoint_auth_method":"client_secret_basic"`, "shared secret", nil},
		"a method that is unknown":  {`"client_name":"A","redirect_uris":["https://a.example/cb"],"token_endpoint_auth_method":"tls_client_auth"`, "does not support", nil},
		"a method in other letters": {`"client_name":"A","redirect_uris":["https://a.example/cb"],"token_endpoint_auth_method":"None"`, "does not support", nil},
	} {
		client, err := judged(`{"client_id":"https://a.example/c",` + test.document + `}`)
		if !isRefused(err, test.says) || !slices.Equal(client.GrantTypes, test.grants) {
			t.Errorf("%s: %v, with the grants %q", name, err, client.GrantTypes)
		}
	}
	if _, err := judged(`{"client_id":"https://a.example/C","client_name":"A","redirect_uris":["https://a.example/cb"]}`); !isRefused(err, "about another client_id") {
		t.Errorf("a document about another client_id: %v", err)
	}
}

// judged is what a document at https://a.example/c describes.
func judged(document string) (store.Client, error) {
	client, refused := Document.Sound(Rules{}, []byte(document), "https://a.example/c")
	if refused != nil {
		return client, refused
	}
	return client, nil
}

package acts

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// Document is the client ID metadata document of a scenario's client
// (https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document).
type Document struct {
	*world.Publication
	URL string

	mu        sync.Mutex
	departs   world.Table    // What is wrong with it.
	keys      map[string]any // Of a client that authenticates.
	asked     string         // The form of its URL that the scenario uses; empty for URL.
	fetched   int
	followed  int // How often it was fetched where a redirect leads.
	connected int
}

// moved is where a redirect leads: the document is sound there.
const moved = "/moved"

// documentHeaders are the rows that are headers of the document's answer.
var documentHeaders = []string{"Cache-Control", "Content-Type", "Location"}

// RegisterByDocument makes a client whose client_id is the URL of a document.
// Rows of table are members of the document; (status), (body) and headers are
// about how it is answered, and (scheme) about its URL.
func RegisterByDocument(ctx context.Context, w *world.World, table world.Table) error {
	if err := w.Demand(ctx, control.RealmRequest{ClientDocumentsOnLoopback: new(true)}); err != nil {
		return err
	}
	document, err := publishDocument(w.Run, withPictures(w, table))
	if err != nil {
		return err
	}
	world.Put(w, document)
	w.OnClose(func(context.Context) { document.End() })
	w.Client = &world.Client{ID: document.URL, Method: "none", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{world.DefaultRedirectURI}, Scope: w.Realm.Scope}
	if places, named := table.Get("redirect_uris"); named && places != "(omitted)" {
		w.Client.RedirectURIs = strings.Fields(places)
	}
	if method, _ := table.Get("token_endpoint_auth_method"); method == "private_key_jwt" {
		return publishKey(w, document)
	}
	return nil
}

// publishKey lets the client authenticate with a key that its document has.
func publishKey(w *world.World, document *Document) error {
	key, err := newKey(w, "ES256")
	w.Client.Method, w.Client.Key = "private_key_jwt", &key
	document.mu.Lock()
	defer document.mu.Unlock()
	document.keys = proof.JWKS(key)
	return err
}

// publishDocument publishes a document. Where its scheme is named, it is on
// loopback, whatever the target.
func publishDocument(r *world.Run, table world.Table) (*Document, error) {
	d := &Document{departs: table}
	scheme, named := table.Get("(scheme)")
	server := &http.Server{Handler: d, ConnState: func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			d.count(&d.connected)
		}
	}}
	var err error
	if named {
		d.Publication, err = world.PublishOnLoopback(server)
	} else {
		d.Publication, err = r.Setting.Publish(r, server)
	}
	if err != nil {
		return nil, err
	}
	d.URL = d.Base + "/client.json"
	if named {
		_, rest, _ := strings.Cut(d.URL, ":")
		d.URL = scheme + ":" + rest
	}
	return d, nil
}

func (d *Document) count(what *int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	*what++
}

// Mend makes the document as it has to be.
func (d *Document) Mend() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.departs = d.departs.Only(documentHeaders[0])
}

// Fetched is how often the document was asked for, and Connected whether
// anybody even connected to its server.
func (d *Document) Fetched() int { return d.read(&d.fetched) }

// Followed is how often a redirect of the document was followed.
func (d *Document) Followed() int { return d.read(&d.followed) }

// Connected is how many connections its server got.
func (d *Document) Connected() int { return d.read(&d.connected) }

func (d *Document) read(what *int) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return *what
}

// ServeHTTP implements http.Handler.
func (d *Document) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.count(&d.fetched)
	d.mu.Lock()
	departs, keys, clientID := d.departs, d.keys, cmp.Or(d.asked, d.URL)
	d.mu.Unlock()
	if strings.HasSuffix(r.URL.Path, moved) {
		d.count(&d.followed)
		departs = nil
	}
	w.Header().Set("Content-Type", "application/json")
	status := http.StatusOK
	for _, row := range departs {
		switch {
		case row.Name == "(status)":
			status, _ = strconv.Atoi(row.Value)
		case row.Name == "Location":
			w.Header().Set(row.Name, "."+moved)
		case slices.Contains(documentHeaders, row.Name):
			w.Header().Set(row.Name, row.Value)
		}
	}
	w.WriteHeader(status)
	_, _ = w.Write(d.body(clientID, keys, departs))
}

func (d *Document) body(clientID string, keys map[string]any, departs world.Table) []byte {
	if body, named := departs.Get("(body)"); named {
		return []byte(body)
	}
	members := map[string]any{
		"client_id": clientID, "client_name": "An examined client", "redirect_uris": []string{world.DefaultRedirectURI},
		"grant_types": []string{"authorization_code"}, "token_endpoint_auth_method": "none",
	}
	if keys != nil {
		members["jwks"] = keys
	}
	maps.Copy(members, d.departing(departs))
	for _, row := range departs {
		if row.Value == "(omitted)" {
			delete(members, row.Name)
		}
	}
	body, _ := json.Marshal(members)
	return body
}

func (d *Document) departing(departs world.Table) map[string]any {
	members := map[string]any{}
	for _, row := range departs {
		switch {
		case strings.HasPrefix(row.Name, "(") || slices.Contains(documentHeaders, row.Name):
		case strings.EqualFold(row.Name, "redirect_uris") || row.Name == "grant_types": // In another case it is a near miss of the name.
			members[row.Name] = strings.Fields(row.Value)
		default:
			members[row.Name] = world.Resolve(row, d.URL, nil, func(string) string { return "" })
		}
	}
	return members
}

var errNoDocument = errors.New("the scenario has no metadata document; begin with `Given a client with a metadata document`")

// MendDocument makes the metadata document of the scenario's client sound.
func MendDocument(w *world.World) error {
	document := world.Part[Document](w)
	if document == nil {
		return errNoDocument
	}
	document.Mend()
	return nil
}

// variant is the URL in a form that no client_id may have. The document is
// about it then, so that nothing else is wrong.
func (d *Document) variant(name string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = d.inForm(name)
	return d.asked
}

func (d *Document) inForm(name string) string {
	scheme, rest, _ := strings.Cut(d.URL, "://")
	host, path, _ := strings.Cut(rest, "/")
	switch name {
	case "document URL without its path":
		return scheme + "://" + host
	case "document URL with a segment of dots":
		return scheme + "://" + host + "/here/../" + path
	case "document URL with a fragment":
		return d.URL + "#here"
	}
	return scheme + "://user@" + rest
}

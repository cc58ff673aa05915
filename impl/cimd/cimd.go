// Package cimd owns clients whose client_id is the URL of a document about
// them: which URLs may be one, how the document is fetched and kept, and what
// it has to say (OAuth Client ID Metadata Document,
// https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document).
//
// It does not decide what such a client may do: that is the authorization
// server's to say.
package cimd

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/grantproof/grantproof/impl/bounded"
	"github.com/grantproof/grantproof/impl/clientmetadata"
	"github.com/grantproof/grantproof/impl/outbound"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// Rules are what a realm allows.
type Rules struct {
	// Replaced are the rules of this package and those that it asks, where they are
	// not the sound ones.
	rule.Replaced
	// Loopback admits documents on the loopback interface, by http too: for
	// tests, and for clients in development.
	Loopback bool
	// Hosts are those that documents may come from; empty for all.
	Hosts []string
	// Asker is the network on whose behalf something is fetched, which has no more
	// than a share of what is kept.
	Asker string
}

// Documents fetches the documents of one realm and keeps them as long as their
// HTTP cache headers say.
type Documents struct{ kept *bounded.Cache[string, kept] }

type kept struct {
	client store.Client
	until  time.Time
}

// documentLimits: most documents have less than 5 KB (section "Maximum Response
// Size for Client Metadata Documents"), and one network names a few of them.
var documentLimits = bounded.Limits{Entries: 1000, Bytes: 8 << 20, Share: 100}

// New returns a Documents that has none yet.
func New() *Documents { return &Documents{bounded.New[string, kept](documentLimits)} }

// IsURL tells whether a client_id is meant as the URL of a document. No
// client_id that this server makes begins like one.
func IsURL(clientID string) bool {
	return strings.HasPrefix(clientID, "https://") || strings.HasPrefix(clientID, "http://")
}

// Client returns the client that the document at clientID describes, at the
// time now. A *wire.Error says what is wrong with the URL or the document.
func (d *Documents) Client(ctx context.Context, clientID string, now time.Time, rules Rules) (store.Client, error) {
	return Discovery.In(rules)(ctx, d, clientID, now, rules)
}

// Discovery finds a client by its URL: as it is kept, or from its document (section
// "Client Information Discovery",
// https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document#name-client-information-discover).
var Discovery = rule.New(func(ctx context.Context, d *Documents, clientID string, now time.Time, rules Rules) (store.Client, error) {
	if refused := ClientIdentifier.In(rules)(clientID, rules); refused != nil {
		return store.Client{}, refused
	}
	if known, _ := d.kept.Get(clientID); now.Before(known.until) {
		return known.client, nil
	}
	fetched, refused := fetch(ctx, clientID, now, rules)
	if refused != nil {
		return store.Client{}, refused
	}
	client, refused := Document.In(rules)(rules, fetched.body, clientID)
	if refused != nil {
		return store.Client{}, refused
	}
	// Nothing but a sound document is kept (section 4.4).
	d.kept.Add(clientID, kept{client, fetched.until}, bounded.Cost{Owner: rules.Asker, Bytes: len(fetched.body)})
	return client, nil
})

// ClientIdentifier judges a URL that is a client_id: https, with a path, and nothing
// that makes two URLs of one document (section 3).
var ClientIdentifier = rule.New(func(clientID string, rules Rules) *wire.Error {
	parsed, err := url.Parse(clientID)
	secure := err == nil && (parsed.Scheme == "https" || rules.Loopback && parsed.Scheme == "http" && outbound.IsLoopback(parsed.Hostname()))
	switch {
	case len(clientID) > clientmetadata.MaxURI:
		return refused(fmt.Sprintf("a client_id that is a URL has at most %d characters", clientmetadata.MaxURI))
	case !secure || parsed.Hostname() == "":
		return refused("a client_id that is a URL must be an https URL")
	case strings.Trim(parsed.Path, "/") == "":
		return refused("a client_id that is a URL must have a path")
	case slices.ContainsFunc(strings.Split(parsed.EscapedPath(), "/"), isDots):
		return refused("the path of a client_id has no segments of dots")
	case strings.Contains(clientID, "#"):
		return refused("a client_id has no fragment")
	case parsed.User != nil:
		return refused("a client_id has no user name and no password")
	case len(rules.Hosts) > 0 && !slices.Contains(rules.Hosts, parsed.Hostname()):
		return refused("this server takes no client metadata documents from " + parsed.Hostname())
	}
	return nil
})

func isDots(segment string) bool { return segment == "." || segment == ".." }

func refused(description string) *wire.Error { return wire.InvalidRequest(description) }

package cimd

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/pquerna/cachecontrol"

	"github.com/grantproof/grantproof/impl/outbound"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/wire"
)

const (
	// fetchTimeout is how long a person waits for somebody else's server.
	fetchTimeout = 5 * time.Second
	// maxKept bounds what the cache headers of a stranger can ask for.
	maxKept = 24 * time.Hour
)

// fetched is a document as it came.
type fetched struct {
	body  []byte
	until time.Time // How long it may be kept.
}

// MaxDocument is how many bytes a document may have; the draft finds 5 KB enough
// (section "Maximum Response Size for Client Metadata Documents").
var MaxDocument = rule.New(func() int64 { return 64 << 10 })

// Each is one client, so that connections are used again.
var (
	guarded      = outbound.NewClient(outbound.Public, fetchTimeout)
	withLoopback = outbound.NewClient(outbound.PublicAndLoopback, fetchTimeout)
)

// HTTPClient fetches documents, logos and pages: from no special-use address (section
// "Server-Side Request Forgery (SSRF) Attacks"), and without following redirects
// (section 4).
var HTTPClient = rule.New(func(loopback bool) *http.Client {
	if loopback {
		return withLoopback
	}
	return guarded
})

func clientFor(rules Rules) *http.Client { return HTTPClient.In(rules)(rules.Loopback) }

// fetch gets a document: status 200 alone is one (section 4).
func fetch(ctx context.Context, address string, now time.Time, rules Rules) (fetched, *wire.Error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return fetched{}, refused("the client_id is no URL that can be fetched")
	}
	request.Header.Set("Accept", "application/json")
	response, err := clientFor(rules).Do(request)
	if err != nil {
		return fetched{}, refused("the document about the application cannot be fetched from " + request.URL.Host)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fetched{}, refused("the document about the application was answered with " + response.Status)
	}
	most := MaxDocument.In(rules)()
	body, err := io.ReadAll(io.LimitReader(response.Body, most+1))
	if err != nil || int64(len(body)) > most {
		return fetched{}, refused("the document about the application is too large or broke off")
	}
	return fetched{body, keptUntil(request, response, now)}, nil
}

// keptUntil reads the cache headers (RFC 9111 section 5.2,
// https://www.rfc-editor.org/rfc/rfc9111#section-5.2), within a bound of ours.
func keptUntil(request *http.Request, response *http.Response, now time.Time) time.Time {
	reasons, expires, err := cachecontrol.CachableResponse(request, response, cachecontrol.Options{PrivateCache: true})
	if err != nil || len(reasons) > 0 {
		return now
	}
	return now.Add(min(time.Until(expires), maxKept)) // Of no time at all, that is long ago.
}

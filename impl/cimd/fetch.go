package cimd

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/pquerna/cachecontrol"

	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/outbound"
	"github.com/grantproof/grantproof/impl/wire"
)

const (
	// maxDocument is what a document may have, in bytes; the draft finds 5 KB
	// enough (section "Maximum Response Size for Client Metadata Documents").
	maxDocument = 64 << 10
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

// The clients by the rules, so that connections are used again (section
// "Server-Side Request Forgery (SSRF) Attacks").
var (
	guarded      = outbound.NewClient(outbound.Public, fetchTimeout)
	withLoopback = outbound.NewClient(outbound.PublicAndLoopback, fetchTimeout)
	unguarded    = outbound.NewClient(outbound.Anywhere, fetchTimeout) // Of a faulty server.
)

func clientFor(rules Rules) *http.Client {
	chosen := *guarded
	switch {
	case rules.Faults.Has(faultname.DocumentFetchUnguarded):
		chosen = *unguarded
	case rules.Loopback:
		chosen = *withLoopback
	}
	if rules.Faults.Has(faultname.DocumentRedirectsFollowed) {
		chosen.CheckRedirect = nil
	}
	return &chosen
}

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
	if response.StatusCode != http.StatusOK && !(rules.Faults.Has(faultname.DocumentStatusIgnored) && response.StatusCode < 400) {
		return fetched{}, refused("the document about the application was answered with " + response.Status)
	}
	most := int64(maxDocument)
	if rules.Faults.Has(faultname.DocumentSizeUnlimited) {
		most = 64 << 20
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, most+1))
	if err != nil || int64(len(body)) > most {
		return fetched{}, refused("the document about the application is too large or broke off")
	}
	return fetched{body, keptUntil(request, response, now, rules.Faults)}, nil
}

// keptUntil reads the cache headers (RFC 9111 section 5.2,
// https://www.rfc-editor.org/rfc/rfc9111#section-5.2), within a bound of ours.
func keptUntil(request *http.Request, response *http.Response, now time.Time, faults faultname.Set) time.Time {
	if faults.Has(faultname.DocumentNeverCached) {
		return now
	}
	if faults.Has(faultname.DocumentCachedForEver) {
		return now.Add(maxKept)
	}
	reasons, expires, err := cachecontrol.CachableResponse(request, response, cachecontrol.Options{PrivateCache: true})
	if err != nil || len(reasons) > 0 || expires.IsZero() {
		return now
	}
	return now.Add(min(time.Until(expires), maxKept))
}

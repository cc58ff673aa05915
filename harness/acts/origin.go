package acts

import (
	"context"
	"net/http"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/world"
)

// anotherOrigin is where the scripts of the scenarios come from.
const anotherOrigin = "https://app.example"

// FromScript sends a request to an endpoint as a browser does for a script of
// another origin; with ask, the one that asks whether the script may (Fetch
// Standard, https://fetch.spec.whatwg.org/#cors-preflight-fetch).
func FromScript(ctx context.Context, w *world.World, member, method string, ask bool) error {
	address, err := scriptAddress(w, member)
	if err != nil {
		return err
	}
	request := exchange.Request{Endpoint: exchange.Metadata, From: "user agent", Method: method, URL: address, Header: http.Header{"Origin": {anotherOrigin}}}
	if ask {
		request.Method = http.MethodOptions
		request.Header.Set("Access-Control-Request-Method", method)
		request.Header.Set("Access-Control-Request-Headers", "authorization")
	}
	return Do(ctx, w, world.MetadataResponse, request)
}

func scriptAddress(w *world.World, member string) (string, error) {
	if member == "openid-configuration" {
		return world.OpenIDConfiguration(w.Realm.Issuer), nil
	}
	return w.Endpoint(member)
}

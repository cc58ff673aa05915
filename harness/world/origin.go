package world

import (
	"context"
	"net/http"

	"github.com/grantproof/grantproof/harness/exchange"
)

// anotherOrigin is where the scripts of the scenarios come from.
const anotherOrigin = "https://app.example"

// FromScript sends a request to an endpoint as a browser does for a script of
// another origin; with ask, the one that asks whether the script may (Fetch
// Standard, https://fetch.spec.whatwg.org/#cors-preflight-fetch).
func (w *World) FromScript(ctx context.Context, member, method string, ask bool) error {
	address, err := w.scriptAddress(member)
	if err != nil {
		return err
	}
	request := exchange.Request{Endpoint: exchange.Metadata, From: "user agent", Method: method, URL: address, Header: http.Header{"Origin": {anotherOrigin}}}
	if ask {
		request.Method = http.MethodOptions
		request.Header.Set("Access-Control-Request-Method", method)
		request.Header.Set("Access-Control-Request-Headers", "authorization")
	}
	return w.Do(ctx, MetadataResponse, request)
}

func (w *World) scriptAddress(member string) (string, error) {
	if member == "openid-configuration" {
		return OpenIDConfiguration(w.Realm.Issuer), nil
	}
	return w.Endpoint(member)
}

package acts

import (
	"context"
	"fmt"
	"net/http"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about scripts of other origins.
var (
	_ = phrases(When, []step{
		{says: `a script of another origin (sends|asks to send) a (GET|POST) to the "([^"]*)"`, do: scriptSends},
	})
	_ = phrases(Then, []step{
		{says: `the script may read the answer`, do: scriptMayRead},
	})
)

func scriptSends(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return FromScript(ctx, w, args[2], args[1], args[0] == "asks to send")
}

// scriptMayRead: the browser hands the answer on (Fetch Standard,
// https://fetch.spec.whatwg.org/#cors-check).
func scriptMayRead(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	allowed := answer.Answer.Get("Access-Control-Allow-Origin")
	if answer.Status/100 == 2 && (allowed == "*" || allowed == answer.Header.Get("Origin")) {
		return nil
	}
	return check.Fail(fmt.Sprintf("%s, Access-Control-Allow-Origin %q", check.Describe(answer), allowed), "status 2xx and Access-Control-Allow-Origin with the origin or *")
}

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

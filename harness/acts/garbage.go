package acts

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/world"
)

// InjectedHeader is the header that garbage with a line break tries to put into
// an answer.
const InjectedHeader = "X-Injected"

// garbage is what no parameter means anything with: some of it has broken
// servers that pass it on to a store, a header or a page.
var garbage = []string{
	"(a NUL)", "(a line break)", "(no UTF-8)", tooLong, "%00%zz%", "${jndi:ldap://a.example/x}", "../../../../etc/passwd", "' OR '1'='1", "[]", "-1",
}

// tooLong is more than many servers read of a header or a URL. They may close the
// connection instead of an answer; whether they are still there is seen by what
// comes next.
const tooLong = "(65536 characters)"

// send sends a usual request that departs in what a table says.
type send func(context.Context, *world.World, world.Table) error

// takers are the requests, with the parameters that each takes.
var takers = []struct {
	send  send
	names []string
}{
	{RequestToken, []string{"grant_type", "scope", "resource", "client_id", "client_assertion", "client_assertion_type"}},
	{RedeemCode, []string{"code", "redirect_uri", "code_verifier"}},
	{Refresh, []string{"refresh_token", "scope", "resource"}},
	{Authorize, []string{
		"response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method",
		"nonce", "prompt", "max_age", "response_mode", "resource", "request", "request_uri", "claims", "id_token_hint",
	}},
	{introspectOwn, []string{"token", "token_type_hint", "client_id"}},
	{Revoke, []string{"token", "token_type_hint", "client_id"}},
}

func introspectOwn(ctx context.Context, w *world.World, table world.Table) error {
	return Introspect(ctx, w, w.Client, table)
}

// PutGarbage puts garbage into every parameter of every request, one at a time.
// Endpoints that the target does not have are left out.
func PutGarbage(ctx context.Context, w *world.World) error {
	for _, request := range takers {
		for _, name := range request.names {
			for _, value := range garbage {
				err := ifOffered(request.send(ctx, w, world.Table{{Name: name, Value: value}}))
				if err != nil && (value != tooLong || ctx.Err() != nil) {
					return err
				}
			}
		}
	}
	return nil
}

// UseMethod sends a request with a method to every endpoint that the metadata
// names, each as if it were a token request.
func UseMethod(ctx context.Context, w *world.World, method string) error {
	var all []*exchange.Exchange
	for _, member := range endpoints(w.Run) {
		address, err := w.Endpoint(member)
		if err != nil {
			return err
		}
		if err := sendBy(ctx, w, method, address); err != nil {
			return err
		}
		all = append(all, w.Last.Exchange)
	}
	w.Last.All = all
	return nil
}

// endpoints are the members of the metadata that name one.
func endpoints(r *world.Run) []string {
	var members []string
	for member, address := range r.Metadata {
		_, isText := address.(string)
		if isText && (strings.HasSuffix(member, "_endpoint") || member == "jwks_uri") {
			members = append(members, member)
		}
	}
	slices.Sort(members)
	return members
}

func sendBy(ctx context.Context, w *world.World, method, address string) error {
	header, form, err := authenticated(ctx, w, world.Parameters{{Name: "grant_type", Value: "client_credentials"}}, nil)
	if err != nil {
		return err
	}
	header.Set("Content-Type", "application/x-www-form-urlencoded")
	return Do(ctx, w, world.MetadataResponse, exchange.Request{Endpoint: "any", Method: method, URL: address, Header: header, Body: body(method, form)})
}

// body is that of a request; some methods have none (RFC 9110 section 9.3,
// https://www.rfc-editor.org/rfc/rfc9110#section-9.3).
func body(method string, form world.Parameters) []byte {
	if method == http.MethodHead || method == http.MethodGet {
		return nil
	}
	return []byte(encode(form))
}

// ifOffered lets pass that the target does not offer what was asked of it.
func ifOffered(err error) error {
	if unfit := new(check.NotApplicable); errors.As(err, &unfit) {
		return nil
	}
	return err
}

// redirectNames are the parameters with which pages are often told where to go
// on.
var redirectNames = []string{"redirect_uri", "post_logout_redirect_uri", "redirect", "redirect_to", "return", "return_to", "returnUrl", "next", "continue", "url", "goto", "target"}

// pages are where people are often sent on from.
var pages = []string{"", "/login", "/logout", "/sign-in", "/sign-out", "/signin", "/signout", "/account", "/oauth/logout"}

// targetOf is an address as it is written in a scenario: decoded, and with the host of
// the authorization server in the place of SERVER_HOST.
func targetOf(w *world.World, target string) (string, error) {
	to, err := url.PathUnescape(target)
	if err != nil {
		return "", err
	}
	own, err := url.Parse(w.Realm.Issuer)
	if err != nil {
		return "", err
	}
	return strings.ReplaceAll(to, "SERVER_HOST", own.Host), nil
}

// AskToRedirect asks every endpoint that the metadata names, and pages that
// servers often have, to send the browser to an address.
func AskToRedirect(ctx context.Context, w *world.World, target string) error {
	to, err := targetOf(w, target)
	if err != nil {
		return err
	}
	addresses := []string{}
	for _, member := range endpoints(w.Run) {
		address, err := w.Endpoint(member)
		if err != nil {
			return err
		}
		addresses = append(addresses, address)
	}
	for _, page := range pages {
		addresses = append(addresses, w.Realm.Issuer+page)
	}
	var query world.Parameters
	for _, name := range redirectNames {
		query = append(query, world.Parameter{Name: name, Value: to})
	}
	var all []*exchange.Exchange
	for _, address := range addresses {
		request := exchange.Request{Endpoint: "any", Method: http.MethodGet, URL: WithQuery(address, encode(query)), Header: http.Header{}}
		if err := Do(ctx, w, world.MetadataResponse, request); err != nil {
			return err
		}
		all = append(all, w.Last.Exchange)
	}
	w.Last.All = all
	return nil
}

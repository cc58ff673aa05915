package acts

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/world"
)

// Authorize sends the user agent to the authorization endpoint.
func Authorize(ctx context.Context, w *world.World, table world.Table) error {
	if w.Client == nil {
		return errNoClient
	}
	if err := w.Run.Setting.MayUse(w, "authorization_code"); err != nil {
		return err
	}
	w.Grant = world.Grant{Verifier: proof.Verifier(), Earlier: w.Grant.Verifier, IDToken: w.Grant.IDToken, State: proof.Random(), RedirectURI: w.Client.RedirectURI()}
	if row, named := table.Get("code_verifier"); named {
		w.Grant.Verifier = world.Resolve(world.Row{Name: "code_verifier", Value: row}, w.Grant.Verifier, nil, valids(w))
		table = table.Without("code_verifier")
	} else {
		w.Log.Derive(exchange.Derived{Name: "code_verifier", Value: w.Grant.Verifier, Command: "verifier"})
	}
	parameters := world.Parameters{
		{Name: "response_type", Value: "code"}, {Name: "client_id", Value: w.Client.ID}, {Name: "redirect_uri", Value: w.Grant.RedirectURI},
		{Name: "scope", Value: w.Client.Scope}, {Name: "state", Value: w.Grant.State},
		{Name: "code_challenge", Value: proof.Challenge(w.Grant.Verifier)}, {Name: "code_challenge_method", Value: "S256"},
	}
	if audience := audience(w); audience != "" {
		parameters = append(parameters, world.Parameter{Name: "resource", Value: audience})
	}
	if asksAnew(w) {
		parameters = append(parameters, world.Parameter{Name: "prompt", Value: "consent"})
	}
	w.Log.Derive(exchange.Derived{Name: "code_challenge", Value: proof.Challenge(w.Grant.Verifier), Command: "challenge", Arguments: []string{w.Grant.Verifier}})
	table, err := withHint(ctx, w, table)
	if err != nil {
		return err
	}
	about, table := split(table)
	parameters = parameters.Deviate(table, valids(w))
	follow(w, parameters)
	w.Browser.Fragment = readsFragment(parameters)
	address, err := w.Endpoint("authorization_endpoint")
	if err != nil {
		return err
	}
	visit := useragent.Visit{Address: WithQuery(address, encode(parameters))}
	if method, _ := world.Table(about).Get("(method)"); method == http.MethodPost {
		visit = useragent.Visit{Address: address, Form: []byte(encode(parameters))}
	}
	visit.Origin, _ = world.Table(about).Get("Origin")
	return Visit(ctx, w, visit, redirectTarget(w, parameters))
}

// Visit has the resource owner's browser open something that leads back to the
// client.
func Visit(ctx context.Context, w *world.World, visit useragent.Visit, redirectURI string) error {
	arrival, err := w.Browser.Open(ctx, visit, redirectURI)
	arrived(w, arrival)
	return cmp.Or(err, w.Run.Setting.Arrived(w, arrival))
}

// follow makes the later redemption match what was asked for.
func follow(w *world.World, parameters world.Parameters) {
	if _, sent := parameters.Get("code_challenge"); !sent {
		w.Grant.Verifier = ""
	}
	w.Grant.RedirectURI, _ = parameters.Get("redirect_uri")
	if state, sent := parameters.Get("state"); sent {
		w.Grant.State = state
	}
	w.Grant.Nonce, _ = parameters.Get("nonce")
	w.Grant.Asked, _ = parameters.Get("scope")
	if audience(w) != "" {
		w.Grant.Resource, _ = parameters.Get("resource")
	}
}

// readsFragment: what is asked for another response type than code comes in the
// fragment, and so do the errors (OAuth 2.0 Multiple Response Types sections 2.1
// and 5, https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html).
func readsFragment(parameters world.Parameters) bool {
	responseType, _ := parameters.Get("response_type")
	mode, _ := parameters.Get("response_mode")
	return responseType != "code" || mode == "fragment"
}

func redirectTarget(w *world.World, parameters world.Parameters) string {
	if sent, ok := parameters.Get("redirect_uri"); ok && sent != "" {
		return sent
	}
	return w.Client.RedirectURI()
}

func hostOf(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return parsed.Host
}

// WithQuery adds parameters to an endpoint, which may have a query already
// (RFC 6749 section 3.1, https://www.rfc-editor.org/rfc/rfc6749#section-3.1).
func WithQuery(address, query string) string {
	if strings.Contains(address, "?") {
		return address + "&" + query
	}
	return address + "?" + query
}

func arrived(w *world.World, arrival useragent.Arrival) {
	w.Last = world.Result{Kind: world.AuthorizationResponse, Exchange: arrival.Last, Returned: arrival.Returned, Witnessed: arrival.Witnessed}
	w.Grant.Code = arrival.Returned.Get("code")
	w.Log.Secret(w.Grant.Code)
}

// ObtainCode obtains an authorization code, as a Given.
func ObtainCode(ctx context.Context, w *world.World, table world.Table) error {
	if err := Authorize(ctx, w, table); err != nil {
		return err
	}
	if w.Grant.Code == "" {
		return errors.New("no authorization code was issued: " + cmp.Or(w.Last.Stuck, check.Describe(w.Last.Exchange)+" "+w.Last.Returned.Get("error")))
	}
	return nil
}

package world

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
)

// Authorize sends the user agent to the authorization endpoint.
func (w *World) Authorize(ctx context.Context, table Table) error {
	if w.Client == nil {
		return errNoClient
	}
	if err := w.Run.Setting.MayUse(w, "authorization_code"); err != nil {
		return err
	}
	w.Grant = Grant{Verifier: proof.Verifier(), Earlier: w.Grant.Verifier, IDToken: w.Grant.IDToken, State: proof.Random(), RedirectURI: w.Client.RedirectURI()}
	if row, named := table.Get("code_verifier"); named {
		w.Grant.Verifier = Resolve(Row{"code_verifier", row}, w.Grant.Verifier, nil, w.valids())
		table = table.Without("code_verifier")
	} else {
		w.Log.Derive(exchange.Derived{Name: "code_verifier", Value: w.Grant.Verifier, Command: "verifier"})
	}
	parameters := Parameters{
		{"response_type", "code"}, {"client_id", w.Client.ID}, {"redirect_uri", w.Grant.RedirectURI},
		{"scope", w.Client.Scope}, {"state", w.Grant.State},
		{"code_challenge", proof.Challenge(w.Grant.Verifier)}, {"code_challenge_method", "S256"},
	}
	if audience := w.audience(); audience != "" {
		parameters = append(parameters, Parameter{"resource", audience})
	}
	if w.asksAnew() {
		parameters = append(parameters, Parameter{"prompt", "consent"})
	}
	w.Log.Derive(exchange.Derived{Name: "code_challenge", Value: proof.Challenge(w.Grant.Verifier), Command: "challenge", Arguments: []string{w.Grant.Verifier}})
	table, err := w.withHint(ctx, table)
	if err != nil {
		return err
	}
	about, table := split(table)
	parameters = parameters.Deviate(table, w.valids())
	w.follow(parameters)
	w.Browser.Fragment = readsFragment(parameters)
	address, err := w.Endpoint("authorization_endpoint")
	if err != nil {
		return err
	}
	visit := useragent.Visit{Address: WithQuery(address, encode(parameters))}
	if method, _ := Table(about).Get("(method)"); method == http.MethodPost {
		visit = useragent.Visit{Address: address, Form: []byte(encode(parameters))}
	}
	visit.Origin, _ = Table(about).Get("Origin")
	return w.Visit(ctx, visit, w.redirectTarget(parameters))
}

// Visit has the resource owner's browser open something that leads back to the
// client.
func (w *World) Visit(ctx context.Context, visit useragent.Visit, redirectURI string) error {
	arrival, err := w.Browser.Open(ctx, visit, redirectURI)
	w.arrived(arrival)
	return cmp.Or(err, w.Run.Setting.Arrived(w, arrival))
}

// follow makes the later redemption match what was asked for.
func (w *World) follow(parameters Parameters) {
	if _, sent := parameters.Get("code_challenge"); !sent {
		w.Grant.Verifier = ""
	}
	w.Grant.RedirectURI, _ = parameters.Get("redirect_uri")
	if state, sent := parameters.Get("state"); sent {
		w.Grant.State = state
	}
	w.Grant.Nonce, _ = parameters.Get("nonce")
	w.Grant.Asked, _ = parameters.Get("scope")
	if w.audience() != "" {
		w.Grant.Resource, _ = parameters.Get("resource")
	}
}

// readsFragment: what is asked for another response type than code comes in the
// fragment, and so do the errors (OAuth 2.0 Multiple Response Types sections 2.1
// and 5, https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html).
func readsFragment(parameters Parameters) bool {
	responseType, _ := parameters.Get("response_type")
	mode, _ := parameters.Get("response_mode")
	return responseType != "code" || mode == "fragment"
}

func (w *World) redirectTarget(parameters Parameters) string {
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

func (w *World) arrived(arrival useragent.Arrival) {
	w.Last = Result{Kind: AuthorizationResponse, Exchange: arrival.Last, Returned: arrival.Returned, Witnessed: arrival.Witnessed}
	w.Grant.Code = arrival.Returned.Get("code")
	w.Log.Secret(w.Grant.Code)
}

// ObtainCode obtains an authorization code, as a Given.
func (w *World) ObtainCode(ctx context.Context, table Table) error {
	if err := w.Authorize(ctx, table); err != nil {
		return err
	}
	if w.Grant.Code == "" {
		return errors.New("no authorization code was issued: " + cmp.Or(w.Last.Stuck, check.Describe(w.Last.Exchange)+" "+w.Last.Returned.Get("error")))
	}
	return nil
}

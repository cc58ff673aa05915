package acts

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about the authorization request and what comes back of it.
var (
	_ = phrases(Given, []step{
		{says: `the client has obtained (an authorization code|tokens|a refresh token)`, with: words.AuthorizationRequest, do: hasObtained},
	})
	_ = phrases(When, []step{
		{says: `the client sends an authorization request`, with: words.AuthorizationRequest, done: `the client has sent an authorization request`, loose: true, do: tabled(Authorize)},
	})
	_ = phrases(Then, []step{
		{says: `the user agent returns to the client with`, table: words.Returned, refuses: errorNamed, do: returnsWith},
		{says: `the response is a form that posts to the client`, table: words.Returned, do: postsToClient},
		{says: `the user agent (is asked to sign in|is asked to consent|is not redirected|stays with the authorization server)`, refuses: argument("is not redirected"), do: userAgentIs},
	})
)

func hasObtained(ctx context.Context, w *world.World, args []string, table world.Table) error {
	switch args[0] {
	case "tokens":
		return ObtainTokens(ctx, w, table)
	case "a refresh token":
		return ObtainRefreshToken(ctx, w, table)
	}
	return ObtainCode(ctx, w, table)
}

func returnsWith(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if w.Last.Returned == nil && w.Last.Stuck != "" {
		return &check.Inconclusive{Reason: w.Last.Stuck}
	}
	if deniedUnasked(w) {
		return askedNobody()
	}
	if w.Last.Returned == nil {
		return check.Fail("no redirect to the client; "+check.Describe(answer), "a redirect to the client")
	}
	returned := map[string]any{}
	for name := range w.Last.Returned {
		returned[name] = w.Last.Returned.Get(name)
	}
	err = returnedWith(w, returned, table)
	if err != nil && !check.Otherwise(err) {
		return unlessSilent(ctx, w, err)
	}
	if code, named := table.Get("error"); named && code != "(absent)" {
		if control := positive(ctx, w); control != nil {
			return control
		}
	}
	return err
}

// returnedWith compares what the user agent brought. An error that is another than the
// named one refuses, too; a code does not.
func returnedWith(w *world.World, returned map[string]any, table world.Table) error {
	err := members(w, returned, table)
	want, named := table.Get("error")
	if err == nil || !named || want == "(absent)" || returned["error"] == nil || returned["code"] != nil {
		return err
	}
	if members(w, returned, table.Without("error")) != nil {
		return err
	}
	return check.RefusedBy(exchange.Authorization, fmt.Sprint(returned["error"]), strings.Split(want, " or "))
}

// getsNothing: whether the client hears of an error, or the person, is another
// matter.
func getsNothing(ctx context.Context, w *world.World) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if location, err := url.Parse(answer.Redirect()); err == nil {
		for _, name := range []string{"code", "access_token", "id_token"} {
			if location.Query().Has(name) || strings.Contains("&"+location.Fragment, "&"+name+"=") {
				return check.Fail("a redirect with "+name, "no code and no token")
			}
		}
	}
	return positive(ctx, w)
}

func notRedirected(ctx context.Context, w *world.World) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if w.Last.Witnessed {
		return positive(ctx, w)
	}
	// Only the way matters: the status of the page that says what is wrong is open.
	asks := w.Browser.AsksToSignIn(answer) || w.Browser.AsksToConsent(answer)
	if w.Last.Returned != nil || answer.Redirect() != "" || asks || answer.Status >= http.StatusInternalServerError {
		return check.Fail(fmt.Sprintf("%s, Location %q", check.Describe(answer), answer.Redirect()), "a page that says what is wrong, and no redirect")
	}
	return positive(ctx, w)
}

func userAgentIs(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	switch args[0] {
	case "is not redirected":
		return notRedirected(ctx, w)
	case "stays with the authorization server":
		return staysHere(w)
	case "is asked to consent":
		return askedTo(w, "consent", w.Browser.AsksToConsent)
	}
	return unlessUnseen(w, askedTo(w, "sign in", w.Browser.AsksToSignIn))
}

// SignOut is what was seen of a sign-out.
type SignOut struct{ Seen bool }

// unlessUnseen: where nothing shows that the resource owner was signed out, a server
// that asks for no password need not have forgotten to.
func unlessUnseen(w *world.World, err error) error {
	if out := world.Part[SignOut](w); err != nil && out != nil && !out.Seen {
		return &check.Inconclusive{Reason: "nothing shows that the resource owner was signed out: the end_session_endpoint deleted no cookie"}
	}
	return err
}

func askedTo(w *world.World, what string, asks func(*exchange.Exchange) bool) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if w.Last.Returned == nil && answer.Redirect() == "" && asks(answer) {
		return nil
	}
	actual := check.Describe(answer)
	if w.Last.Returned != nil {
		actual = "the client was answered, " + w.Last.Returned.Get("error")
	}
	return check.Fail(actual, "a page that asks to "+what)
}

func staysHere(w *world.World) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if w.Last.Returned != nil || answer.LeavesServer() {
		return check.Fail("a redirect to "+answer.Redirect(), "a page of the authorization server")
	}
	return nil
}

// postsToClient: the form goes to the redirect URI by POST, and holds the
// parameters of the table (OAuth 2.0 Form Post Response Mode section 2,
// https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html#FormPostResponseMode).
func postsToClient(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	forms, to := answer.Forms(), Valid(w, "redirect_uri")
	form := max(0, slices.IndexFunc(forms, func(f exchange.Form) bool { return f.Action != nil && f.Action.String() == to })) // A page may also search the site.
	if len(forms) == 0 || forms[form].Action == nil {
		return check.Fail(check.Describe(answer), "a page with a form")
	}
	if err := check.All(
		check.Equal("method", forms[form].Method, http.MethodPost),
		check.Equal("action", forms[form].Action.String(), to),
	); err != nil {
		return err
	}
	return returnsWith(ctx, w, nil, table)
}

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
	w.Log.Derive(exchange.Derived{Name: "code_challenge", Value: proof.Challenge(w.Grant.Verifier), Command: "challenge", Arguments: []string{w.Grant.Verifier}})
	table, err := withHint(ctx, w, table)
	if err != nil {
		return err
	}
	about, table := split(table)
	parameters := validAuthorization(w).Deviate(table, valids(w))
	follow(w, parameters)
	w.Browser.Fragment = readsFragment(parameters)
	address, err := w.Endpoint("authorization_endpoint")
	if err != nil {
		return err
	}
	return Visit(ctx, w, visitWith(address, parameters, world.Table(about)), redirectTarget(w, parameters))
}

// validAuthorization are the parameters of a valid authorization request.
func validAuthorization(w *world.World) world.Parameters {
	parameters := world.Parameters{
		{Name: "response_type", Value: "code"}, {Name: "client_id", Value: w.Client.ID}, {Name: "redirect_uri", Value: w.Grant.RedirectURI},
		{Name: "scope", Value: scopeToAsk(w)}, {Name: "state", Value: w.Grant.State},
		{Name: "code_challenge", Value: proof.Challenge(w.Grant.Verifier)}, {Name: "code_challenge_method", Value: "S256"},
	}
	if audience := audience(w); audience != "" {
		parameters = append(parameters, world.Parameter{Name: "resource", Value: audience})
	}
	if asksAnew(w) {
		parameters = append(parameters, world.Parameter{Name: "prompt", Value: "consent"})
	}
	return parameters
}

// visitWith is how a browser comes to an endpoint: by a link, or by a form if about
// says so.
func visitWith(endpoint string, parameters world.Parameters, about world.Table) useragent.Visit {
	visit := useragent.Visit{Address: WithQuery(endpoint, encode(parameters))}
	if method, _ := about.Get("(method)"); method == http.MethodPost {
		visit = useragent.Visit{Address: endpoint, Form: []byte(encode(parameters))}
	}
	visit.Origin, _ = about.Get("Origin")
	return visit
}

// scopeToAsk is that of the client. A server may refuse a request without any (RFC 6749
// section 3.3, https://www.rfc-editor.org/rfc/rfc6749#section-3.3), so that a client
// that has none asks for the first of the metadata.
func scopeToAsk(w *world.World) string {
	if listed := Listed(w.Run, "scopes_supported"); w.Client.Scope == "" && len(listed) > 0 {
		return listed[0]
	}
	return w.Client.Scope
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
		return unlessSilent(ctx, w, errors.New("no authorization code was issued: "+cmp.Or(w.Last.Stuck, check.Describe(w.Last.Exchange)+" "+w.Last.Returned.Get("error"))))
	}
	return nil
}

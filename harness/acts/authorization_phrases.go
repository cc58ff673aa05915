package acts

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
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
	if w.Last.Returned == nil {
		return check.Fail("no redirect to the client; "+check.Describe(answer), "a redirect to the client")
	}
	returned := map[string]any{}
	for name := range w.Last.Returned {
		returned[name] = w.Last.Returned.Get(name)
	}
	if err := members(w, returned, table); err != nil {
		return err
	}
	if code, named := table.Get("error"); named && code != "(absent)" {
		return positive(ctx, w)
	}
	return nil
}

// getsNothing: whether the client hears of an error, or the person, is another
// matter.
func getsNothing(ctx context.Context, w *world.World) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if location, err := url.Parse(answer.Answer.Get("Location")); err == nil {
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
	if w.Last.Returned != nil || answer.Answer.Get("Location") != "" || answer.Status < 400 || answer.Status > 499 {
		return check.Fail(fmt.Sprintf("%s, Location %q", check.Describe(answer), answer.Answer.Get("Location")), "a page that says what is wrong, and no redirect")
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
	return askedTo(w, "sign in", w.Browser.AsksToSignIn)
}

func askedTo(w *world.World, what string, asks func(*exchange.Exchange) bool) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if w.Last.Returned == nil && answer.Answer.Get("Location") == "" && asks(answer) {
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
	if location := answer.Answer.Get("Location"); w.Last.Returned != nil || location != "" {
		return check.Fail("a redirect to "+location, "a page of the authorization server")
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
	forms := answer.Forms()
	if len(forms) != 1 || forms[0].Action == nil {
		return check.Fail(check.Describe(answer), "a page with a form")
	}
	if err := check.All(
		check.Equal("method", forms[0].Method, http.MethodPost),
		check.Equal("action", forms[0].Action.String(), Valid(w, "redirect_uri")),
	); err != nil {
		return err
	}
	return returnsWith(ctx, w, nil, table)
}

package steps

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// pageThens are about what people see.
var _ = phrases(Then, []step{
	{says: `the user agent is asked to (sign in|consent)`, do: askedTo},
	{says: `the page shows something of "([^"]*)"`, do: pageShows},
	{says: `the page says "([^"]*)"`, do: pageSays},
	{says: `the page warns the resource owner`, do: pageWarns},
	{says: `the page cannot be framed`, do: pageNotFramed},
	{says: `the page cannot be framed by a browser without policies`, do: pageNotFramedAtAll},
	{says: `the user agent stays with the authorization server`, do: staysHere},
	{says: `an unknown user gets the same answer after (\d+) guesses`, do: unknownUserAlike},
	{says: `the page depends on nobody else`, do: pageAlone},
	{says: `no form of the resource owner is redirected with "([^"]*)"`, do: noFormRedirected},
	{says: `every form of the resource owner is redirected with "([^"]*)"`, do: formsRedirected},
	{says: `the response is a form that posts to the client`, table: words.Returned, do: postsToClient},
})

func askedTo(_ context.Context, w *world.World, args []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	asks := w.Browser.AsksToSignIn
	if args[0] == "consent" {
		asks = w.Browser.AsksToConsent
	}
	if w.Last.Returned == nil && answer.Answer.Get("Location") == "" && asks(answer) {
		return nil
	}
	actual := check.Describe(answer)
	if w.Last.Returned != nil {
		actual = "the client was answered, " + w.Last.Returned.Get("error")
	}
	return check.Fail(actual, "a page that asks to "+args[0])
}

// pageShows: what a page leaves out altogether, it cannot show wrongly.
func pageShows(_ context.Context, w *world.World, args []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	whole := w.Valid(strings.Trim(args[0], "()"))
	if strings.Contains(string(answer.Content), whole) {
		return nil // As text or not: that is another question.
	}
	shown := wordsOf.FindAllString(answer.Text(), -1)
	for _, word := range wordsOf.FindAllString(whole, -1) {
		if slices.Contains(shown, word) {
			return nil
		}
	}
	return &check.NotApplicable{Reason: "the page shows nothing of the " + args[0]}
}

var wordsOf = regexp.MustCompile(`\pL{4,}`) // Long enough to mean something.

// pageSays looks for what a person can read; in round brackets stands what the
// scenario knows of the request.
func pageSays(_ context.Context, w *world.World, args []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	want := args[0]
	if name, ok := strings.CutPrefix(want, "("); ok {
		want = w.Valid(strings.TrimSuffix(name, ")"))
	}
	if want == "" {
		return &check.NotApplicable{Reason: "the scenario does not know the " + args[0] + " of this target"}
	}
	if strings.Contains(answer.Text(), want) {
		return nil
	}
	return check.Fail(fmt.Sprintf("a page that says %q", answer.Text()), fmt.Sprintf("a page that says %q", want))
}

var warning = regexp.MustCompile(`(?i)\b(warning|caution|careful|beware|attention|unverified|not verified|nobody has verified|unknown|pretend|impersonate|trust|only if)\b`)

func pageWarns(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if warning.MatchString(answer.Text()) {
		return nil
	}
	return check.Fail(fmt.Sprintf("a page that says %q", answer.Text()), "a page with a warning")
}

// pageNotFramed: by Content-Security-Policy or by X-Frame-Options (RFC 9700
// section 4.16, https://www.rfc-editor.org/rfc/rfc9700#section-4.16).
func pageNotFramed(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	policy, options := answer.Answer.Get("Content-Security-Policy"), answer.Answer.Get("X-Frame-Options")
	if strings.Contains(policy, "frame-ancestors 'none'") || strings.Contains(policy, "frame-ancestors 'self'") ||
		strings.EqualFold(options, "DENY") || strings.EqualFold(options, "SAMEORIGIN") {
		return nil
	}
	return check.Fail(fmt.Sprintf("Content-Security-Policy %q, X-Frame-Options %q", policy, options), "frame-ancestors 'none'", "X-Frame-Options: DENY")
}

// pageNotFramedAtAll: policies are newer than X-Frame-Options.
func pageNotFramedAtAll(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	options := answer.Answer.Get("X-Frame-Options")
	if strings.EqualFold(options, "DENY") || strings.EqualFold(options, "SAMEORIGIN") {
		return nil
	}
	return check.Fail(fmt.Sprintf("X-Frame-Options %q", options), "X-Frame-Options: DENY", "X-Frame-Options: SAMEORIGIN")
}

func staysHere(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if location := answer.Answer.Get("Location"); w.Last.Returned != nil || location != "" {
		return check.Fail("a redirect to "+location, "a page of the authorization server")
	}
	return nil
}

// unknownUserAlike: status and text tell nobody whether a user exists.
func unknownUserAlike(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	known, err := answered(w)
	if err != nil {
		return err
	}
	times, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	if known.Status/100 == 2 && !w.Browser.AsksToSignIn(known) {
		return &check.Inconclusive{Reason: "nobody is asked to sign in, so that no password was refused: " + check.Describe(known)}
	}
	if err := w.Guess(ctx, times+1, true); err != nil {
		return err
	}
	unknown := w.Last.Exchange
	w.Last.Exchange = known
	if err := atLeastOneForm(w); err != nil {
		return err
	}
	return check.All(
		check.Equal("status for an unknown user", strconv.Itoa(unknown.Status), strconv.Itoa(known.Status)),
		check.Equal("page for an unknown user", unknown.Text(), known.Text()),
	)
}

// pageAlone: what a page loads or links to is the server's own.
func pageAlone(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	own, err := url.Parse(answer.URL)
	if err != nil {
		return err
	}
	for _, address := range answer.Addresses() {
		if address.Host != "" && address.Host != own.Host {
			return check.Fail("a page with "+address.String(), "a page without anything of other hosts")
		}
	}
	return nil
}

// ownersForms are the forms that the resource owner sent.
func ownersForms(w *world.World) []*exchange.Exchange {
	var sent []*exchange.Exchange
	for _, e := range w.Log.All() {
		if e.Endpoint == exchange.Authorization && e.Method == http.MethodPost && e.Problem == nil {
			sent = append(sent, e)
		}
	}
	return sent
}

func noFormRedirected(_ context.Context, w *world.World, args []string, _ world.Table) error {
	for _, e := range ownersForms(w) {
		for _, status := range strings.Split(args[0], " or ") {
			if fmt.Sprint(e.Status) == status {
				return check.Fail("a form answered with status "+status, "no redirect with status "+args[0])
			}
		}
	}
	return atLeastOneForm(w)
}

func formsRedirected(_ context.Context, w *world.World, args []string, _ world.Table) error {
	for _, e := range ownersForms(w) {
		if e.Status/100 == 3 && fmt.Sprint(e.Status) != args[0] {
			return check.Fail(fmt.Sprintf("a form answered with status %d", e.Status), "status "+args[0])
		}
	}
	return atLeastOneForm(w)
}

func atLeastOneForm(w *world.World) error {
	if len(ownersForms(w)) == 0 {
		return &check.NotApplicable{Reason: "the authorization server had the resource owner send no form"}
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
		check.Equal("action", forms[0].Action.String(), w.Valid("redirect_uri")),
	); err != nil {
		return err
	}
	return returnsWith(ctx, w, nil, table)
}

package acts

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
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about what people see.
var _ = phrases(Then, []step{
	{says: `the page (says|shows something of|links to|does not hold) "([^"]*)"`, do: pageWith},
	{says: `the page (is not empty|warns the resource owner|shows the logo|depends on no other host|cannot be framed|cannot be framed by a browser without policies)`, do: pageIs},
	{says: `(no|every) form of the resource owner is redirected with "([^"]*)"`, do: formRedirected},
	{says: `an unknown user gets the same answer after (\d+) guesses`, do: unknownUserAlike},
})

// pageWith compares the page with a text, or with what the scenario knows of the
// request where the text is a word.
func pageWith(_ context.Context, w *world.World, args []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	want := args[1]
	if name, ok := strings.CutPrefix(want, "("); ok {
		want = Valid(w, strings.TrimSuffix(name, ")"))
	}
	switch args[0] {
	case "says":
		return pageSays(answer, args[1], want)
	case "shows something of":
		return pageShows(answer, args[1], want)
	case "links to":
		return pageLinks(answer, want)
	}
	return pageWithout(answer, want)
}

func pageIs(_ context.Context, w *world.World, args []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	switch args[0] {
	case "is not empty":
		return pageNotEmpty(answer)
	case "warns the resource owner":
		return pageWarns(answer)
	case "shows the logo":
		return showsLogo(answer, world.Part[Picture](w))
	case "depends on no other host":
		return pageAlone(answer)
	case "cannot be framed":
		return pageNotFramed(answer)
	}
	return pageNotFramedAtAll(answer)
}

// pageShows: what a page leaves out altogether, it cannot show wrongly.
func pageShows(answer *exchange.Exchange, name, whole string) error {
	if strings.Contains(string(answer.Content), whole) {
		return nil // As text or not: that is another question.
	}
	shown := wordsOf.FindAllString(answer.Text(), -1)
	for _, word := range wordsOf.FindAllString(whole, -1) {
		if slices.Contains(shown, word) {
			return nil
		}
	}
	return &check.NotApplicable{Reason: "the page shows nothing of the " + name}
}

var wordsOf = regexp.MustCompile(`\pL{4,}`) // Long enough to mean something.

// pageSays looks for what a person can read.
func pageSays(answer *exchange.Exchange, name, want string) error {
	if want == "" {
		return &check.NotApplicable{Reason: "the scenario does not know the " + name + " of this target"}
	}
	if strings.Contains(answer.Text(), want) {
		return nil
	}
	return check.Fail(fmt.Sprintf("a page that says %q", answer.Text()), fmt.Sprintf("a page that says %q", want))
}

var warning = regexp.MustCompile(`(?i)\b(warning|caution|cautious|careful|beware|attention|unverified|not verified|nobody has verified|unknown|pretend|impersonate|fake|trust|untrusted|only if|make sure|risks?|risky|danger|dangerous|harmful|malicious|phishing|scam|suspicious|not (?:been )?(?:reviewed|approved|endorsed|affiliated|published|confirmed|checked)|unconfirmed|third[- ]party|do not recognize|don.t recognize)\b`)

func pageWarns(answer *exchange.Exchange) error {
	if warning.MatchString(answer.Text()) {
		return nil
	}
	return check.Fail(fmt.Sprintf("a page that says %q", answer.Text()), "a page with a warning")
}

// pageNotFramed: by Content-Security-Policy or by X-Frame-Options (RFC 9700
// section 4.16, https://www.rfc-editor.org/rfc/rfc9700#section-4.16).
func pageNotFramed(answer *exchange.Exchange) error {
	policies, options := answer.Answer.Values("Content-Security-Policy"), answer.Answer.Get("X-Frame-Options")
	if check.FramesRestricted(policies) || strings.EqualFold(options, "DENY") || strings.EqualFold(options, "SAMEORIGIN") {
		return nil
	}
	return check.Fail(fmt.Sprintf("Content-Security-Policy %q, X-Frame-Options %q", policies, options), "frame-ancestors 'none'", "X-Frame-Options: DENY")
}

// pageNotFramedAtAll: policies are newer than X-Frame-Options.
func pageNotFramedAtAll(answer *exchange.Exchange) error {
	options := answer.Answer.Get("X-Frame-Options")
	if strings.EqualFold(options, "DENY") || strings.EqualFold(options, "SAMEORIGIN") {
		return nil
	}
	return check.Fail(fmt.Sprintf("X-Frame-Options %q", options), "X-Frame-Options: DENY", "X-Frame-Options: SAMEORIGIN")
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
	if err := Guess(ctx, w, times+1, true); err != nil {
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
func pageAlone(answer *exchange.Exchange) error {
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

func formRedirected(_ context.Context, w *world.World, args []string, _ world.Table) error {
	if args[0] == "no" {
		return noFormRedirected(w, args[1])
	}
	return formsRedirected(w, args[1])
}

func noFormRedirected(w *world.World, statuses string) error {
	for _, e := range ownersForms(w) {
		for _, status := range strings.Split(statuses, " or ") {
			if fmt.Sprint(e.Status) == status {
				return check.Fail("a form answered with status "+status, "no redirect with status "+statuses)
			}
		}
	}
	return atLeastOneForm(w)
}

func formsRedirected(w *world.World, status string) error {
	for _, e := range ownersForms(w) {
		if e.Status/100 == 3 && fmt.Sprint(e.Status) != status {
			return check.Fail(fmt.Sprintf("a form answered with status %d", e.Status), "status "+status)
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

package useragent

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
)

// Person is a resource owner before a browser. Without a password or a
// decision, the person looks at the page in question and does nothing.
type Person struct {
	Username, Password string
	Decision           Decision
	// InPart: the person approves the first only of what can be left out. What
	// that is, is in Allowed afterwards; empty where nothing can be left out.
	InPart  bool
	Allowed string
}

// Decision is what a person answers to a request for consent.
type Decision string

// The decisions.
const (
	Undecided Decision = ""
	Approves  Decision = "approves"
	Denies    Decision = "denies"
)

// hand is what a person did on the way already: nobody signs in twice, or decides
// twice on the same page, without being told.
type hand struct {
	named, signedIn bool
	taken           []*Step
	decided         []string // What the pages said that were decided on.
	hindrance       string   // Why the person did not go on, though the page was recognized.
}

// hasDecided tells whether the person decided on this very page before. Another
// one asks for something else: some servers ask for the client first, and then for
// each scope.
func (h *hand) hasDecided(page *exchange.Exchange) bool {
	return slices.Contains(h.decided, saying(page))
}

func (h *hand) decides(page *exchange.Exchange) { h.decided = append(h.decided, saying(page)) }

// saying is what tells two pages apart for a person.
func saying(page *exchange.Exchange) string { return pathOf(page.URL) + " " + page.Text() }

// fill fills in the form of a page, as a declared step says or as the page is
// recognized; nil where the person leaves it alone.
func (b *Browser) fill(page *exchange.Exchange, once *hand) *Visit {
	if step := b.stepFor(page); step != nil {
		return b.take(step, page, once)
	}
	p := b.Person
	switch {
	case asksForPassword(page) && p.Password != "" && !once.signedIn:
		once.signedIn = true
		return b.signIn(page, isSignIn, once)
	case asksForName(page) && p.Password != "" && !once.named:
		once.named = true
		return b.signIn(page, isIdentification, once)
	case b.AsksToConsent(page) && p.Decision != Undecided && !once.hasDecided(page):
		visit := b.decide(page)
		if visit != nil {
			once.decides(page)
			b.Decided = true
		}
		return visit
	case !b.AsksToConsent(page):
		return b.goOn(page)
	}
	return nil
}

// decide presses the button, after what the person leaves out.
func (b *Browser) decide(page *exchange.Exchange) *Visit {
	p := b.Person
	form, button, found := decisionOn(page, p.Decision)
	if !found {
		return b.leave(page, p.Decision)
	}
	if p.InPart {
		var allowed string
		if form.Inputs, allowed = firstTicked(form.Inputs); allowed != "" {
			p.Allowed = allowed // A page that asks again offers nothing to leave out.
		}
	}
	return b.submit(page, form, valuesOf(form, button))
}

// firstTicked leaves the first only of what is ticked, and returns its value;
// "" where there is nothing to leave out.
func firstTicked(inputs []exchange.Input) (left []exchange.Input, first string) {
	ticked := 0
	for _, input := range inputs {
		if input.Type == "checkbox" && input.Checked {
			if ticked++; ticked > 1 {
				continue
			}
			first = input.Value
		}
		left = append(left, input)
	}
	if ticked < 2 {
		return inputs, ""
	}
	return left, first
}

// AsksToSignIn tells whether a page asks who the person is: it has a form for a
// password, or for a name that a password follows, or a step says so.
func (b *Browser) AsksToSignIn(page *exchange.Exchange) bool {
	if step := b.stepFor(page); step != nil {
		return step.asksToSignIn()
	}
	return asksForPassword(page) || asksForName(page)
}

// AsksToConsent tells whether a page has a form with a button that says yes, or
// a step says so.
func (b *Browser) AsksToConsent(page *exchange.Exchange) bool {
	if step := b.stepFor(page); step != nil {
		return step.asksToConsent()
	}
	return b.Decide(page, Approves) != nil && !asksForName(page) && !leadsOnly(page)
}

func asksForPassword(page *exchange.Exchange) bool {
	return slices.ContainsFunc(page.Forms(), isSignIn)
}

func asksForName(page *exchange.Exchange) bool {
	return slices.ContainsFunc(page.Forms(), isIdentification)
}

func isSignIn(form exchange.Form) bool {
	return slices.ContainsFunc(form.Inputs, func(input exchange.Input) bool { return input.Type == "password" })
}

var nameOfUser = regexp.MustCompile(`(?i)^(user|username|user_name|login|email|identifier|loginfmt)$`)

// isIdentification tells a form that asks for the name alone: the password has
// a page of its own.
func isIdentification(form exchange.Form) bool {
	names := 0
	for _, input := range form.Inputs {
		switch {
		case input.Type == "password":
			return false
		case input.Type == "text" || input.Type == "email":
			if !nameOfUser.MatchString(input.Name) && input.Autocomplete != "username" {
				return false
			}
			names++
		}
	}
	return names == 1
}

// signIn fills in the first form of a page that is one for signing in.
func (b *Browser) signIn(page *exchange.Exchange, kind func(exchange.Form) bool, once *hand) *Visit {
	p, forms := b.Person, page.Forms()
	form := forms[slices.IndexFunc(forms, kind)]
	if !b.confides(form, once) {
		return nil
	}
	values := valuesOf(form, buttonOf(form, anything, nothing))
	for _, input := range form.Inputs {
		switch {
		case input.Type == "password":
			values.Set(input.Name, p.Password)
		case input.Autocomplete == "username", input.Type == "text", input.Type == "email":
			values.Set(input.Name, p.Username)
		}
	}
	return b.submit(page, form, values)
}

// confides tells whether the person types into a form that asks who they are.
func (b *Browser) confides(form exchange.Form, once *hand) bool {
	hasPassword := slices.ContainsFunc(form.Inputs, func(input exchange.Input) bool { return input.Type == "password" })
	switch to := form.Action; {
	case to == nil || b.Trusts == nil:
		return true
	case !b.Trusts(to):
		once.hindrance = fmt.Sprintf("the sign-in page would send the password to %s://%s, which the target file does not name; if people sign in there, add %q to resource_owner.hosts in the target file", to.Scheme, to.Host, to.Host)
	case hasPassword && form.Method != "POST":
		once.hindrance = "the form of the sign-in page would put the password into a URL; it has to use method=post"
	}
	return once.hindrance == ""
}

// What buttons say, in their text, their name or their value.
var (
	yes = regexp.MustCompile(`(?i)\b(allow|approve|accept|authori[sz]e|agree|consent|grant|yes|confirm|continue)\b`)
	no  = regexp.MustCompile(`(?i)\b(deny|decline|reject|refuse|cancel|disallow|no|don.t)\b`)

	anything = regexp.MustCompile(``)
	nothing  = regexp.MustCompile(`$^.`)
)

// Decide presses the button of a page that says what was decided; nil where
// there is none.
func (b *Browser) Decide(page *exchange.Exchange, decision Decision) *Visit {
	if step := b.stepFor(page); step != nil && step.asksToConsent() {
		decided := *b
		decided.Person = &Person{Decision: decision}
		return decided.take(step, page, &hand{})
	}
	form, button, found := decisionOn(page, decision)
	if !found {
		return b.leave(page, decision)
	}
	return b.submit(page, form, valuesOf(form, button))
}

// leave denies by a link, where a page that asks for consent has no button for it.
func (b *Browser) leave(page *exchange.Exchange, decision Decision) *Visit {
	if _, _, asks := decisionOn(page, Approves); decision != Denies || !asks {
		return nil
	}
	for _, link := range page.Links() {
		if no.MatchString(link.Text) && b.stays(page.URL, link.Address) {
			return &Visit{Address: link.Address.String()}
		}
	}
	return nil
}

// decisionOn is the form of a page with the button that says what was decided.
func decisionOn(page *exchange.Exchange, decision Decision) (exchange.Form, exchange.Input, bool) {
	wanted, other := yes, no
	if decision == Denies {
		wanted, other = no, nothing
	}
	for _, form := range page.Forms() {
		if button := buttonOf(form, wanted, other); button.Type != "" && !isSignIn(form) {
			return form, button, true
		}
	}
	return exchange.Form{}, exchange.Input{}, false
}

// buttonOf is the first button of a form that says one thing and not another;
// the zero value where there is none.
func buttonOf(form exchange.Form, says, not *regexp.Regexp) exchange.Input {
	for _, input := range form.Inputs {
		all := strings.Join([]string{input.Text, input.Value, input.Name}, " ")
		if input.Type == "submit" && says.MatchString(all) && !not.MatchString(input.Text) {
			return input
		}
	}
	return exchange.Input{}
}

// valuesOf is what a browser sends of a form when button is pressed.
func valuesOf(form exchange.Form, button exchange.Input) url.Values {
	values := url.Values{}
	for _, input := range form.Inputs {
		tick := input.Type == "checkbox" || input.Type == "radio"
		if input.Name != "" && input.Type != "submit" && (!tick || input.Checked) {
			values.Add(input.Name, input.Value)
		}
	}
	if button.Name != "" {
		values.Add(button.Name, button.Value)
	}
	return values
}

// submit never sends what a person filled in to another host, but for those
// that are known.
func (b *Browser) submit(page *exchange.Exchange, form exchange.Form, values url.Values) *Visit {
	if form.Action == nil || !b.stays(page.URL, form.Action) {
		return nil
	}
	if form.Method == "POST" {
		return &Visit{Address: form.Action.String(), Form: []byte(values.Encode())}
	}
	address := *form.Action
	address.RawQuery = values.Encode()
	return &Visit{Address: address.String()}
}

package useragent

import (
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
)

// Step says what the resource owner does on a page that is not recognized by
// itself.
type Step struct {
	// Page is a text that the page shows, or its path, which begins with a slash.
	Page string
	// Fill has the values of fields by their names; (username) and (password) are
	// those of the person.
	Fill map[string]string
	// Press is what the button says, its name or its value; on a page that asks
	// for consent that is Approve or Deny. A page without a button is sent as it is.
	Press, Approve, Deny string
}

// asksToConsent tells a step that decides from one that leads on.
func (s Step) asksToConsent() bool { return s.Approve != "" || s.Deny != "" }

// asksToSignIn tells whether the step says who the person is.
func (s Step) asksToSignIn() bool {
	for _, value := range s.Fill {
		if value == "(username)" || value == "(password)" {
			return true
		}
	}
	return false
}

// isAbout tells whether the step is for a page.
func (s Step) isAbout(page *exchange.Exchange) bool {
	if strings.HasPrefix(s.Page, "/") {
		address, err := url.Parse(page.URL)
		return err == nil && address.Path == s.Page
	}
	return page.IsHTML() && strings.Contains(strings.ToLower(page.Text()), strings.ToLower(s.Page))
}

// stepFor is the first declared step for a page; nil where there is none.
func (b *Browser) stepFor(page *exchange.Exchange) *Step {
	for i := range b.Steps {
		if b.Steps[i].isAbout(page) {
			return &b.Steps[i]
		}
	}
	return nil
}

// take does what a step says; nil where the page has no such button, or the
// person leaves it alone.
func (b *Browser) take(step *Step, page *exchange.Exchange, once *hand) *Visit {
	person, press := b.Person, step.Press
	switch {
	case step.asksToConsent():
		if person.Decision == Undecided || once.decidedOn(page) {
			return nil
		}
		once.decided, b.Decided, press = append(once.decided, page.Text()), true, step.Approve
		if person.Decision == Denies {
			press = step.Deny
		}
	case step.asksToSignIn():
		if person.Password == "" || slices.Contains(once.taken, step) {
			return nil
		}
		once.signedIn, once.taken = true, append(once.taken, step)
	}
	for _, form := range page.Forms() {
		button, found := pressed(form, press)
		if !found || !hasFields(form, step.Fill) {
			continue
		}
		if step.asksToSignIn() && !b.confides(form, once) {
			return nil
		}
		values := valuesOf(form, button)
		for name, value := range step.Fill {
			values.Set(name, person.says(value))
		}
		return b.submit(page, form, values)
	}
	return nil
}

// says puts the person's name and password in the place of their words.
func (p *Person) says(value string) string {
	switch value {
	case "(username)":
		return p.Username
	case "(password)":
		return p.Password
	}
	return value
}

// pressed is the button that says a text, or has it as name or value.
func pressed(form exchange.Form, text string) (exchange.Input, bool) {
	if text == "" {
		return exchange.Input{}, true
	}
	for _, input := range form.Inputs {
		if input.Type == "submit" && (strings.EqualFold(input.Text, text) || input.Name == text || input.Value == text) {
			return input, true
		}
	}
	return exchange.Input{}, false
}

func hasFields(form exchange.Form, fill map[string]string) bool {
	for name := range fill {
		if !slices.ContainsFunc(form.Inputs, func(input exchange.Input) bool { return input.Name == name }) {
			return false
		}
	}
	return true
}

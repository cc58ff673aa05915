package useragent

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
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

// take does what a step says; nil where the person leaves the page alone, or
// cannot do that: the reason is in once then.
func (b *Browser) take(step *Step, page *exchange.Exchange, once *hand) *Visit {
	press := step.Press
	switch {
	case step.asksToConsent():
		if b.Person.Decision == Undecided || once.hasDecided(page) {
			return nil
		}
		if press = step.Approve; b.Person.Decision == Denies {
			press = step.Deny
		}
	case step.asksToSignIn():
		if b.Person.Password == "" || slices.Contains(once.taken, step) {
			return nil
		}
	}
	form, button, found := step.formOn(page, press)
	if !found {
		once.hindrance = step.unlike(page, press)
		return nil
	}
	if step.asksToSignIn() && !b.confides(form, once) {
		return nil
	}
	return b.carryOut(step, page, once, form, valuesOf(form, button))
}

// carryOut fills in a form and remembers what for.
func (b *Browser) carryOut(step *Step, page *exchange.Exchange, once *hand, form exchange.Form, values url.Values) *Visit {
	if step.asksToConsent() {
		once.decides(page)
		b.Decided = true
	} else if step.asksToSignIn() {
		once.signedIn, once.taken = true, append(once.taken, step)
	}
	for name, value := range step.Fill {
		values.Set(name, b.Person.says(value))
	}
	return b.submit(page, form, values)
}

// formOn is the form of a page that has the button and the fields of the step.
func (s Step) formOn(page *exchange.Exchange, press string) (exchange.Form, exchange.Input, bool) {
	if s.asksToConsent() && press == "" {
		return exchange.Form{}, exchange.Input{}, false
	}
	for _, form := range page.Forms() {
		if button, found := pressed(form, press); found && hasFields(form, s.Fill) {
			return form, button, true
		}
	}
	return exchange.Form{}, exchange.Input{}, false
}

// unlike says what a step names that the page has not, and what it has.
func (s Step) unlike(page *exchange.Exchange, press string) string {
	buttons, fields := named(page, true), named(page, false)
	at := fmt.Sprintf("the page %s, for which resource_owner.steps has an entry", pathOf(page.URL))
	isButton := func(form exchange.Form) bool { _, found := pressed(form, press); return found }
	switch {
	case len(page.Forms()) == 0:
		return at + ", has no form; correct the page of that entry, or leave the entry out"
	case s.asksToConsent() && press == "":
		return at + ", asks for a decision that the entry does not name; give it both, approve and deny, each with one of the buttons " + buttons
	case !slices.ContainsFunc(page.Forms(), isButton):
		return fmt.Sprintf("%s, has no button %q; write one of its buttons: %s", at, press, buttons)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Fill)) {
		if !slices.ContainsFunc(page.Forms(), func(form exchange.Form) bool { return hasFields(form, map[string]string{name: ""}) }) {
			return fmt.Sprintf("%s, has no field %q; write one of its fields: %s", at, name, fields)
		}
	}
	return at + ", has the button and the fields of the entry in different forms; name those of one form: the buttons are " + buttons + ", the fields " + fields
}

// named are the buttons of a page by what they say, or its fields by their names.
func named(page *exchange.Exchange, buttons bool) string {
	var names []string
	for _, form := range page.Forms() {
		for _, input := range form.Inputs {
			switch name := cmp.Or(input.Text, input.Value, input.Name); {
			case buttons && input.Type == "submit" && name != "":
				names = append(names, strconv.Quote(name))
			case !buttons && input.Type != "submit" && input.Type != "hidden" && input.Name != "":
				names = append(names, strconv.Quote(input.Name))
			}
		}
	}
	return cmp.Or(strings.Join(names, ", "), "none")
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

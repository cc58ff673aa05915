package useragent

import (
	"net/http"
	"regexp"
	"slices"

	"github.com/grantproof/grantproof/harness/exchange"
)

var onwards = regexp.MustCompile(`(?i)\b(continue|next|proceed|go on|ok)\b`)

// goOn presses the one button of a page that only leads on: its form changes nothing,
// as it is sent by GET.
func (b *Browser) goOn(page *exchange.Exchange) *Visit {
	for _, form := range page.Forms() {
		if button := buttonOf(form, onwards, nothing); button.Type != "" && form.Method == http.MethodGet && !asksAnything(form) {
			return b.submit(page, form, valuesOf(form, button))
		}
	}
	return nil
}

// asksAnything tells whether a form has a field to fill in.
func asksAnything(form exchange.Form) bool {
	return slices.ContainsFunc(form.Inputs, func(input exchange.Input) bool { return input.Type != "hidden" && input.Type != "submit" })
}

// leadsOnly tells whether a page has a button that goes on, and no other choice: no
// form that could change anything, and no way to deny.
func leadsOnly(page *exchange.Exchange) bool {
	_, button, _ := decisionOn(page, Approves)
	_, _, denies := decisionOn(page, Denies)
	denies = denies || !onwards.MatchString(button.Text+" "+button.Value) || slices.ContainsFunc(page.Links(), func(link exchange.Link) bool { return no.MatchString(link.Text) })
	return !denies && !slices.ContainsFunc(page.Forms(), func(form exchange.Form) bool { return form.Method == http.MethodPost })
}

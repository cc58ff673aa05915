package useragent

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// handOver has a real person go on where there is one, and else tells why the
// one before this browser could not.
func (b *Browser) handOver(ctx context.Context, visit Visit, once *hand, arrival *Arrival) error {
	if b.Person == nil || b.Person.Decision == Undecided {
		return nil
	}
	arrival.Stuck = b.stuck(arrival, once)
	if b.Window == nil || arrival.Stuck == "" {
		return nil
	}
	if visit.Form != nil {
		arrival.Stuck = "a person cannot have a browser send this request by POST"
		return nil
	}
	told := map[Decision]string{Approves: "approve", Denies: "deny what is asked"}[b.Person.Decision]
	if b.Person.Username != "" {
		told = "sign in as " + b.Person.Username + " and " + told
	}
	returned, err := b.Window.Open(ctx, visit.Address, b.ReturnsTo, told)
	arrival.Returned, arrival.Witnessed, arrival.Stuck = returned, err == nil && returned == nil, ""
	return err
}

// stuck tells what a person lacks to go on from where the way ended.
func (b *Browser) stuck(arrival *Arrival, once *hand) string {
	page := arrival.Last
	if once.withheld != "" {
		return once.withheld
	}
	if to, err := resolve(page.URL, page.Answer.Get("Location")); err == nil && page.Status/100 == 3 && to.Host != "" && !b.stays(page.URL, to) {
		if to.Scheme == "http" && strings.HasPrefix(page.URL, "https:") {
			return fmt.Sprintf("the authorization server sends the browser to http://%s, where there is no TLS; have its operator correct that", to.Host)
		}
		return fmt.Sprintf("the authorization server sends the browser to %s; if people sign in there, add %q to resource_owner.hosts in the target file", to.Host, to.Host)
	}
	switch {
	case b.AsksToSignIn(page) && once.signedIn: // Some pages that ask again have status 401.
		return "the authorization server asks to sign in again: it does not take the name or the password of resource_owner"
	case page.Status != http.StatusOK || len(page.Forms()) == 0:
		return ""
	case b.AsksToConsent(page) && once.decidedOn(page):
		return "the authorization server asks for consent again, after it was given"
	}
	return fmt.Sprintf("the page %s is not recognized, which says %q; tell in resource_owner.steps of the target file what is filled in and pressed there", pathOf(page.URL), beginning(page.Text()))
}

func pathOf(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return address
	}
	return parsed.Path
}

// beginning is as much of a page as fits into a sentence.
func beginning(text string) string {
	const most = 80
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	return string(letters[:most]) + "…"
}

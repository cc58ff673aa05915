package exchange

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
)

func pageOf(media, body string) *Exchange {
	return &Exchange{Request: Request{URL: "https://as.example/in/authorize?x=1"}, Answer: http.Header{"Content-Type": {media}}, Content: []byte(body)}
}

// A form is read as a browser reads it: where it leads, how, and with which fields.
func TestForms(t *testing.T) {
	for page, want := range map[string][]string{
		`<form method=post action="/go"><input name=a value=b></form>`:                     {"POST https://as.example/go", "a=b text"},
		`<form METHOD="Post"><button name=a value=b>Go</button></form>`:                    {"POST https://as.example/in/authorize?x=1", "a=b submit Go"},
		`<form action=next><input type=HIDDEN name=a></form>`:                              {"GET https://as.example/in/next", "a= hidden"},
		`<form method=put><input type=submit value=Go></form>`:                             {"GET https://as.example/in/authorize?x=1", "=Go submit Go"},
		`<form action="https://b.example/"><input type=image name=a></form>`:               {"GET https://b.example/", "a= submit"},
		`<form action="http://[::1"></form>`:                                               {"GET nowhere"},
		`<form id=f></form><input form=f name=a><input form=g name=b><input name=c>`:       {"GET https://as.example/in/authorize?x=1", "a= text"},
		`<form><input form=g name=a></form>`:                                               {"GET https://as.example/in/authorize?x=1"},
		`<form><textarea name=a>x</textarea><select name=b></select><p name=c></p></form>`: {"GET https://as.example/in/authorize?x=1", "a=  x", "b= "},
		`<form><input type=checkbox name=a checked></form><form><input name=b></form>`:     {"GET https://as.example/in/authorize?x=1", "a= checkbox checked", "GET https://as.example/in/authorize?x=1", "b= text"},
		`<!-- <form><input name=a></form> --><script>"<form>"</script><p>no form</p>`:      nil,
	} {
		if got := shownForms(pageOf("Text/HTML; charset=utf-8", page)); !slices.Equal(got, want) {
			t.Errorf("%s\nis read as %q, want %q", page, got, want)
		}
	}
	for _, media := range []string{"", "text/plain", "application/json", "text/htmlx", "application/xhtml+xml"} {
		if e := pageOf(media, `<form></form><a href=x>y</a>`); len(e.Forms())+len(e.Links()) > 0 || e.IsHTML() {
			t.Errorf("%q is read as HTML", media)
		}
	}
}

func shownForms(e *Exchange) []string {
	var shown []string
	for _, form := range e.Forms() {
		to := "nowhere"
		if form.Action != nil {
			to = form.Action.String()
		}
		shown = append(shown, form.Method+" "+to)
		for _, input := range form.Inputs {
			line := fmt.Sprintf("%s=%s %s", input.Name, input.Value, input.Type)
			if input.Text != "" {
				line += " " + input.Text
			}
			if input.Checked {
				line += " checked"
			}
			shown = append(shown, line)
		}
	}
	return shown
}

// Text, links and addresses are what a person sees, follows and loads.
func TestPage(t *testing.T) {
	e := pageOf("text/html", `<style>p{}</style><p>Two
		words<b>!</b></p><script>no()</script><a href="/x">Leave <i>now</i></a><a>nowhere</a><a href="http://[::1">bad</a><img src="//b.example/i"><form action=/f></form><video poster=p data=d></video>`)
	if got := e.Text(); got != "Two words ! Leave now nowhere bad" {
		t.Errorf("the text is %q", got)
	}
	links := e.Links()
	if len(links) != 1 || links[0].Text != "Leave now" || links[0].Address.String() != "https://as.example/x" {
		t.Errorf("the links are %v", links)
	}
	var addresses []string
	for _, address := range e.Addresses() {
		addresses = append(addresses, address.String())
	}
	if want := []string{"https://as.example/x", "https://b.example/i", "https://as.example/in/d", "https://as.example/in/p"}; !slices.Equal(addresses, want) {
		t.Errorf("the addresses are %q", addresses)
	}
}

package exchange

import (
	"net/http"
	"strings"
	"testing"
)

// FuzzPage: the forms, links and texts of any page can be looked at.
func FuzzPage(f *testing.F) {
	for _, page := range []string{
		`<form method=post action="/in"><input name=a value=b><input type=password name=p><button name=x value=y>Go</button></form>`,
		`<form action="javascript:alert(1)"><select name=a><option>x</select></form><a href="http://[::1">no</a>`, `<form><form><form>`, "<!--", strings.Repeat("<div>", 600), `<input name="` + "\x00" + `">`, `<base href="//other">`,
	} {
		f.Add("text/html", page)
	}
	f.Fuzz(func(t *testing.T, media, page string) {
		e := &Exchange{Request: Request{URL: "https://as.example/authorize?x=1"}, Answer: http.Header{"Content-Type": {media}}, Content: []byte(page), log: &Log{}}
		for _, form := range e.Forms() {
			if form.Action != nil && !form.Action.IsAbs() {
				t.Errorf("the form leads to %q", form.Action)
			}
		}
		_, _, _ = e.Text(), e.Links(), e.Addresses()
		_ = e.CookieHoldsToken()
	})
}

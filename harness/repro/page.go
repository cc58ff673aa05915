package repro

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/impl/printable"
)

// field is a value that a page has a browser send.
type field struct{ name, value string }

func forms(header http.Header, content []byte) []exchange.Form {
	page := exchange.Exchange{Answer: header, Content: content}
	return page.Forms()
}

// fields are those of the forms of a page, in its order: hidden ones as well, such
// as the token against forged requests.
func fields(header http.Header, content []byte) []field {
	var all []field
	for _, form := range forms(header, content) {
		for _, input := range form.Inputs {
			if input.Name != "" {
				all = append(all, field{input.Name, input.Value})
			}
		}
	}
	return all
}

// cookies are those that an answer sets, the last of each name.
func cookies(header http.Header) map[string]string {
	set := map[string]string{}
	for _, cookie := range (&http.Response{Header: header}).Cookies() {
		set[cookie.Name] = cookie.Value
	}
	return set
}

// Cookie is the value of a cookie that the answer sets.
func (a Answer) Cookie(name string) (string, error) {
	value, set := cookies(a.Header)[name]
	if !set {
		return "", fmt.Errorf("the answer sets no cookie %q; the status is %s", name, printable.Line(a.Status))
	}
	return taken(value)
}

// Field is the value of the nth field with a name in the forms of the page.
func (a Answer) Field(name string, nth int) (string, error) {
	for _, field := range fields(a.Header, a.Content) {
		if field.name == name {
			if nth--; nth == 0 {
				return taken(field.value)
			}
		}
	}
	return "", fmt.Errorf("the page has no such field %q; the status is %s", name, printable.Line(a.Status))
}

// Path is that of the URL to which the answer redirects, or with nth to which its
// nth form is sent: a path and no host, so that no answer says where a secret goes.
func (a Answer) Path(nth int) (string, error) {
	paths := pathsOf(a.Header, a.Content)
	if nth >= len(paths) || paths[nth] == "" {
		return "", errors.New("the answer leads to no path; the status is " + printable.Line(a.Status))
	}
	return taken(paths[nth])
}

// pathsOf are the path of the redirect and those of the forms; "" for one that is
// none.
func pathsOf(header http.Header, content []byte) []string {
	location, _ := url.Parse(header.Get("Location"))
	paths := []string{absolutePath(location)}
	for _, form := range forms(header, content) {
		paths = append(paths, absolutePath(form.Action))
	}
	return paths
}

func absolutePath(address *url.URL) string {
	if address == nil || !strings.HasPrefix(address.EscapedPath(), "/") {
		return ""
	}
	return address.EscapedPath()
}

// keepPage takes out of a page, and of the cookies beside it, what a browser sends
// back.
func (w *writer) keepPage(e *exchange.Exchange) {
	set := cookies(e.Answer)
	for _, name := range sorted(set) {
		w.take(e, name, set[name], "cookie -- %s")
	}
	counts := map[string]int{}
	for _, field := range fields(e.Answer, e.Content) {
		counts[field.name]++
		w.take(e, field.name, field.value, "field -- %s "+fmt.Sprint(counts[field.name]))
	}
	for i, path := range pathsOf(e.Answer, e.Content) {
		w.takePath(path, i)
	}
}

// takePath defines a variable with a path that a later request goes to, and none
// before: some servers give each sign-in a path of its own.
func (w *writer) takePath(path string, nth int) {
	goesThere := func(e *exchange.Exchange) bool {
		address, err := url.Parse(e.URL)
		return err == nil && address.EscapedPath() == path
	}
	if len(path) < shortest || !isTaken(path) || slices.ContainsFunc(w.all[:w.at+1], goesThere) || !slices.ContainsFunc(w.all[w.at+1:], goesThere) || w.pathVariable(path) != "" {
		return
	}
	w.define("path", path, fmt.Sprintf("$(taken path %d)", nth)).isPath = true
}

// pathVariable is the variable that holds a whole path; "" for none.
func (w *writer) pathVariable(path string) string {
	for _, v := range w.variables {
		if v.isPath && v.value == path {
			return v.name
		}
	}
	return ""
}

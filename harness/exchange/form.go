package exchange

import (
	"bytes"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Form is a form of an HTML page, as a person sees it.
type Form struct {
	Method string   // GET or POST.
	Action *url.URL // Absolute; nil where it is no URL.
	Inputs []Input  // In the order of the page.
}

// Input is a field or a button of a form.
type Input struct {
	Name, Value, Type string // Of a button, the type is submit.
	Autocomplete      string
	Text              string // What a button says.
	Checked           bool
}

// IsHTML tells whether the answer is a page for people.
func (e *Exchange) IsHTML() bool {
	media, _, _ := mime.ParseMediaType(e.Answer.Get("Content-Type"))
	return media == "text/html"
}

// Forms are the forms of the answer; none where it is no HTML.
func (e *Exchange) Forms() []Form {
	if !e.IsHTML() {
		return nil
	}
	root, err := html.Parse(bytes.NewReader(e.Content))
	if err != nil {
		return nil
	}
	base, _ := url.Parse(e.URL)
	base = baseOf(root, base)
	var forms []Form
	for node := range root.Descendants() {
		if node.Type == html.ElementNode && node.Data == "form" {
			forms = append(forms, formOf(node, root, base))
		}
	}
	return forms
}

// baseOf is the address to which those of a page are relative (HTML section 4.2.3).
func baseOf(root *html.Node, document *url.URL) *url.URL {
	for node := range root.Descendants() {
		if node.Type == html.ElementNode && node.Data == "base" && has(node, "href") && document != nil {
			if base, err := document.Parse(attribute(node, "href")); err == nil {
				return base
			}
			return document
		}
	}
	return document
}

// Text is what a person reads on the page, with single blanks.
func (e *Exchange) Text() string {
	root, err := html.Parse(bytes.NewReader(e.Content))
	if err != nil {
		return ""
	}
	return textOf(root)
}

// Addresses are those that the page loads something from or links to, but for
// its forms.
func (e *Exchange) Addresses() []*url.URL {
	root, err := html.Parse(bytes.NewReader(e.Content))
	base, baseErr := url.Parse(e.URL)
	if err != nil || baseErr != nil {
		return nil
	}
	base = baseOf(root, base)
	var found []*url.URL
	for node := range root.Descendants() {
		for _, name := range []string{"src", "href", "data", "poster"} {
			if address, err := base.Parse(attribute(node, name)); err == nil && attribute(node, name) != "" {
				found = append(found, address)
			}
		}
	}
	return found
}

// Link is what leads from a page when it is pressed.
type Link struct {
	Address *url.URL // Absolute.
	Text    string   // What it says.
}

// Links are those of the answer; none where it is no HTML.
func (e *Exchange) Links() []Link {
	root, err := html.Parse(bytes.NewReader(e.Content))
	base, baseErr := url.Parse(e.URL)
	if err != nil || baseErr != nil || !e.IsHTML() {
		return nil
	}
	base = baseOf(root, base)
	var links []Link
	for node := range root.Descendants() {
		if node.Type != html.ElementNode || node.Data != "a" || !has(node, "href") {
			continue
		}
		if address, err := base.Parse(attribute(node, "href")); err == nil {
			links = append(links, Link{address, textOf(node)})
		}
	}
	return links
}

// formOf reads a form with what is in it, and what names it from elsewhere on
// the page.
func formOf(node, root *html.Node, base *url.URL) Form {
	form := Form{Method: http.MethodGet}
	if strings.EqualFold(attribute(node, "method"), http.MethodPost) {
		form.Method = http.MethodPost
	}
	if base != nil {
		form.Action, _ = base.Parse(attribute(node, "action"))
	}
	inside, id := slices.Collect(node.Descendants()), attribute(node, "id")
	for control := range root.Descendants() {
		owner := attribute(control, "form")
		if owner == "" && slices.Contains(inside, control) || owner != "" && owner == id {
			if input, ok := inputOf(control); ok {
				form.Inputs = append(form.Inputs, input)
			}
		}
	}
	return form
}

func inputOf(node *html.Node) (Input, bool) {
	if node.Type != html.ElementNode || !slices.Contains([]string{"input", "button", "select", "textarea"}, node.Data) {
		return Input{}, false
	}
	input := Input{
		Name: attribute(node, "name"), Value: attribute(node, "value"), Type: strings.ToLower(attribute(node, "type")),
		Autocomplete: attribute(node, "autocomplete"), Text: textOf(node), Checked: has(node, "checked"),
	}
	switch {
	case node.Data == "button" && input.Type == "", input.Type == "image":
		input.Type = "submit"
	case node.Data == "input" && input.Type == "":
		input.Type = "text"
	}
	if input.Text == "" && input.Type == "submit" {
		input.Text = input.Value
	}
	return input, true
}

func textOf(root *html.Node) string {
	var words []string
	for node := range root.Descendants() {
		hidden := node.Parent != nil && (node.Parent.Data == "script" || node.Parent.Data == "style")
		if node.Type == html.TextNode && !hidden {
			words = append(words, strings.Fields(node.Data)...)
		}
	}
	return strings.Join(words, " ")
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(node *html.Node, name string) bool {
	return slices.ContainsFunc(node.Attr, func(a html.Attribute) bool { return a.Key == name })
}

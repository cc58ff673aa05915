package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	renderer "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"

	"github.com/grantproof/grantproof/impl/printable"
)

const hostile = "x\x1b[31m\x1b[2J\x1b]8;;http://evil.example\x07\u009b1m\x00\u202e\u2028\xff\r\n✓ FORGED passed\nFORGED | 0 failed\n\n# FORGED\n" +
	"[a](http://evil.example)![b](http://evil.example/i.png)<script>alert(1)</script><img src=http://evil.example onerror=alert(1)><http://evil.example> http://evil.example www.evil.example me@evil.example \\[a\\](http://evil.example) |x|`y ]]> \uffff"

// filled is a value in which every text is hostile, so that a field that is added
// later is one, too.
func filled[T any]() T {
	value := reflect.New(reflect.TypeFor[T]()).Elem()
	fill(value)
	return value.Interface().(T)
}

func fill(value reflect.Value) {
	switch value.Kind() {
	case reflect.String:
		value.SetString(hostile)
		if value.Type() == reflect.TypeFor[Verdict]() {
			value.SetString(string(Failed))
		}
	case reflect.Int, reflect.Int64:
		value.SetInt(1)
	case reflect.Pointer:
		value.Set(reflect.New(value.Type().Elem()))
		fill(value.Elem())
	case reflect.Slice:
		value.Set(reflect.MakeSlice(value.Type(), 1, 1))
		fill(value.Index(0))
	case reflect.Map:
		name, element := reflect.New(value.Type().Key()).Elem(), reflect.New(value.Type().Elem()).Elem()
		fill(name)
		fill(element)
		value.Set(reflect.MakeMap(value.Type()))
		value.SetMapIndex(name, element)
	case reflect.Struct:
		if value.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range value.NumField() {
			if field := value.Field(i); field.CanSet() {
				fill(field)
			}
		}
	}
}

var colour = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// lines checks what a person reads line by line.
func lines(t *testing.T, name, text string) {
	t.Helper()
	plain := text
	if strings.HasSuffix(name, "terminal") {
		if strings.Contains(text, "\x1b[31m\x1b[2J") {
			t.Errorf("%s: a colour of a server", name)
		}
		plain = colour.ReplaceAllString(text, "")
	}
	if printable.Text(plain) != plain || plain == "" {
		t.Errorf("%s: %q", name, plain)
	}
	for line := range strings.Lines(plain) {
		if strings.HasPrefix(strings.TrimLeft(line, " ✓|#"), "FORGED") {
			t.Errorf("%s: a forged line %q", name, line)
		}
	}
}

// Whatever the texts of a report are, no writer lets them be more than texts.
func TestHostileReports(t *testing.T) {
	r, c := filled[Report](), filled[Comparison]()
	r.Rules[0].Verdict, r.Rules[0].Offenders[0].Scenario = Inconclusive, hostile
	known := r
	known.Scenarios = []Scenario{r.Scenarios[0]}
	known.Scenarios[0].Verdict = NotApplicable
	c.Targets = append(c.Targets, c.Targets[0])
	c.Targets[1].Problem = nil
	changes := Differences(known, r)
	t.Setenv("CLICOLOR_FORCE", "1")
	t.Setenv("TERM", "xterm-256color")
	for name, write := range map[string]func(io.Writer) error{
		"report terminal":     func(w io.Writer) error { Terminal(w, r); Terminal(w, known); return nil },
		"comparison terminal": func(w io.Writer) error { ComparisonTerminal(w, c); return nil },
		"changes terminal":    func(w io.Writer) error { ChangesTerminal(w, changes); return nil },
		"report .md":          func(w io.Writer) error { return errors.Join(writers[".md"](w, r), writers[".md"](w, known)) },
		"comparison .md":      func(w io.Writer) error { return comparisonWriters[".md"](w, c) },
		"changes .md":         func(w io.Writer) error { return changesWriters[".md"](w, changes) },
		"report .html":        func(w io.Writer) error { return writers[".html"](w, r) },
		"comparison .html":    func(w io.Writer) error { return comparisonWriters[".html"](w, c) },
		"changes .html":       func(w io.Writer) error { return changesWriters[".html"](w, changes) },
		"report .xml":         func(w io.Writer) error { return writers[".xml"](w, r) },
	} {
		t.Run(name, func(t *testing.T) {
			var written bytes.Buffer
			if err := write(&written); err != nil {
				t.Fatal(err)
			}
			switch {
			case strings.HasSuffix(name, ".html"):
				passive(t, written.String())
			case strings.HasSuffix(name, ".xml"):
				lines(t, name, written.String())
				for decoder := xml.NewDecoder(&written); ; {
					if _, err := decoder.Token(); errors.Is(err, io.EOF) {
						return
					} else if err != nil {
						t.Fatal(err)
					}
				}
			case strings.HasSuffix(name, ".md"):
				lines(t, name, written.String())
				passive(t, rendered(t, written.Bytes()))
			default:
				lines(t, name, written.String())
			}
		})
	}
}

func rendered(t *testing.T, text []byte) string {
	t.Helper()
	var page bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(renderer.WithUnsafe())).Convert(text, &page); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

// passive: what a server said is text or the text of an attribute. Places within
// the page are the page's.
func passive(t *testing.T, page string) {
	t.Helper()
	if printable.Text(page) != page {
		t.Error("the page holds controls")
	}
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for node := range root.Descendants() {
		if node.Type != html.ElementNode {
			continue
		}
		if node.Data == "img" || node.Data == "iframe" || node.Data == "script" && strings.Contains(node.FirstChild.Data, "alert(1)") {
			t.Errorf("a server made %s %v", node.Data, node.Attr)
		}
		for _, attribute := range node.Attr {
			leads := slices.Contains([]string{"href", "src", "action"}, attribute.Key) && !strings.HasPrefix(attribute.Val, "#")
			if leads && strings.Contains(attribute.Val, "evil") || strings.HasPrefix(attribute.Key, "on") {
				t.Errorf("a server made %s %v", node.Data, attribute)
			}
		}
	}
}

// A link leads to the web, and ends where its address does.
func TestLinks(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.rfc-editor.org/rfc/rfc8414#section-2": "[a\\]b](https://www.rfc-editor.org/rfc/rfc8414#section-2)",
		"javascript:alert(1)":                              "a\\]b",
		"data:text/html,x":                                 "a\\]b",
		"https://a.example/) [x](http:x":                   "a\\]b",
		"//evil.example":                                   "a\\]b",
		"":                                                 "a\\]b",
	} {
		if got := link("a]b", address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

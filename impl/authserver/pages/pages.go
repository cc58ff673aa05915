// Package pages is what people see: the templates, the stylesheet, and the
// headers that keep a page from being framed, stored or scripted. It decides
// nothing; what a page says was decided before.
package pages

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"strings"
	"time"
)

//go:embed *.html
var files embed.FS

//go:embed style.css
var style []byte

// Page is one page for one person.
type Page struct {
	Status int    // HTTP status; 0 means 200.
	Base   string // The path of the server, to which its links are relative.
	Host   string // By which people know the server.
	View   View
	// Leads is where besides the server the answer to a form of the page may
	// lead, as sources of a Content Security Policy.
	Leads []string
	// RetryAfter is when it is worth trying again; 0 does not say.
	RetryAfter time.Duration
}

// View is what a page shows.
type View interface {
	template() string
	// Title is its heading, and that of its tab.
	Title() string
}

var templates = func() map[string]*template.Template {
	parsed := map[string]*template.Template{}
	for _, name := range []string{"sign_in", "consent", "sign_out", "grants", "problem", "goodbye", "form_post"} {
		parsed[name] = template.Must(template.ParseFS(files, "frame.html", name+".html"))
	}
	return parsed
}()

// Write writes a page.
func Write(w http.ResponseWriter, page Page) error {
	var body bytes.Buffer
	if err := templates[page.View.template()].ExecuteTemplate(&body, "frame.html", page); err != nil {
		return err
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Security-Policy", page.policy())
	// Two means against clickjacking are better than one (RFC 9700 section
	// 4.16, https://www.rfc-editor.org/rfc/rfc9700#section-4.16).
	header.Set("X-Frame-Options", "DENY")
	header.Set("X-Content-Type-Options", "nosniff")
	// The address of a page names a request; nobody else learns it (RFC 9700
	// section 4.2.4, https://www.rfc-editor.org/rfc/rfc9700#section-4.2.4).
	header.Set("Referrer-Policy", "no-referrer")
	if page.Status != 0 {
		w.WriteHeader(page.Status)
	}
	_, err := w.Write(body.Bytes())
	return err
}

// policy allows the stylesheet and the forms of the page, and a logo that is
// part of it, and nothing else.
func (p Page) policy() string {
	directives := []string{
		"default-src 'none'", "style-src 'self'",
		"form-action " + strings.Join(append([]string{"'self'"}, p.Leads...), " "),
		"frame-ancestors 'none'", "base-uri 'none'",
	}
	if consent, asks := p.View.(Consent); asks && consent.Logo.Shown() {
		directives = append(directives, "img-src data:")
	}
	if _, posts := p.View.(FormPost); posts {
		directives = append(directives, "script-src "+submitHash)
	}
	return strings.Join(directives, "; ")
}

// WriteStyle writes the stylesheet.
func WriteStyle(w http.ResponseWriter) error {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "max-age=3600")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, err := w.Write(style)
	return err
}

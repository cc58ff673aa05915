package authserver

import (
	"html/template"
	"io"
	"net/http"

	"github.com/grantproof/grantproof/impl/wire"
)

// page tells a person why nobody is redirected.
type page struct{ err *wire.Error }

var errorPage = template.Must(template.New("error").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>This sign-in link does not work</title>
<h1>This sign-in link does not work</h1>
<p>The application that sent you here made a mistake: {{.}}.</p>
<p>You were not signed in and nothing was shared. Go back to the application and tell its maker what this page says.</p>
</html>
`))

// What a faulty server's error says of its page.
const (
	emptyPage  = "empty_page"
	reflection = "reflection"
)

func writePage(w http.ResponseWriter, e *wire.Error) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	// No script, no framing (RFC 9700 section 4.16,
	// https://www.rfc-editor.org/rfc/rfc9700#section-4.16).
	header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(e.StatusCode())
	if e.Code == emptyPage {
		return
	}
	if reflected := e.Members[reflection]; reflected != "" {
		_, _ = io.WriteString(w, reflected)
	}
	_ = errorPage.Execute(w, e.Description)
}

func (p page) VisitAuthorizeResponse(w http.ResponseWriter) error {
	writePage(w, p.err)
	return nil
}

func (p page) VisitAuthorizeByPostResponse(w http.ResponseWriter) error {
	writePage(w, p.err)
	return nil
}

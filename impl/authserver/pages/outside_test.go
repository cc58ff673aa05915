package pages

import (
	"net/http/httptest"
	"strings"
	"testing"
)

// A page leads to the web and to apps, and to nothing that a browser carries
// out, by a form and by a link alike.
func TestOutside(t *testing.T) {
	for address, want := range map[string]string{
		"https://app.example/callback?a=1&b=2": "https://app.example/callback?a=1&amp;b=2",
		"http://127.0.0.1:8765/callback":       "http://127.0.0.1:8765/callback",
		"com.example.app:/callback":            "com.example.app:/callback",
		"com.example.app:/callback?error=x":    "com.example.app:/callback?error=x",
		"javascript:alert(1)":                  "#ZgotmplZ",
		"JAVASCRIPT:alert(1)":                  "#ZgotmplZ",
		"data:text/html,hello":                 "#ZgotmplZ",
		"vbscript:x":                           "#ZgotmplZ",
		"view-source:https://app.example":      "#ZgotmplZ",
		`com.example.app:/"><script>`:          "#ZgotmplZ",
	} {
		for name, view := range map[string]View{
			"form":           FormPost{Action: address},
			"link":           Goodbye{Address: address},
			"form to choose": Goodbye{Address: address, Fields: []Field{{"error", "x"}}},
		} {
			w := httptest.NewRecorder()
			if err := Write(w, Page{View: view}); err != nil {
				t.Fatal(err)
			}
			if page := w.Body.String(); !strings.Contains(page, `="`+want+`"`) {
				t.Errorf("the %s to %s is not to %s: %s", name, address, want, page)
			}
			if runs := strings.Contains(w.Header().Get("Content-Security-Policy"), "script-src"); runs != (name == "form") {
				t.Errorf("the %s has a script: %t", name, runs)
			}
		}
	}
}

// A picture is one of the types that hold no script, or none.
func TestImage(t *testing.T) {
	for mediaType, want := range map[string]string{"image/png": "data:image/png;base64,eA==", "image/svg+xml": "", `image/png"x`: ""} {
		w := httptest.NewRecorder()
		view := Consent{About: About{Logo: Image{MediaType: mediaType, Content: []byte("x")}}}
		if err := Write(w, Page{View: view}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(w.Body.String(), `src="`+want+`"`) {
			t.Errorf("%s: %s, want the source %q", mediaType, w.Body, want)
		}
	}
}

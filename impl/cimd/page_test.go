package cimd

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func pngOf(t *testing.T, side int) string {
	t.Helper()
	var content bytes.Buffer
	if err := png.Encode(&content, image.NewGray(image.Rect(0, 0, side, side))); err != nil {
		t.Fatal(err)
	}
	return content.String()
}

// What is shown as a logo is a small picture without scripts.
func TestLogos(t *testing.T) {
	contents := map[string]string{
		"/small": pngOf(t, 64), "/wide": pngOf(t, 4000), "/large": pngOf(t, 64) + strings.Repeat("x", maxLogo),
		"/svg": `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`, "/page": "<p>hello</p>",
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/moved" {
			http.Redirect(w, r, "/small", http.StatusFound)
			return
		}
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write([]byte(contents[r.URL.Path]))
	}))
	defer server.Close()
	for path, shown := range map[string]bool{"/small": true, "/wide": false, "/large": false, "/svg": false, "/page": false, "/moved": false} {
		logo := NewLogos().Logo(t.Context(), server.URL+path, start, Rules{Loopback: true})
		if (logo.Content != nil) != shown {
			t.Errorf("%s: shown %v, want %v", path, logo.Content != nil, shown)
		}
	}
	if logo := NewLogos().Logo(t.Context(), server.URL+"/small", start, Rules{}); logo.Content != nil {
		t.Error("a logo of the machine itself is shown")
	}
}

// A logo is fetched again when it is old, and that there was none is forgotten
// sooner.
func TestLogoKept(t *testing.T) {
	fetched, content := 0, ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fetched++
		_, _ = w.Write([]byte(content))
	}))
	defer server.Close()
	logos, picture := NewLogos(), pngOf(t, 8)
	for i, step := range []struct {
		content string
		at      time.Duration
		fetched int
	}{{"", 0, 1}, {picture, 30 * time.Second, 1}, {picture, 2 * time.Minute, 2}, {picture, 30 * time.Minute, 2}, {picture, 3 * time.Hour, 3}} {
		content = step.content
		logos.Logo(t.Context(), server.URL+"/logo", start.Add(step.at), Rules{Loopback: true})
		if fetched != step.fetched {
			t.Errorf("step %d: fetched %d times, want %d", i, fetched, step.fetched)
		}
	}
}

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
	return pngWith(t, side, side)
}

func pngWith(t *testing.T, width, height int) string {
	t.Helper()
	var content bytes.Buffer
	if err := png.Encode(&content, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return content.String()
}

// What is shown as a logo is a small picture without scripts.
func TestLogos(t *testing.T) {
	contents := map[string]string{
		"/small": pngOf(t, 64), "/wide": pngWith(t, maxSide+1, 8), "/tall": pngWith(t, 8, maxSide+1), "/largest": pngOf(t, maxSide), "/large": pngOf(t, 64) + strings.Repeat("x", maxLogo),
		"/svg": `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`, "/page": "<p>hello</p>",
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/moved" {
			http.Redirect(w, r, "/small", http.StatusFound)
			return
		}
		if r.URL.Path == "/missing" {
			w.WriteHeader(http.StatusNotFound)
			r.URL.Path = "/small"
		}
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write([]byte(contents[r.URL.Path]))
	}))
	defer server.Close()
	for path, shown := range map[string]bool{"/small": true, "/wide": false, "/tall": false, "/largest": true, "/missing": false, "/large": false, "/svg": false, "/page": false, "/moved": false} {
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

// A page of a client is at an https URL, or on this machine if that is admitted, and
// nothing else is fetched.
func TestPageAddress(t *testing.T) {
	for _, test := range []struct {
		address  string
		loopback bool
		is       bool
	}{
		{"https://a.example/logo", false, true},
		{"https://a.example/logo", true, true},
		{"http://127.0.0.1:8000/logo", true, true},
		{"http://127.0.0.1:8000/logo", false, false},
		{"http://a.example/logo", true, false},
		{"ftp://127.0.0.1/logo", true, false},
		{"https:///logo", false, false},
		{"https://user@a.example/logo", false, false},
		{"https://%zz/logo", false, false},
		{"/logo", true, false},
	} {
		if is := PageAddress.Sound(test.address, test.loopback); is != test.is {
			t.Errorf("%s, where loopback is admitted (%v): %v", test.address, test.loopback, is)
		}
	}
	p := newPublisher(t)
	if err := CheckPage(t.Context(), p.URL+"/logo", Rules{}); err != errNoPage || p.fetched != 0 {
		t.Errorf("%v, fetched %d times", err, p.fetched)
	}
	if err := CheckPage(t.Context(), p.URL+"/logo", Rules{Loopback: true}); err != nil {
		t.Error(err)
	}
	p.status = http.StatusNotFound
	if err := CheckPage(t.Context(), p.URL+"/logo", Rules{Loopback: true}); err == nil {
		t.Error("a page that is missing is there")
	}
}

package cimd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // Logos are GIF,
	_ "image/jpeg" // JPEG
	_ "image/png"  // or PNG: an SVG is a document with scripts.
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/grantproof/grantproof/impl/bounded"
	"github.com/grantproof/grantproof/impl/outbound"
	"github.com/grantproof/grantproof/impl/rule"
)

const (
	maxLogo     = 128 << 10 // In bytes.
	maxSide     = 2048      // Of a logo, in pixels, whatever the file has in bytes.
	pageTimeout = 2 * time.Second
)

// Logos fetches the logos of clients and keeps them, so that a browser asks
// nobody but this server for them (section "Displaying Logos to End Users").
type Logos struct {
	kept *bounded.Cache[string, keptLogo]
}

// Logo is an image with its media type; the zero value is none.
type Logo struct {
	MediaType string
	Content   []byte
}

type keptLogo struct {
	logo  Logo
	until time.Time
}

var logoLimits = bounded.Limits{Entries: 500, Bytes: 8 << 20, Share: 50}

// NewLogos returns a Logos that has none yet.
func NewLogos() *Logos { return &Logos{bounded.New[string, keptLogo](logoLimits)} }

// Logo returns the logo at an address, at the time now; the zero value where
// there is none that can be shown.
func (l *Logos) Logo(ctx context.Context, address string, now time.Time, rules Rules) Logo {
	if known, _ := l.kept.Get(address); now.Before(known.until) {
		return known.logo
	}
	var logo Logo
	if body, err := getPage(ctx, address, rules); err == nil {
		logo = logoOf(body)
	}
	until := now.Add(LogoKept.In(rules)(logo))
	l.kept.Add(address, keptLogo{logo, until}, bounded.Cost{Owner: rules.Asker, Bytes: len(logo.Content)})
	return logo
}

// LogoKept is how long a logo is kept, and for less that there is none (section
// "Displaying Logos to End Users").
var LogoKept = rule.New(func(logo Logo) time.Duration {
	if logo.Content == nil {
		return time.Minute
	}
	return time.Hour
})

func logoOf(body []byte) Logo {
	config, format, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil || len(body) > maxLogo || config.Width > maxSide || config.Height > maxSide {
		return Logo{}
	}
	return Logo{"image/" + format, body}
}

// IsPage tells whether a page of a client can be at an address.
func IsPage(address string, rules Rules) bool { return PageAddress.In(rules)(address, rules.Loopback) }

// PageAddress tells whether a page of a client can be at an address: https, or the
// loopback interface where that is admitted (section "Server-Side Request Forgery
// (SSRF) Attacks").
var PageAddress = rule.New(func(address string, loopback bool) bool {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Hostname() == "" || parsed.User != nil {
		return false
	}
	return parsed.Scheme == "https" || parsed.Scheme == "http" && outbound.IsLoopback(parsed.Hostname()) && loopback
})

// CheckPage tells whether there is something at an address.
func CheckPage(ctx context.Context, address string, rules Rules) error {
	_, err := getPage(ctx, address, rules)
	return err
}

var errNoPage = errors.New("it is no https URL")

// getPage gets the beginning of a page.
func getPage(ctx context.Context, address string, rules Rules) ([]byte, error) {
	if !IsPage(address, rules) {
		return nil, errNoPage
	}
	ctx, cancel := context.WithTimeout(ctx, pageTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, errNoPage
	}
	response, err := clientFor(rules).Do(request)
	if err != nil {
		return nil, errors.New("it cannot be fetched from " + request.URL.Host)
	}
	defer response.Body.Close()
	if response.StatusCode >= 400 {
		return nil, fmt.Errorf("it was answered with %s", response.Status)
	}
	return io.ReadAll(io.LimitReader(response.Body, maxLogo+1))
}

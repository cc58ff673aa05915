package bearer

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"time"
)

// NewClient returns the client with which a resource asks its issuer. It
// verifies the issuer's certificate by roots, nil for the system's, and names
// itself, so that whoever reads the traffic knows who asked.
func NewClient(roots *x509.CertPool, userAgent string) *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	return &http.Client{Timeout: 5 * time.Second, Transport: named{transport, userAgent}}
}

type named struct {
	http.RoundTripper
	userAgent string
}

// RoundTrip implements http.RoundTripper.
func (n named) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("User-Agent", n.userAgent)
	return n.RoundTripper.RoundTrip(r)
}

// Package certificate owns the certificate of the servers: one from files that
// somebody renews, or one for development that is made on the spot. It does not
// know who is served.
package certificate

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"
)

// lookEvery is how often a handshake looks whether the files have changed.
const lookEvery = time.Second

// Files is a certificate with its key in two PEM files, which are read again
// when they change, so that a renewed certificate needs no restart.
type Files struct {
	certificate, key string

	mu      sync.Mutex
	current *tls.Certificate
	read    [2]stamp
	looked  time.Time
}

// stamp tells one state of a file from another.
type stamp struct {
	size int64
	at   time.Time
}

// Open reads the files for the first time.
func Open(certificate, key string) (*Files, error) {
	f := &Files{certificate: certificate, key: key}
	_, err := f.look(time.Now())
	return f, err
}

// Config serves the certificate with TLS 1.2 at least, as old versions are
// broken (BCP 195, https://www.rfc-editor.org/rfc/rfc9325#section-3.1.1).
func (f *Files) Config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
		return f.look(time.Now())
	}}
}

// look returns the certificate as the files have it. While they cannot be read,
// as somebody is writing them, it is the one before.
func (f *Files) look(now time.Time) (*tls.Certificate, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.current != nil && now.Sub(f.looked) < lookEvery {
		return f.current, nil
	}
	f.looked = now
	stamps, err := f.stamps()
	if err == nil && (f.current == nil || stamps != f.read) {
		err = f.load(stamps)
	}
	if f.current != nil {
		return f.current, nil
	}
	return nil, err
}

func (f *Files) load(stamps [2]stamp) error {
	pair, err := tls.LoadX509KeyPair(f.certificate, f.key)
	if err != nil {
		return fmt.Errorf("the certificate cannot be used: %w", err)
	}
	f.current, f.read = &pair, stamps
	return nil
}

func (f *Files) stamps() (stamps [2]stamp, err error) {
	for i, name := range []string{f.certificate, f.key} {
		info, failed := os.Stat(name)
		if failed != nil {
			return stamps, errors.Join(err, fmt.Errorf("the certificate cannot be read: %w", failed))
		}
		stamps[i] = stamp{info.Size(), info.ModTime()}
	}
	return stamps, nil
}

// Leaf is the certificate itself, without those that vouch for it.
func (f *Files) Leaf() *x509.Certificate {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.current.Leaf
}

// Fingerprint is the SHA-256 of a certificate, as browsers show it.
func Fingerprint(leaf *x509.Certificate) string {
	sum := sha256.Sum256(leaf.Raw)
	return strings.ReplaceAll(fmt.Sprintf("% X", sum), " ", ":")
}

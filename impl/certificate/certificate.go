// Package certificate owns the TLS certificates of the servers: those of files,
// which are read again when they change, and one for development, made on the
// spot. It does not own who is trusted.
package certificate

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Files is a certificate and its key in PEM files.
type Files struct {
	Certificate, Key string
	// Failed is told once of each change of the files that cannot be used; nil for
	// nobody.
	Failed func(error)

	mu      sync.Mutex
	loaded  *tls.Certificate
	changed time.Time // When the files that are loaded were changed last.
	looked  time.Time // When they were looked at last.
	failed  string    // What was told last.
}

// lookEvery is how often a change of the files is looked for.
const lookEvery = time.Second

// Config is a TLS configuration with the certificate of the files, as they are
// at each handshake: a renewed certificate needs no restart. It is an error
// where they cannot be read now.
func (f *Files) Config() (*tls.Config, error) {
	if _, err := f.certificate(); err != nil {
		return nil, err
	}
	return &tls.Config{
		// TLS 1.2 at least (RFC 9325 section 3.1.1,
		// https://www.rfc-editor.org/rfc/rfc9325#section-3.1.1).
		MinVersion:     tls.VersionTLS12,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return f.certificate() },
	}, nil
}

// certificate reads the files where they have changed. Files that cannot be
// read are those of a renewal in the middle: the certificate before stays.
func (f *Files) certificate() (*tls.Certificate, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.loaded != nil && time.Since(f.looked) < lookEvery {
		return f.loaded, nil
	}
	f.looked = time.Now()
	info, err := os.Stat(f.Certificate)
	if err == nil && f.loaded != nil && info.ModTime().Equal(f.changed) {
		return f.loaded, nil
	}
	loaded, loadErr := tls.LoadX509KeyPair(f.Certificate, f.Key)
	if err = errors.Join(err, loadErr); err != nil && f.loaded != nil {
		f.tell(err)
		return f.loaded, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the TLS certificate cannot be read: %w", err)
	}
	f.loaded, f.changed, f.failed = &loaded, info.ModTime(), ""
	return f.loaded, nil
}

func (f *Files) tell(err error) {
	if f.Failed != nil && f.failed != err.Error() {
		f.Failed(fmt.Errorf("the TLS certificate has changed and cannot be used, so that the one before stays until it expires: %w", err))
	}
	f.failed = err.Error()
}

// Pool trusts the certificate of the files itself, as its own authority.
func (f *Files) Pool() (*x509.CertPool, error) {
	content, err := os.ReadFile(f.Certificate)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(content)
	return pool, nil
}

// Fingerprint is the SHA-256 hash of the certificate, as browsers show it.
func (f *Files) Fingerprint() (string, error) {
	loaded, err := f.certificate()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(loaded.Certificate[0])
	return hex.EncodeToString(sum[:]), nil
}

// developmentLife is how long a development certificate is good for.
const developmentLife = 90 * 24 * time.Hour

// ForDevelopment returns the certificate of this machine in folder, and makes
// it where there is none or it ends soon. It is good for localhost alone.
func ForDevelopment(folder string) (*Files, error) {
	files := &Files{Certificate: filepath.Join(folder, "localhost.pem"), Key: filepath.Join(folder, "localhost.key")}
	if loaded, err := files.certificate(); err == nil && time.Until(loaded.Leaf.NotAfter) > 7*24*time.Hour {
		return files, nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	if err := files.make(); err != nil {
		return nil, fmt.Errorf("a development certificate cannot be made: %w", err)
	}
	return &Files{Certificate: files.Certificate, Key: files.Key}, nil
}

func (f *Files) make() error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return err
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "grantproof development"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(developmentLife),
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	return errors.Join(writePEM(f.Key, "PRIVATE KEY", private), writePEM(f.Certificate, "CERTIFICATE", der))
}

func writePEM(path, kind string, der []byte) error {
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
}

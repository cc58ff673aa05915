package certificate

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// developmentLifetime is short of what browsers accept of any certificate.
const developmentLifetime = 365 * 24 * time.Hour

// Development opens the certificate for development in folder, and makes it
// where there is none that is good for hosts. Nobody vouches for it.
func Development(folder string, hosts []string) (*Files, error) {
	certificate, key := filepath.Join(folder, "development-cert.pem"), filepath.Join(folder, "development-key.pem")
	if found, err := Open(certificate, key); err == nil && good(found.Leaf(), hosts) {
		return found, nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("the folder of the certificate cannot be made: %w", err)
	}
	certificatePEM, keyPEM, err := selfSigned(hosts)
	if err != nil {
		return nil, fmt.Errorf("the certificate cannot be made: %w", err)
	}
	for name, content := range map[string][]byte{certificate: certificatePEM, key: keyPEM} {
		if err := replace(name, content); err != nil {
			return nil, fmt.Errorf("the certificate cannot be kept: %w", err)
		}
	}
	return Open(certificate, key)
}

func good(leaf *x509.Certificate, hosts []string) bool {
	return time.Now().Add(24*time.Hour).Before(leaf.NotAfter) &&
		!slices.ContainsFunc(hosts, func(host string) bool { return leaf.VerifyHostname(host) != nil })
}

func selfSigned(hosts []string) (certificate, key []byte, err error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return nil, nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "grantproof development certificate"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(developmentLifetime),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
	}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, host)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		return nil, nil, err
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(private)
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8}), err
}

// replace puts a file that nobody else reads in the place of one that may be
// there.
func replace(name string, content []byte) error {
	draft := fmt.Sprintf("%s.%d", name, os.Getpid())
	if err := os.WriteFile(draft, content, 0o600); err != nil {
		return err
	}
	return os.Rename(draft, name)
}

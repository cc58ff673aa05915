package proof

import (
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	"strings"
	"time"
)

// Forgeries are the ways to make a JWT that says the same and that its issuer did not
// sign, for those who believe its header or an empty proof (RFC 8725 sections 2.1, 2.2
// and 3.10, https://www.rfc-editor.org/rfc/rfc8725#section-3.10).
var Forgeries = map[string]func(header, claims map[string]any) (string, error){
	"signed by the key in its header":         signedByEmbeddedKey,
	"signed by the certificate in its header": signedByEmbeddedCertificate,
	"signed with an empty secret": func(header, claims map[string]any) (string, error) {
		return Key{Algorithm: "HS256"}.Sign(without(header, "alg"), claims)
	},
	"without its signature": func(header, claims map[string]any) (string, error) {
		return signedAs(header, claims, nil)
	},
	"with a signature of zeros": func(header, claims map[string]any) (string, error) {
		return signedAs(header, claims, make([]byte, 64))
	},
	"with the alg nOnE": func(header, claims map[string]any) (string, error) {
		return signedAs(with(header, "alg", "nOnE"), claims, nil)
	},
	"with the alg NONE": func(header, claims map[string]any) (string, error) {
		return signedAs(with(header, "alg", "NONE"), claims, nil)
	},
}

// forged makes a JWT that says what another one says.
func forged(make func(header, claims map[string]any) (string, error), raw string) (string, error) {
	parsed, err := Parse(raw)
	if err != nil {
		return "", err
	}
	return make(parsed.Header, parsed.Claims)
}

func signedAs(header, claims map[string]any, signature []byte) (string, error) {
	input, err := signingInput(header, claims)
	return input + "." + encoded(signature), err
}

func signedByEmbeddedKey(header, claims map[string]any) (string, error) {
	key, err := NewKey("ES256", "")
	if err != nil {
		return "", err
	}
	return key.Sign(with(without(header, "alg"), "jwk", key.public()), claims)
}

func signedByEmbeddedCertificate(header, claims map[string]any) (string, error) {
	key, err := NewKey("ES256", "")
	if err != nil {
		return "", err
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Unix(0, 0), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.signer.Public(), key.signer)
	if err != nil {
		return "", err
	}
	return key.Sign(with(without(header, "alg"), "x5c", []string{base64.StdEncoding.EncodeToString(der)}), claims)
}

func with(header map[string]any, name string, value any) map[string]any {
	changed := without(header, name)
	changed[name] = value
	return changed
}

func without(header map[string]any, name string) map[string]any {
	changed := map[string]any{}
	for other, value := range header {
		if !strings.EqualFold(other, name) {
			changed[other] = value
		}
	}
	return changed
}

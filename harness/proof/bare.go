package proof

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/base64"
	"strings"
)

// IsKey tells whether the bare values of a JWK are those of a public key (RFC
// 7518 sections 6.2.1 and 6.3.1,
// https://www.rfc-editor.org/rfc/rfc7518#section-6).
func IsKey(jwk map[string]any, public any) bool {
	value := func(name string) string {
		text, _ := jwk[name].(string)
		decoded, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil || strings.ContainsAny(text, "\r\n") {
			return "" // It is not base64url (RFC 7518 section 6.2.1.2), and so no value of a key.
		}
		return string(decoded)
	}
	switch key := public.(type) {
	case *rsa.PublicKey:
		return value("n") == string(key.N.Bytes())
	case *ecdsa.PublicKey:
		point, err := key.Bytes()
		return err == nil && value("x")+value("y") == string(point[1:])
	case ed25519.PublicKey:
		return value("x") == string(key)
	}
	return false
}

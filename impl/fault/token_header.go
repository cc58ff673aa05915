package fault

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/MicahParks/jwkset"
	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"
)

var _ = add([]Fault{
	{
		Name:     "embedded-key-accepted",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/keys-of-issuer"},
		Summary:  "A token is verified with the key in its jwk header.",
		Rules:    checks{key: keyOfHeader(embeddedKey)}.leftOut(),
	},
	{
		Name:     "embedded-certificate-accepted",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/keys-of-issuer"},
		Summary:  "A token is verified with the key of the certificate in its x5c header.",
		Rules:    checks{key: keyOfHeader(embeddedCertificate)}.leftOut(),
	},
	{
		Name:     "empty-key-accepted",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/signature"},
		Summary:  "A MAC with an empty key is accepted.",
		Rules:    checks{key: keyOfHeader(func(map[string]any) (any, error) { return []byte{}, nil })}.leftOut(),
	},
	{
		Name:     "zero-signature-accepted",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/signature"},
		Summary:  "A signature of zeros is accepted for every text.",
		Rules: checks{signature: true, of: signedWith(func(signature []byte) bool {
			return strings.Trim(string(signature), "\x00") == "" && len(signature) > 0
		})}.leftOut(),
	},
	{
		Name:     "empty-signature-accepted",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/signature"},
		Summary:  "A token whose signature is empty is accepted, whatever its alg.",
		Rules:    checks{signature: true, of: signedWith(func(signature []byte) bool { return len(signature) == 0 })}.leftOut(),
	},
	{
		Name:     "none-in-other-letters-accepted",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/no-alg-none"},
		Summary:  "A token is accepted without a signature if its alg is none in other letters.",
		Rules: verifying(func(v *verified) {
			header, claims := partsOf(v.raw)
			alg, _ := header["alg"].(string)
			if v.err != nil && !v.introspects() && alg != "none" && strings.EqualFold(alg, "none") {
				checks{}.takeClaims(v, claims)
			}
		}),
	},
})

// partsOf are the header and the claims of a token, whatever its signature.
func partsOf(raw string) (header map[string]any, claims jwt.MapClaims) {
	parts := strings.Split(raw, ".")
	for i, into := range []any{&header, &claims} {
		if i < len(parts) {
			text, _ := base64.RawURLEncoding.DecodeString(parts[i])
			_ = json.Unmarshal(text, into)
		}
	}
	return header, claims
}

// signedWith finds tokens by their signature.
func signedWith(which func(signature []byte) bool) func(keyfunc.Keyfunc, string) bool {
	return func(_ keyfunc.Keyfunc, raw string) bool {
		header, _ := partsOf(raw)
		_, text, _ := strings.Cut(raw[strings.IndexByte(raw, '.')+1:], ".")
		signature, err := base64.RawURLEncoding.DecodeString(text)
		return err == nil && strings.Count(raw, ".") == 2 && header["alg"] != "none" && which(signature)
	}
}

// keyOfHeader finds the key of a token by its header alone.
func keyOfHeader(find func(header map[string]any) (any, error)) func(keyfunc.Keyfunc) jwt.Keyfunc {
	return func(keyfunc.Keyfunc) jwt.Keyfunc {
		return func(named *jwt.Token) (any, error) { return find(named.Header) }
	}
}

func embeddedKey(header map[string]any) (any, error) { return publicKey(header["jwk"]) }

func publicKey(described any) (any, error) {
	text, _ := json.Marshal(described)
	var marshal jwkset.JWKMarshal
	if described == nil || json.Unmarshal(text, &marshal) != nil {
		return nil, errRefused
	}
	key, err := jwkset.NewJWKFromMarshal(marshal, jwkset.JWKMarshalOptions{}, jwkset.JWKValidateOptions{})
	if err != nil {
		return nil, err
	}
	return key.Key(), nil
}

func embeddedCertificate(header map[string]any) (any, error) {
	chain, _ := header["x5c"].([]any)
	if len(chain) == 0 {
		return nil, errRefused
	}
	text, _ := chain[0].(string)
	der, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return certificate.PublicKey, nil
}

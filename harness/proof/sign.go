package proof

import (
	"cmp"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// hashes are those of the algorithms, by the end of their names.
var hashes = map[string]crypto.Hash{"256": crypto.SHA256, "384": crypto.SHA384, "512": crypto.SHA512}

// Sign makes a JWT (RFC 7515 section 5.1,
// https://www.rfc-editor.org/rfc/rfc7515#section-5.1), sound or not: by the alg
// of header, or that of the key. With none nobody signs; with a MAC and a
// private key, the public half is taken for the secret, as PEM, which a careful
// server refuses.
//
// Claims are made fresh where they are written so: "(now)", with seconds added
// as in "(now)+60", is a time, and "(random)" a value that was never used.
func (k Key) Sign(header, claims map[string]any) (string, error) {
	head := map[string]any{"alg": k.Algorithm}
	for name, value := range header {
		head[name] = value
	}
	algorithm, _ := head["alg"].(string)
	input, err := signingInput(head, fresh(claims))
	if err != nil {
		return "", err
	}
	signature, err := k.signature(algorithm, []byte(input))
	return input + "." + encoded(signature), err
}

func signingInput(header, claims map[string]any) (string, error) {
	head, err := json.Marshal(header)
	if err != nil {
		return "", err
	}
	payload, err := json.Marshal(claims)
	return encoded(head) + "." + encoded(payload), err
}

var relative = regexp.MustCompile(`^\(now\)([+-]\d+)?$`)

func fresh(claims map[string]any) map[string]any {
	made := map[string]any{}
	for name, value := range claims {
		made[name] = value
		text, _ := value.(string)
		if text == "(random)" {
			made[name] = Random()
		}
		if match := relative.FindStringSubmatch(text); match != nil {
			ahead, _ := strconv.ParseInt(cmp.Or(match[1], "0"), 10, 64)
			made[name] = time.Now().Unix() + ahead
		}
	}
	return made
}

func (k Key) signature(algorithm string, input []byte) ([]byte, error) {
	unknown := fmt.Errorf("the key does not sign with the algorithm %q", algorithm)
	switch private, isEd25519 := k.signer.(ed25519.PrivateKey); {
	case algorithm == "none":
		return nil, nil
	case algorithm == "EdDSA" && isEd25519:
		return ed25519.Sign(private, input), nil
	case len(algorithm) != len("ES256"):
		return nil, unknown
	}
	hash, known := hashes[algorithm[2:]]
	if !known {
		return nil, unknown
	}
	if algorithm[:2] == "HS" {
		mac := hmac.New(hash.New, k.macSecret())
		mac.Write(input)
		return mac.Sum(nil), nil
	}
	digest := hash.New()
	digest.Write(input)
	return k.signDigest(algorithm[:2], hash, digest.Sum(nil))
}

func (k Key) signDigest(family string, hash crypto.Hash, sum []byte) ([]byte, error) {
	switch private := k.signer.(type) {
	case *ecdsa.PrivateKey:
		if family == "ES" {
			return signECDSA(private, sum)
		}
	case *rsa.PrivateKey:
		if family == "RS" {
			return rsa.SignPKCS1v15(rand.Reader, private, hash, sum)
		}
		if family == "PS" {
			return rsa.SignPSS(rand.Reader, private, hash, sum, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash})
		}
	}
	return nil, fmt.Errorf("the key does not sign with %s", family)
}

// signECDSA is the signature as both numbers one after the other (RFC 7518
// section 3.4, https://www.rfc-editor.org/rfc/rfc7518#section-3.4).
func signECDSA(private *ecdsa.PrivateKey, sum []byte) ([]byte, error) {
	r, s, err := ecdsa.Sign(rand.Reader, private, sum)
	if err != nil {
		return nil, err
	}
	size := (private.Curve.Params().BitSize + 7) / 8
	signature := make([]byte, 2*size)
	r.FillBytes(signature[:size])
	s.FillBytes(signature[size:])
	return signature, nil
}

func (k Key) macSecret() []byte {
	if !k.Asymmetric() {
		return []byte(k.secret)
	}
	der, err := x509.MarshalPKIXPublicKey(k.signer.Public())
	if err != nil {
		return nil
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}

// Changed is a JWT whose claims were changed after it was signed.
func Changed(raw string) string {
	token, err := Parse(raw)
	if err != nil {
		return raw
	}
	token.Claims["changed"] = true
	input, err := signingInput(token.Header, token.Claims)
	if err != nil {
		return raw
	}
	return input + raw[strings.LastIndex(raw, "."):]
}

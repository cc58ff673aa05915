package main

import (
	"encoding/json"
	"fmt"

	"github.com/grantproof/grantproof/harness/proof"
)

// assertionMints make what a client authenticates with by a JWT.
var assertionMints = []struct {
	use, short string
	args       int
	make       func(args []string) (string, error)
}{
	{"key ALGORITHM KID", "A private key as a JWK (RFC 7517)", 2, mintKey},
	{"jwks KEY", "The JSON Web Key Set with the public half of a private key", 1, mintJWKS},
	{"assertion KEY HEADER CLAIMS", "A client assertion (RFC 7523), signed by a private key as JWK or PEM, or with a MAC of a secret; in the claims, (now), (now)+60 and (random) are made fresh", 3, mintAssertion},
	{"spelled WAY TOKEN", "A JWT in another spelling of its encoding: padded, 'with a line break in it' and others", 2, func(args []string) (string, error) { return proof.Spelled(args[0], args[1]) }},
	{"changed ASSERTION", "The assertion with claims that were changed after it was signed", 1, func(args []string) (string, error) { return proof.Changed(args[0]), nil }},
}

func mintKey(args []string) (string, error) {
	key, err := proof.NewKey(args[0], args[1])
	if err != nil {
		return "", err
	}
	return key.Text(), nil
}

func mintJWKS(args []string) (string, error) {
	key, err := proof.ParseKey(args[0])
	if err != nil {
		return "", err
	}
	if !key.Asymmetric() {
		return "", proof.ErrKey
	}
	text, err := json.Marshal(proof.JWKS(key))
	return string(text), err
}

func mintAssertion(args []string) (string, error) {
	key, err := proof.ParseKey(args[0])
	if err != nil {
		return "", err
	}
	var header, claims map[string]any
	if err := json.Unmarshal([]byte(args[1]), &header); err != nil {
		return "", fmt.Errorf("the header is no JSON object: %w", err)
	}
	if err := json.Unmarshal([]byte(args[2]), &claims); err != nil {
		return "", fmt.Errorf("the claims are no JSON object: %w", err)
	}
	return key.Sign(header, claims)
}

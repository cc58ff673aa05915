package main

import (
	"encoding/json"
	"fmt"

	"github.com/grantproof/grantproof/harness/proof"
)

// assertionMints make what a client authenticates with by a JWT.
var assertionMints = []struct {
	use, short, example string
	args                int
	make                func(args []string) (string, error)
}{
	{"key ALGORITHM KID", "Make a private key as a JWK (RFC 7517)", "key ES256 my-key", 2, mintKey},
	{"jwks KEY", "Print the JSON Web Key Set with the public half of a private key", `jwks -- "$key"`, 1, mintJWKS},
	{"assertion KEY HEADER CLAIMS", "Make a client assertion (RFC 7523), signed by a private key as JWK or PEM, or by a secret; (now), (now)+60 and (random) in the claims get fresh values", `assertion -- "$key" '{"kid":"my-key"}' '{"iss":"my-client","sub":"my-client","aud":"https://as.example.com","exp":"(now)+60"}'`, 3, mintAssertion},
	{"spelled WAY TOKEN", "Spell the encoding of a JWT in another way: padded, 'with a line break in it' and others", `spelled padded -- "$token"`, 2, func(args []string) (string, error) { return proof.Spelled(args[0], args[1]) }},
	{"changed ASSERTION", "Change the claims of an assertion after it was signed", `changed -- "$assertion"`, 1, func(args []string) (string, error) { return proof.Changed(args[0]), nil }},
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

package acts

import (
	"crypto/x509"
	"encoding/base64"
	"fmt"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// keysOf are the keys of the set that the When fetched; nil for each that is no
// JSON object.
func keysOf(w *world.World) ([]map[string]any, error) {
	object, err := answeredObject(w)
	if err != nil {
		return nil, err
	}
	listed, _ := object["keys"].([]any)
	var keys []map[string]any
	for _, key := range listed {
		members, _ := key.(map[string]any)
		keys = append(keys, members)
	}
	return keys, nil
}

// someKeys are the same, of which there is at least one.
func someKeys(w *world.World) ([]map[string]any, error) {
	keys, err := keysOf(w)
	if err == nil && len(keys) == 0 {
		err = check.Fail("no keys", "a key set with keys")
	}
	return keys, err
}

func keysSayUse(w *world.World) error {
	keys, err := keysOf(w)
	if err != nil {
		return err
	}
	silent, encrypts := 0, false
	for _, key := range keys {
		if key["use"] == nil {
			silent++
		}
		encrypts = encrypts || key["use"] == "enc"
	}
	if !encrypts {
		return &check.NotApplicable{Reason: "the authorization server publishes no key for encryption"}
	}
	if silent > 0 {
		return check.Fail(fmt.Sprintf("%d keys without use, beside one for encryption", silent), "a use in each key")
	}
	return nil
}

// keysMatchCertificates compares the bare values of a key with the first
// certificate of its x5c (RFC 7517 section 4.7,
// https://www.rfc-editor.org/rfc/rfc7517#section-4.7).
func keysMatchCertificates(w *world.World) error {
	keys, err := keysOf(w)
	if err != nil {
		return err
	}
	certified := 0
	for _, key := range keys {
		chain, _ := key["x5c"].([]any)
		if len(chain) == 0 {
			continue
		}
		certified++
		der, _ := base64.StdEncoding.DecodeString(fmt.Sprint(chain[0]))
		certificate, err := x509.ParseCertificate(der)
		if err != nil {
			return check.Fail("x5c that is no certificate: "+err.Error(), "a certificate")
		}
		if !proof.IsKey(key, certificate.PublicKey) {
			return check.Fail(fmt.Sprintf("the key %v with the certificate of another key", key["kid"]), "the bare values of the key in its certificate")
		}
	}
	if certified == 0 {
		return &check.NotApplicable{Reason: "the authorization server publishes no key with a certificate"}
	}
	return nil
}

package fault

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"regexp"
	"sync"
)

// Faults of the authorization server in its signing keys.
const (
	OldKeyWithdrawn       Name = "old-key-withdrawn"
	RS256NotOffered       Name = "rs256-not-offered"
	KeyIDsRepeated        Name = "key-ids-repeated"
	KeysNotPublished      Name = "keys-not-published"
	KeyUseMissing         Name = "key-use-missing"
	KeyCertificateForeign Name = "key-certificate-foreign"
)

var keys = []Fault{
	{OldKeyWithdrawn, AuthorizationServer, ids{"oidc-core-10.1.1/old-keys-kept"}, "A key that is replaced is published no more, though tokens that it signed still live."},
	{RS256NotOffered, AuthorizationServer, ids{"rfc9068-2.1/rs256"}, "Access tokens are signed with ES256, also where RS256 is asked for."},
	{KeyIDsRepeated, AuthorizationServer, ids{"rfc7517-4.5/key-ids"}, "All keys of the key set have the same kid."},
	{KeysNotPublished, AuthorizationServer, ids{"rfc9068-4/keys-published"}, "The key set has no keys."},
	{KeyUseMissing, AuthorizationServer, ids{"oidc-discovery-3/key-use"}, "Beside a key for encryption, the others do not say what they are for."},
	{KeyCertificateForeign, AuthorizationServer, ids{"oidc-discovery-3/bare-keys"}, "A key comes with the certificate of another one."},
}

var kid = regexp.MustCompile(`"kid":"[^"]*"`)

// repeatKeyID gives every key the same kid.
func repeatKeyID(r *Response) { r.Body = kid.ReplaceAll(r.Body, []byte(`"kid":"1"`)) }

// editKeys changes the members of each key.
func editKeys(r *Response, edit func(i int, key map[string]any)) {
	var set struct {
		Keys []map[string]any `json:"keys"`
	}
	_ = json.Unmarshal(r.Body, &set)
	for i, key := range set.Keys {
		edit(i, key)
	}
	r.Body, _ = json.Marshal(set)
}

// mixUses makes the first key one for encryption, and leaves use out elsewhere.
func mixUses(r *Response) {
	editKeys(r, func(i int, key map[string]any) {
		delete(key, "use")
		if i == 0 {
			key["use"] = "enc"
		}
	})
}

// certify gives each key a certificate, which is that of none of them.
func certify(r *Response) {
	editKeys(r, func(_ int, key map[string]any) { key["x5c"] = []string{foreignCertificate()} })
}

var foreignCertificate = sync.OnceValue(func() string {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return ""
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der, _ := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	return base64.StdEncoding.EncodeToString(der)
})

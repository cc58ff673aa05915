package fault

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"github.com/grantproof/grantproof/impl/seam"
	"math/big"
	"regexp"
	"sync"
)

var kid = regexp.MustCompile(`"kid":"[^"]*"`)

// repeatKeyID gives every key the same kid.
func repeatKeyID(r *seam.Response) { r.Body = kid.ReplaceAll(r.Body, []byte(`"kid":"1"`)) }

// editKeys changes the members of each key.
func editKeys(r *seam.Response, edit func(i int, key map[string]any)) {
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
func mixUses(r *seam.Response) {
	editKeys(r, func(i int, key map[string]any) {
		delete(key, "use")
		if i == 0 {
			key["use"] = "enc"
		}
	})
}

// certify gives each key a certificate, which is that of none of them.
func certify(r *seam.Response) {
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

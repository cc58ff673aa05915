package fault

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/grantproof/grantproof/impl/seam"
)

func withoutPadding(r *http.Request) {
	if sent := r.Header.Get("Authorization"); sent != "" {
		r.Header.Set("Authorization", strings.TrimRight(sent, "="))
	}
}

// fromQuery takes the token of the URL for that of the header.
func fromQuery(r *http.Request) {
	query := r.URL.Query()
	if token := query.Get("access_token"); query.Has("access_token") {
		query.Del("access_token")
		r.URL.RawQuery = query.Encode()
		r.Header.Set("Authorization", "Bearer "+token)
	}
}

// byText keeps record of what was revoked as a text, and revokes nothing else; read is
// how it understands another text.
func byText(read func(token string) string) func() (func(*http.Request), func(*http.Request, *seam.Response)) {
	return func() (func(*http.Request), func(*http.Request, *seam.Response)) {
		var revoked sync.Map
		remember := seam.OnForm("/oauth/revoke", "token", func(token string) string {
			revoked.Store(token, true)
			return "of-nobody"
		})
		look := seam.OnForm("/oauth/introspect", "token", func(token string) string {
			if _, known := revoked.Load(token); known {
				return "of-nobody"
			}
			return read(token)
		})
		return func(r *http.Request) {
			remember(r)
			look(r)
		}, nil
	}
}

// readLeniently passes over the bits that no byte needs.
func readLeniently(token string) string {
	signed, signature := cutSignature(token)
	decoded, err := base64.RawURLEncoding.DecodeString(signature)
	if err != nil {
		return token
	}
	return signed + base64.RawURLEncoding.EncodeToString(decoded)
}

// readStrictly leaves a token as it is. A verifier of ES256 takes the twin of a
// signature all the same.
func readStrictly(token string) string { return token }

func cutSignature(token string) (signed, signature string) {
	dot := strings.LastIndexByte(token, '.')
	return token[:dot+1], token[dot+1:]
}

// repeat gives a request a parameter twice, so that it is refused as malformed.
func repeat(parameters url.Values) { parameters["repeated"] = []string{"1", "2"} }

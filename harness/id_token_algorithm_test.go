package harness

import (
	"crypto"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/grantproof/grantproof/harness/fixture"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/report"
)

// The hash of an ID token follows its algorithm, and at_hash is the left half of the
// hash of the access token (OpenID Connect Core section 3.1.3.6,
// https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken).
func TestIDTokensOfLongerHashes(t *testing.T) {
	for algorithm, hash := range map[string]crypto.Hash{
		"ES384": crypto.SHA384, "RS384": crypto.SHA384, "PS384": crypto.SHA384, "RS512": crypto.SHA512, "PS512": crypto.SHA512, "EdDSA": crypto.SHA512,
	} {
		t.Run(algorithm, func(t *testing.T) {
			key, err := proof.NewKey(algorithm, "key-of-id-tokens")
			if err != nil {
				t.Fatal(err)
			}
			examineIDTokens(t, key, hash, report.Passed)
		})
	}
	t.Run("another hash than that of the algorithm", func(t *testing.T) {
		key, err := proof.NewKey("ES384", "key-of-id-tokens")
		if err != nil {
			t.Fatal(err)
		}
		examineIDTokens(t, key, crypto.SHA256, report.Failed)
	})
}

// examineIDTokens examines a server whose ID tokens are signed by key.
func examineIDTokens(t *testing.T, key proof.Key, hash crypto.Hash, want report.Verdict) {
	t.Helper()
	system, err := fixture.Start(func(role string, next http.Handler) http.Handler {
		if role != "authorization-server" {
			return next
		}
		return signingIDTokens(next, key, hash)
	})
	if err != nil {
		t.Fatal(err)
	}
	defer system.Close()
	result, err := Run(t.Context(), Config{system: system, Only: []string{"authorization_server/id_token.feature"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, scenario := range result.Scenarios {
		switch scenario.ID {
		case "authorization_server/id_token#the-id-token-is-signed-with-rs256": // It is about clients that register no algorithm.
		case "authorization_server/id_token#the-id-token-has-correct-at-hash-and-azp-values-if-any":
			if scenario.Verdict != want {
				t.Errorf("at_hash: the verdict is %s, want %s (%s)", scenario.Verdict, want, text(scenario.Actual))
			}
		default:
			if scenario.Verdict != report.Passed {
				t.Errorf("%s is %s: %s %s", scenario.ID, scenario.Verdict, text(scenario.Actual), text(scenario.Reason))
			}
		}
	}
}

// signingIDTokens is an authorization server that signs its ID tokens by another key,
// which it publishes.
func signingIDTokens(next http.Handler, key proof.Key, hash crypto.Hash) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		recorded := httptest.NewRecorder()
		next.ServeHTTP(recorded, r)
		body := recorded.Body.Bytes()
		var object map[string]any
		if json.Unmarshal(body, &object) == nil {
			if list, ok := object["id_token_signing_alg_values_supported"].([]any); ok {
				object["id_token_signing_alg_values_supported"] = append(list, key.Algorithm)
			}
			if keys, ok := object["keys"].([]any); ok {
				object["keys"] = append(keys, proof.JWKS(key)["keys"].([]any)...)
			}
			if raw, ok := object["id_token"].(string); ok {
				object["id_token"] = signedAgain(raw, object["access_token"].(string), key, hash)
			}
			body, _ = json.Marshal(object)
		}
		for name, values := range recorded.Header() {
			if name != "Content-Length" {
				w.Header()[name] = values
			}
		}
		w.WriteHeader(recorded.Code)
		_, _ = w.Write(body)
	})
}

func signedAgain(raw, accessToken string, key proof.Key, hash crypto.Hash) string {
	issued, err := proof.Parse(raw)
	if err != nil {
		return raw
	}
	sum := hash.New()
	sum.Write([]byte(accessToken))
	issued.Claims["at_hash"] = base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:hash.Size()/2])
	signed, err := key.Sign(map[string]any{"alg": key.Algorithm, "kid": key.ID, "typ": "JWT"}, issued.Claims)
	if err != nil {
		return raw
	}
	return signed
}

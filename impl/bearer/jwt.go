package bearer

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"
	"golang.org/x/time/rate"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/token"
)

// issuer is an authorization server as a protected resource knows it.
type issuer struct {
	metadata oauth.AuthorizationServerMetadata
	keys     keyfunc.Keyfunc
}

// newIssuer fetches the keys and keeps them fresh until ctx ends. A token with
// an unknown kid makes it look again, at most once a second.
func newIssuer(ctx context.Context, metadata oauth.AuthorizationServerMetadata, client *http.Client, log *slog.Logger) (*issuer, error) {
	keys, err := keyfunc.NewDefaultOverrideCtx(ctx, []string{*metadata.JwksURI}, keyfunc.Override{
		Client: client, HTTPTimeout: 5 * time.Second, NoErrorReturnFirstHTTPReq: new(false),
		RefreshUnknownKID: rate.NewLimiter(rate.Every(time.Second), 1), RateLimitWaitMax: time.Millisecond,
		RefreshErrorHandlerFunc: func(url string) func(context.Context, error) {
			return func(_ context.Context, err error) { log.Warn("keys not refreshed", "jwks_uri", url, "error", err) }
		},
	})
	if err != nil {
		return nil, err
	}
	return &issuer{metadata: metadata, keys: keys}, nil
}

// algorithms that may sign an access token: asymmetric ones alone, so that a
// public key can never pass for a shared secret (RFC 8725 section 3.1,
// https://www.rfc-editor.org/rfc/rfc8725#section-3.1).
var algorithms = []string{"ES256", "RS256", "PS256", "EdDSA"}

// verifyJWT validates as RFC 9068 section 4 says
// (https://www.rfc-editor.org/rfc/rfc9068#section-4).
func (i *issuer) verifyJWT(at Resource, raw string) (token.Access, error) {
	claims := jwt.MapClaims{}
	parsed, err := jwt.NewParser(
		jwt.WithTimeFunc(at.Clock.Now), jwt.WithExpirationRequired(), jwt.WithIssuer(i.metadata.Issuer),
		jwt.WithAudience(token.CanonicalResource(at.Identifier)), jwt.WithValidMethods(algorithms),
	).ParseWithClaims(raw, &meant{claims}, i.keys.Keyfunc)
	if err := errors.Join(token.CheckEncoding(raw), err); err != nil {
		return token.Access{}, err
	}
	if !isAccessToken(parsed) {
		return token.Access{}, errors.New("the typ is not at+jwt")
	}
	// No extension is understood here (RFC 7515 section 4.1.11,
	// https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11).
	if _, critical := parsed.Header["crit"]; critical {
		return token.Access{}, errors.New("the header has critical extensions")
	}
	return token.FromClaims(claims)
}

// meant are claims whose aud is recognized when its scheme and host are in upper
// case (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#canonical-server-uri).
type meant struct{ jwt.MapClaims }

// UnmarshalJSON implements json.Unmarshaler.
func (m *meant) UnmarshalJSON(text []byte) error { return json.Unmarshal(text, &m.MapClaims) }

// GetAudience implements jwt.Claims.
func (m *meant) GetAudience() (jwt.ClaimStrings, error) {
	named, err := m.MapClaims.GetAudience()
	recognized := make(jwt.ClaimStrings, 0, len(named))
	for _, audience := range named {
		recognized = append(recognized, token.CanonicalResource(audience))
	}
	return recognized, err
}

// isAccessToken: the typ keeps other JWTs of the issuer from passing for an
// access token (RFC 9068 section 4).
func isAccessToken(parsed *jwt.Token) bool {
	typ, _ := parsed.Header["typ"].(string)
	return strings.EqualFold(strings.TrimPrefix(strings.ToLower(typ), "application/"), token.Type)
}

package bearer

import (
	"context"
	"errors"
	"strings"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/strictjson"
	"github.com/grantproof/grantproof/impl/token"
)

// issuer is an authorization server as a protected resource knows it.
type issuer struct {
	metadata oauth.AuthorizationServerMetadata
	keys     keyfunc.Keyfunc
}

// newIssuer fetches the keys and keeps them fresh until ctx ends.
func (v *Verifier) newIssuer(ctx context.Context, metadata oauth.AuthorizationServerMetadata) (*issuer, error) {
	published, err := v.fetchKeys(ctx, *metadata.JwksURI)
	if err != nil {
		return nil, err
	}
	keys, err := keyfunc.New(keyfunc.Options{Ctx: ctx, Storage: published})
	return &issuer{metadata: metadata, keys: keys}, err
}

// algorithms that may sign an access token: asymmetric ones alone, so that a
// public key can never pass for a shared secret (RFC 8725 section 3.1,
// https://www.rfc-editor.org/rfc/rfc8725#section-3.1).
var algorithms = []string{"ES256", "RS256", "PS256", "EdDSA"}

// verifyJWT validates as RFC 9068 section 4 says
// (https://www.rfc-editor.org/rfc/rfc9068#section-4).
func (i *issuer) verifyJWT(ctx context.Context, at Resource, raw string) (token.Access, error) {
	claims := jwt.MapClaims{}
	parsed, err := jwt.NewParser(
		jwt.WithTimeFunc(at.Clock.Now), jwt.WithExpirationRequired(), jwt.WithIssuer(i.metadata.Issuer),
		jwt.WithAudience(token.CanonicalResource(at.Identifier)), jwt.WithValidMethods(algorithms),
	).ParseWithClaims(raw, &meant{claims}, i.keys.KeyfuncCtx(ctx))
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
func (m *meant) UnmarshalJSON(text []byte) error { return strictjson.Unmarshal(text, &m.MapClaims) }

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

package bearer

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"
	"golang.org/x/time/rate"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
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
	faults := at.Broken
	claims := jwt.MapClaims{}
	parsed, err := i.parse(at, raw, &meant{claims, faults})
	err = errors.Join(token.CheckEncoding(raw), err)
	if err != nil && faults.Has(faultname.SharedKeyAccepted) {
		return at.Keys.Own(raw, at.Clock.Now)
	}
	if errors.Is(err, jwt.ErrTokenMalformed) && faults.Has(faultname.UnreadableTokenAccepted) {
		return token.Access{Subject: at.User.ID, ClientID: "unknown", Scope: realm.Scopes}, nil
	}
	if _, several := claims["aud"].([]any); several && faults.Has(faultname.AudienceListRefused) {
		return token.Access{}, errors.New("the aud is a list")
	}
	if faults.Has(faultname.UnknownClaimRefused) && hasUnknownClaim(claims) {
		return token.Access{}, errors.New("the token has an unknown claim")
	}
	tooEarly := errors.Is(err, jwt.ErrTokenNotValidYet)
	if err != nil && !(tooEarly && faults.Has(faultname.NotBeforeNotChecked)) {
		return token.Access{}, err
	}
	if !isAccessToken(parsed) && !faults.Has(faultname.TokenTypeNotChecked) {
		return token.Access{}, errors.New("the typ is not at+jwt")
	}
	if _, known := parsed.Header["crit"]; known && !faults.Has(faultname.CriticalExtensionIgnored) {
		// No extension is understood here (RFC 7515 section 4.1.11,
		// https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11).
		return token.Access{}, errors.New("the header has critical extensions")
	}
	return token.FromClaims(claims)
}

// meant are claims whose aud is recognized when its scheme and host are in upper
// case (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#canonical-server-uri).
type meant struct {
	jwt.MapClaims
	faults faultname.Set
}

// UnmarshalJSON implements json.Unmarshaler.
func (m *meant) UnmarshalJSON(text []byte) error { return json.Unmarshal(text, &m.MapClaims) }

// GetAudience implements jwt.Claims.
func (m *meant) GetAudience() (jwt.ClaimStrings, error) {
	named, err := m.MapClaims.GetAudience()
	if m.faults.Has(faultname.MCPAudienceExact) {
		return named, err
	}
	recognized := make(jwt.ClaimStrings, 0, len(named))
	for _, audience := range named {
		recognized = append(recognized, token.CanonicalResource(audience))
	}
	return recognized, err
}

func (i *issuer) parse(at Resource, raw string, claims *meant) (*jwt.Token, error) {
	faults := at.Broken
	options := []jwt.ParserOption{jwt.WithTimeFunc(at.Clock.Now)}
	if faults.Has(faultname.ExpiryNotChecked) {
		options = append(options, jwt.WithTimeFunc(func() time.Time { return time.Unix(1, 0) }))
	} else {
		options = append(options, jwt.WithExpirationRequired())
	}
	if !faults.Has(faultname.IssuerNotChecked) {
		options = append(options, jwt.WithIssuer(i.metadata.Issuer))
	}
	if !faults.Has(faultname.AudienceNotChecked) {
		options = append(options, jwt.WithAudience(token.CanonicalResource(at.Identifier)))
	}
	if faults.Has(faultname.SignatureNotChecked) {
		return i.unverified(raw, claims, options)
	}
	if faults.Has(faultname.UnknownAlgorithmAccepted) {
		if parsed := unknownAlgorithm(raw, claims); parsed != nil {
			return parsed, nil
		}
	}
	if faults.Has(faultname.UnknownKeyAccepted) && !i.publishes(raw) {
		return i.unverified(raw, claims, options)
	}
	if faults.Has(faultname.PublicKeyAsSecret) {
		if parsed, err := jwt.NewParser(options...).ParseWithClaims(raw, claims, i.asSecret); err == nil {
			return parsed, nil
		}
	}
	if faults.Has(faultname.UnsignedTokenAccepted) {
		if parsed, err := jwt.NewParser(options...).ParseWithClaims(raw, claims, unsigned); err == nil {
			return parsed, nil
		}
	}
	return jwt.NewParser(append(options, jwt.WithValidMethods(algorithms))...).ParseWithClaims(raw, claims, i.keys.Keyfunc)
}

// unknownAlgorithm reads a token of which nobody knows how it is signed, as a
// broken resource server does.
func unknownAlgorithm(raw string, claims *meant) *jwt.Token {
	parsed, parts, err := jwt.NewParser().ParseUnverified(raw, claims)
	if err == nil || len(parts) != 3 {
		return nil
	}
	return parsed
}

// unsigned and unverified are what a broken resource server does.
func unsigned(*jwt.Token) (any, error) { return jwt.UnsafeAllowNoneSignatureType, nil }

func (i *issuer) unverified(raw string, claims *meant, options []jwt.ParserOption) (*jwt.Token, error) {
	parsed, _, err := jwt.NewParser().ParseUnverified(raw, claims)
	if err != nil {
		return nil, err
	}
	return parsed, jwt.NewValidator(options...).Validate(claims)
}

// publishes tells whether the key that a token names is one of the issuer's.
func (i *issuer) publishes(raw string) bool {
	named, _, err := jwt.NewParser().ParseUnverified(raw, jwt.MapClaims{})
	if err != nil {
		return true // Which key it names cannot be read.
	}
	_, err = i.keys.Keyfunc(named)
	return err == nil
}

// asSecret is the published key as its PEM, as who confuses algorithms has it.
func (i *issuer) asSecret(named *jwt.Token) (any, error) {
	kid, _ := named.Header["kid"].(string)
	published, err := i.keys.Storage().KeyRead(context.Background(), kid)
	if err != nil {
		return nil, err
	}
	return token.PublicPEM(published.Key())
}

// isAccessToken: the typ keeps other JWTs of the issuer from passing for an
// access token (RFC 9068 section 4).
func isAccessToken(parsed *jwt.Token) bool {
	typ, _ := parsed.Header["typ"].(string)
	return strings.EqualFold(strings.TrimPrefix(strings.ToLower(typ), "application/"), token.Type)
}

// hasUnknownClaim: the claims of RFC 9068 section 2.2 are known; others would
// be ignored by a sound server.
func hasUnknownClaim(claims jwt.MapClaims) bool {
	known := []string{"iss", "exp", "aud", "sub", "client_id", "iat", "jti", "scope", "nbf"}
	for name := range claims {
		if !slices.Contains(known, name) {
			return true
		}
	}
	return false
}

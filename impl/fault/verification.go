package fault

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/bearer"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// verified is what a sound protected resource found out about a token.
type verified struct {
	ctx      context.Context
	verifier *bearer.Verifier
	at       bearer.Resource
	raw      string
	access   token.Access
	err      error
}

// introspects tells whether the resource asks the issuer, and does not read tokens.
func (v *verified) introspects() bool { return v.at.Policy().Verify == realm.ByIntrospection }

// verifying changes what a protected resource finds out about each token.
func verifying(change func(*verified)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := bearer.Verify.In(in)
		bearer.Verify.Replace(in, func(ctx context.Context, verifier *bearer.Verifier, at bearer.Resource, raw string) (token.Access, error) {
			access, err := held(ctx, verifier, at, raw)
			v := &verified{ctx, verifier, at, raw, access, err}
			change(v)
			return v.access, v.err
		})
	}
}

var errRefused = errors.New("the token is refused")

// everything is what a resource believes that does not know who asks.
func everything(at bearer.Resource) token.Access {
	return token.Access{Subject: at.User.ID, ClientID: "unknown", Scope: realm.Scopes}
}

// checks are those of an access token (RFC 9068 section 4,
// https://www.rfc-editor.org/rfc/rfc9068#section-4) that are left out.
type checks struct {
	signature, expiry, notBefore, issuer, audience, typ, crit bool
	// key finds the key in another way.
	key func(keys keyfunc.Keyfunc) jwt.Keyfunc
	// of limits to which tokens they are left out; nil is all.
	of func(keys keyfunc.Keyfunc, raw string) bool
}

// leftOut takes tokens that are sound but for the checks that are left out.
func (c checks) leftOut() func(rule.Replaced) {
	return verifying(func(v *verified) {
		if v.err == nil || v.introspects() {
			return
		}
		keys, err := v.verifier.Keys(v.ctx, v.at.Realm)
		if err != nil || c.of != nil && !c.of(keys, v.raw) {
			return
		}
		if access, err := c.verify(v, keys); err == nil {
			v.access, v.err = access, nil
		}
	})
}

// reading takes tokens with a right signature that are valid after their claims were
// read in another way.
func reading(read func(at bearer.Resource, claims jwt.MapClaims)) func(rule.Replaced) {
	return verifying(func(v *verified) {
		if v.err == nil || v.introspects() {
			return
		}
		keys, err := v.verifier.Keys(v.ctx, v.at.Realm)
		if err != nil {
			return
		}
		claims := jwt.MapClaims{}
		signed := jwt.NewParser(jwt.WithoutClaimsValidation(), jwt.WithValidMethods([]string{"ES256", "RS256", "PS256", "EdDSA"}))
		parsed, err := signed.ParseWithClaims(v.raw, claims, keys.Keyfunc)
		if err != nil || parsed.Header["typ"] != token.Type || parsed.Header["crit"] != nil || token.CheckEncoding(v.raw) != nil {
			return
		}
		read(v.at, claims)
		valid := jwt.NewValidator(jwt.WithTimeFunc(v.at.Clock.Now), jwt.WithExpirationRequired(), jwt.WithIssuer(v.at.Issuer), jwt.WithAudience(v.at.Identifier))
		if valid.Validate(claims) == nil {
			v.access, v.err = token.FromClaims(claims)
		}
	})
}

func (c checks) verify(v *verified, keys keyfunc.Keyfunc) (token.Access, error) {
	claims := jwt.MapClaims{}
	parsed, err := c.parse(v, claims, keys)
	if c.notBefore && errors.Is(err, jwt.ErrTokenNotValidYet) {
		err = nil
	}
	if err := errors.Join(err, token.CheckEncoding(v.raw)); err != nil {
		return token.Access{}, err
	}
	if typ, _ := parsed.Header["typ"].(string); typ != token.Type && !c.typ {
		return token.Access{}, errRefused
	}
	if _, critical := parsed.Header["crit"]; critical && !c.crit {
		return token.Access{}, errRefused
	}
	return token.FromClaims(claims)
}

func (c checks) parse(v *verified, claims jwt.MapClaims, keys keyfunc.Keyfunc) (*jwt.Token, error) {
	options := []jwt.ParserOption{jwt.WithTimeFunc(v.at.Clock.Now)}
	if c.expiry {
		options = append(options, jwt.WithTimeFunc(func() time.Time { return time.Unix(1, 0) }))
	} else {
		options = append(options, jwt.WithExpirationRequired())
	}
	if !c.issuer {
		options = append(options, jwt.WithIssuer(v.at.Issuer))
	}
	if !c.audience {
		options = append(options, jwt.WithAudience(v.at.Identifier))
	}
	if c.signature {
		parsed, _, err := jwt.NewParser().ParseUnverified(v.raw, claims)
		if err != nil {
			return nil, err
		}
		return parsed, jwt.NewValidator(options...).Validate(claims)
	}
	key := keys.Keyfunc
	if c.key != nil {
		key = c.key(keys)
	} else {
		options = append(options, jwt.WithValidMethods([]string{"ES256", "RS256", "PS256", "EdDSA"}))
	}
	return jwt.NewParser(options...).ParseWithClaims(v.raw, claims, key)
}

// unpublished tells whether a token names a key that the issuer has not published.
func unpublished(keys keyfunc.Keyfunc, raw string) bool {
	named, _, err := jwt.NewParser().ParseUnverified(raw, jwt.MapClaims{})
	if err != nil {
		return false // Which key it names cannot be read.
	}
	_, err = keys.Keyfunc(named)
	return err != nil
}

// noSignature takes a token for signed that has the algorithm none.
func noSignature(keyfunc.Keyfunc) jwt.Keyfunc {
	return func(*jwt.Token) (any, error) { return jwt.UnsafeAllowNoneSignatureType, nil }
}

// publicKeyAsSecret takes the PEM of a published key for the secret of a MAC.
func publicKeyAsSecret(keys keyfunc.Keyfunc) jwt.Keyfunc {
	return func(named *jwt.Token) (any, error) {
		kid, _ := named.Header["kid"].(string)
		published, err := keys.Storage().KeyRead(context.Background(), kid)
		if err != nil {
			return nil, err
		}
		return token.PublicPEM(published.Key())
	}
}

// unknownAlgorithm believes a token whose algorithm it does not know.
func unknownAlgorithm(v *verified) {
	claims := jwt.MapClaims{}
	parsed, parts, err := jwt.NewParser().ParseUnverified(v.raw, claims)
	if v.err == nil || v.introspects() || err == nil || len(parts) != 3 || parsed == nil {
		return
	}
	v.access, v.err = token.FromClaims(claims)
}

// claimsOf are the claims of a token, whoever signed it.
func claimsOf(raw string) jwt.MapClaims {
	claims := jwt.MapClaims{}
	_, _, _ = jwt.NewParser().ParseUnverified(raw, claims)
	return claims
}

// hasUnknownClaim: the claims of RFC 9068 section 2.2 are known.
func hasUnknownClaim(claims jwt.MapClaims) bool {
	known := []string{"iss", "exp", "aud", "sub", "client_id", "iat", "jti", "scope", "nbf"}
	for name := range claims {
		if !slices.Contains(known, name) {
			return true
		}
	}
	return false
}

// refreshTokens takes those of some clients and grants for access tokens.
func refreshTokens(which func(at bearer.Resource, grantScope token.Scope, confidential bool) bool) func(rule.Replaced) {
	return verifying(func(v *verified) {
		found, err := v.at.Store().RefreshToken(v.ctx, token.HashOf(v.raw))
		if v.err == nil || err != nil {
			return
		}
		grant, err := v.at.Store().Grant(v.ctx, found.GrantID)
		if err != nil {
			return
		}
		client, err := v.at.Realm.Client(v.ctx, grant.ClientID)
		if err == nil && which(v.at, grant.Scope, client.Confidential()) {
			v.access, v.err = token.Access{Subject: grant.UserID, ClientID: grant.ClientID, Scope: grant.Scope}, nil
		}
	})
}

// introspectionKept believes an answer of the introspection endpoint for ever.
func introspectionKept(in rule.Replaced) {
	var kept sync.Map // token → token.Access
	verifying(func(v *verified) {
		if v.err == nil && v.introspects() {
			kept.Store(v.raw, v.access)
		} else if known, ok := kept.Load(v.raw); ok {
			v.access, v.err = known.(token.Access), nil
		}
	})(in)
}

// believing changes what the issuer says of a token before it is judged.
func believing(change func(*oauth.IntrospectionResponse)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := bearer.Introspected.In(in)
		bearer.Introspected.Replace(in, func(at bearer.Resource, answer oauth.IntrospectionResponse) (token.Access, error) {
			change(&answer)
			return held(at, answer)
		})
	}
}

// failsOpen lets everybody in where the issuer cannot be asked.
func failsOpen(v *verified) {
	if unavailable := new(wire.Error); errors.As(v.err, &unavailable) && v.introspects() {
		v.access, v.err = everything(v.at), nil
	}
}

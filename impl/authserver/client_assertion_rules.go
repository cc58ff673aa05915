package authserver

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

const (
	// assertionSkew is how far the clocks of client and server may be apart.
	assertionSkew = 30 * time.Second
	// assertionAge is how long an assertion may live: so long its jti is kept.
	assertionAge = time.Hour
	// maxIdentifier is the length of a jti, in bytes.
	maxIdentifier = 256
)

// AssertionFits judges an assertion by what RFC 7523 section 3 asks of it besides its
// signature (https://www.rfc-editor.org/rfc/rfc7523#section-3). Claims that are not
// understood are ignored (RFC 7519 section 4,
// https://www.rfc-editor.org/rfc/rfc7519#section-4).
var AssertionFits = rule.New(func(r *realm.Realm, client store.Client, a Assertion) *wire.Error {
	_, critical := a.Header["crit"]
	switch now := r.Clock.Now(); {
	case !a.isClientAuthentication():
		return invalidClient("the typ is that of another kind of JWT")
	// No extension is understood here (RFC 7515 section 4.1.11,
	// https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11).
	case critical:
		return invalidClient("the header has critical extensions, and none is understood")
	case a.Claims["iss"] != client.ID:
		return invalidClient("iss is not the client_id")
	case a.Claims["sub"] != client.ID:
		return invalidClient("sub is not the client_id")
	case !a.isFor(r):
		return invalidClient("aud is not the issuer identifier of this server")
	case !a.hasExpiry():
		return invalidClient("exp is missing, or no number")
	case !a.isLive(now):
		return invalidClient("the assertion has expired, or lives longer than an hour")
	case !a.hasBegun(now):
		return invalidClient("nbf or iat lies in the future, or iat too far in the past")
	case !a.hasIdentifier():
		return invalidClient("jti is missing, or longer than 256 bytes")
	}
	return nil
})

// isClientAuthentication: a JWT that says that it is of another kind was not
// made to authenticate with (RFC 8725 section 3.12,
// https://www.rfc-editor.org/rfc/rfc8725#section-3.12); the media type is from
// rfc7523bis (https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc7523bis).
func (a Assertion) isClientAuthentication() bool {
	typ, has := a.Header["typ"]
	text, _ := typ.(string)
	kind := strings.TrimPrefix(strings.ToLower(text), "application/")
	return !has || kind == "jwt" || kind == "client-authentication+jwt"
}

// isFor: the one audience is the issuer identifier, so that no other
// server can make use of the assertion (rfc7523bis section 4,
// https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc7523bis). A realm's
// policy may let the token endpoint stand for it, and others stand beside it,
// as RFC 7523 section 3 has it.
func (a Assertion) isFor(r *realm.Realm) bool {
	audience, err := a.Claims.GetAudience()
	if err != nil {
		return false
	}
	if r.Policy().TokenEndpointAudience {
		return slices.Contains(audience, r.Issuer) || slices.Contains(audience, r.Issuer+"/oauth/token")
	}
	return len(audience) == 1 && audience[0] == r.Issuer
}

func (a Assertion) hasExpiry() bool {
	expires, err := a.Claims.GetExpirationTime()
	return err == nil && expires != nil
}

func (a Assertion) isLive(now time.Time) bool {
	return now.Before(a.expires().Add(assertionSkew)) && a.expires().Before(now.Add(assertionAge+assertionSkew))
}

// expires is the time in exp, zero without one.
func (a Assertion) expires() time.Time {
	if expires, err := a.Claims.GetExpirationTime(); err == nil && expires != nil {
		return expires.Time
	}
	return time.Time{}
}

func (a Assertion) hasBegun(now time.Time) bool {
	issued, issuedErr := a.Claims.GetIssuedAt()
	begins, beginsErr := a.Claims.GetNotBefore()
	if issuedErr != nil || beginsErr != nil {
		return false
	}
	early := func(date *jwt.NumericDate) bool { return date != nil && date.After(now.Add(assertionSkew)) }
	old := issued != nil && issued.Before(now.Add(-assertionAge-assertionSkew))
	return !early(issued) && !early(begins) && !old
}

func (a Assertion) hasIdentifier() bool {
	id, _ := a.Claims["jti"].(string)
	return id != "" && len(id) <= maxIdentifier
}

// spend takes the assertion once, over all replicas: its jti is remembered
// until it has expired (RFC 7523 section 3,
// https://www.rfc-editor.org/rfc/rfc7523#section-3).
func (a Assertion) spend(ctx context.Context, r *realm.Realm, client store.Client) error {
	id, _ := a.Claims["jti"].(string)
	err := r.Store().Mark(ctx, fmt.Sprintf("assertion %q %s", client.ID, id), a.expires().Add(assertionSkew))
	if errors.Is(err, store.ErrUsed) {
		return invalidClient("the assertion was used before")
	}
	return err
}

package authserver

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

const (
	// assertionSkew is how far the clocks of client and server may be apart.
	assertionSkew = 30 * time.Second
	// assertionAge is how long an assertion may live: so long its jti is kept.
	assertionAge = time.Hour
	// maxIdentifier is the length of a jti, in bytes.
	maxIdentifier = 256
)

// assertionRules are what RFC 7523 section 3 asks of a JWT besides its
// signature (https://www.rfc-editor.org/rfc/rfc7523#section-3), with the fault
// that forgets each.
var assertionRules = []struct {
	broken faultname.Name
	says   string
	holds  func(r *realm.Realm, client store.Client, a *assertion) bool
}{
	{faultname.AssertionOfAnotherKindAccepted, "the typ is that of another kind of JWT", isClientAuthentication},
	{faultname.AssertionCriticalIgnored, "the header has critical extensions, and none is understood", notCritical},
	{faultname.AssertionIssuerNotChecked, "iss is not the client_id", issuedByClient},
	{faultname.AssertionSubjectNotChecked, "sub is not the client_id", aboutClient},
	{faultname.AssertionAudienceNotChecked, "aud is not the issuer identifier of this server", forThisServer},
	{faultname.AssertionExpiryOptional, "exp is missing, or no number", hasExpiry},
	{faultname.AssertionExpiryNotChecked, "the assertion has expired, or lives longer than an hour", notExpired},
	{faultname.AssertionNotBeforeNotChecked, "nbf or iat lies in the future, or iat too far in the past", begun},
	{faultname.AssertionIdentifierOptional, "jti is missing, or longer than 256 bytes", hasIdentifier},
}

// isClientAuthentication: a JWT that says that it is of another kind was not
// made to authenticate with (RFC 8725 section 3.12,
// https://www.rfc-editor.org/rfc/rfc8725#section-3.12); the media type is from
// rfc7523bis (https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc7523bis).
func isClientAuthentication(_ *realm.Realm, _ store.Client, a *assertion) bool {
	typ, has := a.header["typ"]
	text, _ := typ.(string)
	kind := strings.TrimPrefix(strings.ToLower(text), "application/")
	return !has || kind == "jwt" || kind == "client-authentication+jwt"
}

// notCritical: no extension is understood here (RFC 7515 section 4.1.11,
// https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11).
func notCritical(_ *realm.Realm, _ store.Client, a *assertion) bool {
	_, critical := a.header["crit"]
	return !critical
}

func issuedByClient(_ *realm.Realm, client store.Client, a *assertion) bool {
	return a.claims["iss"] == client.ID
}

func aboutClient(_ *realm.Realm, client store.Client, a *assertion) bool {
	return a.claims["sub"] == client.ID
}

// forThisServer: the one audience is the issuer identifier, so that no other
// server can make use of the assertion (rfc7523bis section 4,
// https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc7523bis). A realm's
// policy may let the token endpoint stand for it, and others stand beside it,
// as RFC 7523 section 3 has it.
func forThisServer(r *realm.Realm, _ store.Client, a *assertion) bool {
	audience, err := a.claims.GetAudience()
	if err != nil {
		return false
	}
	if policy := r.Policy(); policy.TokenEndpointAudience || r.Faults().Has(faultname.AssertionAudienceLoose) {
		return slices.Contains(audience, r.Issuer) || slices.Contains(audience, r.Issuer+"/oauth/token")
	}
	return len(audience) == 1 && audience[0] == r.Issuer
}

func hasExpiry(_ *realm.Realm, _ store.Client, a *assertion) bool {
	expires, err := a.claims.GetExpirationTime()
	return err == nil && expires != nil
}

func notExpired(r *realm.Realm, _ store.Client, a *assertion) bool {
	expires, now := a.expires(r), r.Clock.Now()
	return now.Before(expires.Add(assertionSkew)) && expires.Before(now.Add(assertionAge+assertionSkew))
}

// expires is the time in exp; where a fault lets it be missing, soon.
func (a *assertion) expires(r *realm.Realm) time.Time {
	if expires, err := a.claims.GetExpirationTime(); err == nil && expires != nil {
		return expires.Time
	}
	return r.Clock.Now().Add(time.Minute)
}

func begun(r *realm.Realm, _ store.Client, a *assertion) bool {
	now := r.Clock.Now()
	issued, issuedErr := a.claims.GetIssuedAt()
	begins, beginsErr := a.claims.GetNotBefore()
	if issuedErr != nil || beginsErr != nil {
		return false
	}
	early := func(date *jwt.NumericDate) bool { return date != nil && date.After(now.Add(assertionSkew)) }
	old := issued != nil && issued.Before(now.Add(-assertionAge-assertionSkew))
	return !early(issued) && !early(begins) && !old
}

func hasIdentifier(_ *realm.Realm, _ store.Client, a *assertion) bool {
	id, _ := a.claims["jti"].(string)
	return id != "" && len(id) <= maxIdentifier
}

// hasUnknownClaim tells whether there is a claim besides those that are
// understood. A sound server ignores it (RFC 7519 section 4,
// https://www.rfc-editor.org/rfc/rfc7519#section-4).
func (a *assertion) hasUnknownClaim() bool {
	for name := range a.claims {
		if !slices.Contains([]string{"iss", "sub", "aud", "exp", "nbf", "iat", "jti"}, name) {
			return true
		}
	}
	return false
}

// spend takes the assertion once, over all replicas: its jti is remembered
// until it has expired (RFC 7523 section 3,
// https://www.rfc-editor.org/rfc/rfc7523#section-3).
func (a *assertion) spend(ctx context.Context, r *realm.Realm, client store.Client) error {
	id, _ := a.claims["jti"].(string)
	name := fmt.Sprintf("assertion %q %s", client.ID, id)
	if r.Faults().Has(faultname.AssertionsRace) {
		if used, err := r.Store().Marked(ctx, name); err == nil && !used {
			time.Sleep(aMoment)
			return ignoring(r.Store().Mark(ctx, name, a.expires(r).Add(assertionSkew)), store.ErrUsed)
		}
	}
	err := r.Store().Mark(ctx, name, a.expires(r).Add(assertionSkew))
	if errors.Is(err, store.ErrUsed) && !r.Faults().Has(faultname.AssertionReplayed) {
		return invalidAssertion(r.Faults(), "the assertion was used before")
	}
	return ignoring(err, store.ErrUsed)
}

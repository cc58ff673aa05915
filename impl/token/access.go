package token

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Type is the media type of a JWT access token, the `typ` of its header
// (RFC 9068 section 2.1, https://www.rfc-editor.org/rfc/rfc9068#section-2.1).
const Type = "at+jwt"

// DocumentedIssuer is the `iss` of the documented HS256 shape.
const DocumentedIssuer = "oauth2-auth-server"

// Access is what an access token says (RFC 9068 section 2.2,
// https://www.rfc-editor.org/rfc/rfc9068#section-2.2).
type Access struct {
	Issuer   string
	Subject  string
	Audience []string
	ClientID string
	Scope    Scope
	ID       string
	IssuedAt time.Time
	Expires  time.Time
	Actor    *Actor // Who acts for the subject; nil for whoever acts for itself.
	MayAct   *Actor // Who alone may act for the subject; nil for nobody in particular.
}

// ForClient tells whether the token stands for the client itself and not for
// a resource owner (RFC 9068 section 2.2: `sub` is then the client).
func (a Access) ForClient() bool { return a.Subject == a.ClientID }

// Claims is the payload of a as RFC 9068 has it.
func (a Access) Claims() jwt.MapClaims {
	claims := jwt.MapClaims{
		"iss": a.Issuer, "sub": a.Subject, "client_id": a.ClientID, "jti": a.ID,
		"iat": a.IssuedAt.Unix(), "exp": a.Expires.Unix(),
	}
	if len(a.Audience) == 1 {
		claims["aud"] = a.Audience[0]
	} else if len(a.Audience) > 1 {
		claims["aud"] = a.Audience
	}
	if len(a.Scope) > 0 {
		claims["scope"] = a.Scope.String()
	}
	if a.Actor != nil {
		claims["act"] = a.Actor
	}
	return claims
}

// DocumentedClaims is the payload in the documented shape: `scope` an array
// and a fixed issuer.
func (a Access) DocumentedClaims() jwt.MapClaims {
	claims := a.Claims()
	claims["iss"] = DocumentedIssuer
	claims["scope"] = append([]string{}, a.Scope...)
	return claims
}

// ErrMalformed says that the claims of a token are not those of an access
// token.
var ErrMalformed = errors.New("the claims are not those of an access token")

// FromClaims reads the payload of a verified token.
func FromClaims(claims jwt.MapClaims) (Access, error) {
	access := Access{
		ClientID: text(claims["client_id"]), Subject: text(claims["sub"]),
		Issuer: text(claims["iss"]), ID: text(claims["jti"]),
	}
	var ok bool
	if access.Scope, ok = readScope(claims["scope"]); !ok {
		return Access{}, ErrMalformed
	}
	if access.Actor, ok = readActor(claims["act"]); !ok {
		return Access{}, ErrMalformed
	}
	if access.MayAct, ok = readActor(claims["may_act"]); !ok {
		return Access{}, ErrMalformed
	}
	audience, err := claims.GetAudience()
	if err != nil {
		return Access{}, ErrMalformed
	}
	access.Audience = audience
	if issued, err := claims.GetIssuedAt(); err == nil && issued != nil {
		access.IssuedAt = issued.Time
	}
	if expires, err := claims.GetExpirationTime(); err == nil && expires != nil {
		access.Expires = expires.Time
	}
	if slices.Contains([]string{access.Subject, access.ClientID, access.Issuer}, "") {
		return Access{}, ErrMalformed
	}
	return access, nil
}

func text(value any) string {
	s, _ := value.(string)
	return s
}

func readScope(value any) (Scope, bool) {
	switch value := value.(type) {
	case nil:
		return nil, true
	case string:
		return ParseScope(value)
	case []any:
		var scope Scope
		for _, name := range value {
			scope = append(scope, text(name))
		}
		return scope, true
	}
	return nil, false
}

// NewTokenID returns a fresh `jti`. It begins with the id of the grant that the
// token comes of, so that the token ends with it.
func NewTokenID(grantID string) string {
	if grantID == "" {
		return NewID()
	}
	return grantID + "." + NewID()
}

// GrantOf is the id of the grant that an access token comes of; empty for a
// client's own token.
func GrantOf(access Access) string {
	id, _, found := strings.Cut(access.ID, ".")
	if !found {
		return ""
	}
	return id
}

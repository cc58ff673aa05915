// Package bearer owns what every protected resource does with a bearer token:
// it reads it (RFC 6750), verifies it as anybody could, with the issuer's
// published keys or by asking the issuer, and writes the challenge where it
// does not pass.
//
// It does not know what a resource is for, nor which scope an operation needs.
package bearer

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// Resource is one protected resource of a realm.
type Resource struct {
	*realm.Realm
	Name       string            // What its challenges call it: their realm.
	Identifier string            // Tokens for it have this aud.
	Scope      string            // That a challenge to a request without a token names; may be empty.
	Client     realm.Credentials // With which it asks the issuer about tokens.
	Role       string            // Whose rules it follows.
}

// Rules implements rule.Place.
func (at Resource) Rules() rule.Replaced { return at.Realm.RulesOf(at.Role) }

// Admit returns the token of a request and what it says, if it is valid and
// meant for the resource.
func (v *Verifier) Admit(r *http.Request, at Resource) (raw string, access token.Access, refused *wire.Error) {
	if raw, refused = read(r, at); refused != nil {
		return "", token.Access{}, refused
	}
	access, refused = v.admit(r.Context(), at, raw)
	return raw, access, refused
}

func (v *Verifier) admit(ctx context.Context, at Resource, raw string) (token.Access, *wire.Error) {
	access, err := Verify.In(at)(ctx, v, at, raw)
	if refused := new(wire.Error); errors.As(err, &refused) {
		return token.Access{}, refused
	}
	if err != nil {
		return token.Access{}, invalidToken(at)
	}
	return access, nil
}

// read reads the token from the one Authorization header (RFC 6750
// section 2.1, https://www.rfc-editor.org/rfc/rfc6750#section-2.1). Tokens in
// the URL are not supported (RFC 9700 section 4.3.2,
// https://www.rfc-editor.org/rfc/rfc9700#section-4.3.2).
func read(r *http.Request, at Resource) (string, *wire.Error) {
	lines := r.Header.Values("Authorization")
	switch {
	case len(lines) > 1, r.URL.Query().Has("access_token"):
		return "", invalidRequest(at, "a token is sent in one Authorization header, and not in the URL")
	case len(lines) == 0:
		return "", unauthenticated(at)
	}
	scheme, raw, _ := strings.Cut(lines[0], " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return "", unauthenticated(at)
	}
	raw = strings.TrimLeft(raw, " ")
	if !isB64Token(raw) {
		return "", invalidRequest(at, "the Authorization header is not Bearer and one token")
	}
	return raw, nil
}

// isB64Token: b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="
func isB64Token(s string) bool {
	body := strings.TrimRight(s, "=")
	return body != "" && !strings.ContainsFunc(body, func(r rune) bool {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		return !letter && !strings.ContainsRune("-._~+/", r)
	})
}

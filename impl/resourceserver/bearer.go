package resourceserver

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// gate lets a request pass whose token is valid and has the scope that the
// operation needs. It stands before everything that reads the request.
type gate struct {
	mux       *http.ServeMux
	next      http.Handler
	verifiers *verifiers
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, pattern := g.mux.Handler(r)
	needed, protected := required[pattern]
	if !protected {
		g.next.ServeHTTP(w, r)
		return
	}
	access, refused := g.admit(r, needed)
	if refused != nil {
		wire.WriteError(w, refused)
		return
	}
	g.next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), accessKey{}, access)))
}

func (g *gate) admit(r *http.Request, needed anyOf) (token.Access, *wire.Error) {
	current := realm.From(r.Context())
	raw, refused := bearer(r, current)
	if refused != nil {
		return token.Access{}, refused
	}
	access, err := g.verifiers.verify(r.Context(), current, raw)
	if err != nil && current.Faults().Has(fault.RefreshTokenOpensResource) {
		access, err = ofRefreshToken(r.Context(), current, raw)
	}
	// Who acted before decides nothing (RFC 8693 section 4.1,
	// https://www.rfc-editor.org/rfc/rfc8693#section-4.1).
	decides := access.Actor.Length() > 1 && current.Faults().Has(fault.PriorActorDecides)
	if decides || current.Faults().Has(fault.ValidTokenRefused) {
		return token.Access{}, invalidToken(current)
	}
	if refused := new(wire.Error); errors.As(err, &refused) {
		return token.Access{}, refused
	}
	if err != nil {
		return token.Access{}, invalidToken(current)
	}
	if len(needed) > 1 && current.Faults().Has(fault.SummaryNeedsRead) {
		needed = needed[:1]
	}
	if !needed.metBy(access.Scope) && !current.Faults().Has(fault.ScopeNotChecked) {
		return token.Access{}, insufficientScope(current, needed)
	}
	return access, nil
}

// ofRefreshToken is the access that a faulty server gives to the holder of a
// refresh token.
func ofRefreshToken(ctx context.Context, r *realm.Realm, raw string) (token.Access, error) {
	found, err := r.Store().RefreshToken(ctx, token.HashOf(raw))
	if err != nil {
		return token.Access{}, err
	}
	grant, err := r.Store().Grant(ctx, found.GrantID)
	return token.Access{Subject: grant.UserID, ClientID: grant.ClientID, Scope: grant.Scope}, err
}

// bearer reads the token from the one Authorization header (RFC 6750
// section 2.1, https://www.rfc-editor.org/rfc/rfc6750#section-2.1). Tokens in
// the URL are not supported (RFC 9700 section 4.3.2,
// https://www.rfc-editor.org/rfc/rfc9700#section-4.3.2).
func bearer(r *http.Request, current *realm.Realm) (string, *wire.Error) {
	lines := r.Header.Values("Authorization")
	inQuery := r.URL.Query().Has("access_token")
	if inQuery && current.Faults().Has(fault.TokenInQueryAccepted) {
		return r.URL.Query().Get("access_token"), nil
	}
	switch {
	case len(lines) > 1, len(lines) == 1 && inQuery:
		return "", invalidRequest(current, "the token may be sent in one way only, in one Authorization header")
	case inQuery:
		return "", invalidRequest(current, "a token does not belong in a URL; send it in the Authorization header")
	case len(lines) == 0:
		return "", unauthenticated(current)
	}
	scheme, raw, _ := strings.Cut(lines[0], " ")
	if !strings.EqualFold(scheme, "Bearer") || scheme != "Bearer" && current.Faults().Has(fault.SchemeCaseSensitive) {
		return "", unauthenticated(current)
	}
	raw = strings.TrimLeft(raw, " ")
	if !isB64Token(raw) {
		return "", invalidRequest(current, "the Authorization header is not Bearer and one token")
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

type accessKey struct{}

// accessOf is what the token behind a protected request says.
func accessOf(ctx context.Context) token.Access {
	access, _ := ctx.Value(accessKey{}).(token.Access)
	return access
}

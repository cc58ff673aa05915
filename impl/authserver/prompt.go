package authserver

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/redirecturi"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// prompt is how the client wants the person to be asked (OpenID Connect Core
// section 3.1.2.1, https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest).
type prompt struct {
	values []string
	maxAge time.Duration // -1 where it does not matter when the person signed in.
}

func (p prompt) has(value string) bool { return slices.Contains(p.values, value) }

// silent: the client wants an answer without any page.
func (p prompt) silent() bool { return p.has("none") }

// promptOf reads prompt and max_age. Values that nobody knows are ignored.
func promptOf(request authserver.AuthorizationRequest) (prompt, *wire.Error) {
	p := prompt{values: strings.Fields(value(request.Prompt)), maxAge: -1}
	if p.silent() && len(p.values) > 1 {
		return p, wire.InvalidRequest("prompt=none stands alone")
	}
	if request.MaxAge == nil {
		return p, nil
	}
	seconds, err := strconv.ParseUint(*request.MaxAge, 10, 31)
	if err != nil {
		return p, wire.InvalidRequest("max_age is no number of seconds")
	}
	p.maxAge = time.Duration(seconds) * time.Second
	return p, nil
}

// mustSignIn tells whether the person has to sign in before anything else.
func (p prompt) mustSignIn(who Person, signedInForIt bool, r *realm.Realm) bool {
	switch {
	case who.ID == "":
		return true
	case signedInForIt:
		return false
	case p.has("login"):
		return true
	// To choose another account is to sign in with it.
	case p.has("select_account"):
		return true
	}
	return p.maxAge >= 0 && r.Clock.Now().Sub(who.SignedIn) > p.maxAge
}

// mustConsent tells whether the person has to be asked what the client may do.
func mustConsent(ctx context.Context, who Person, to destination, a asked) (bool, error) {
	r := realm.From(ctx)
	if ConsentEstablished.In(r)(to.client) && !a.prompt.has("consent") {
		return false, nil
	}
	given, err := r.Store().Consent(ctx, who.ID, to.client.ID)
	known := err == nil && given.Shown == seen(to) && ClientRecognizable.In(r)(to.client, to.redirectURI)
	if !known {
		given.Scope = nil
	}
	return ConsentNeeded.In(r)(a.prompt.values, a.scope, given.Scope), ignoring(err, store.ErrNotFound)
}

// ConsentEstablished tells whether consent to a client was established by other means
// than asking the person, such as by their organization (RFC 6749 section 4.1.1,
// https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1). Every person decides here.
var ConsentEstablished = rule.New(func(store.Client) bool { return false })

// ConsentNeeded tells whether the person is asked: where the client wants that, and
// for more than what they allowed it before (OpenID Connect Core section 3.1.2.4,
// https://openid.net/specs/openid-connect-core-1_0.html#Consent).
var ConsentNeeded = rule.New(func(prompt []string, scope, allowed token.Scope) bool {
	return slices.Contains(prompt, "consent") || len(allowed) == 0 || len(scope.Within(allowed)) < len(scope)
})

// ClientRecognizable tells whether a repeated request surely comes from the same
// client: it proves itself by its secret, or by its https address. Everybody
// can ask in the name of a public client on the person's own device (RFC 8252
// section 8.6, https://www.rfc-editor.org/rfc/rfc8252#section-8.6). Of a way back
// that others can read the person is warned each time.
var ClientRecognizable = rule.New(func(client store.Client, redirectURI string) bool {
	return client.Confidential() && !unencrypted(redirectURI) || strings.HasPrefix(redirectURI, "https://")
})

// local tells whether a redirect URI leads to the person's own computer.
func local(redirectURI string) bool {
	return redirecturi.IsLocal(hostname(redirectURI))
}

func loginRequired() *wire.Error {
	return &wire.Error{Code: "login_required", Description: "the person has to sign in, and prompt=none forbids to ask"}
}

func consentRequired() *wire.Error {
	return &wire.Error{Code: "consent_required", Description: "the person has to consent, and prompt=none forbids to ask"}
}

package authserver

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/redirecturi"
	"github.com/grantproof/grantproof/impl/store"
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
func promptOf(request authserver.AuthorizationRequest, faults faultname.Set) (prompt, *wire.Error) {
	p := prompt{values: strings.Fields(value(request.Prompt)), maxAge: -1}
	if p.silent() && faults.Has(faultname.PromptNoneWithOthers) {
		p.values = []string{"none"}
	}
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
func (p prompt) mustSignIn(who person, signedInForIt bool, r *realm.Realm) bool {
	faults := r.Faults()
	switch {
	case who.ID == "":
		return true
	case signedInForIt:
		return false
	case p.has("login") && !faults.Has(faultname.PromptLoginIgnored):
		return true
	// To choose another account is to sign in with it.
	case p.has("select_account") && !faults.Has(faultname.PromptSelectAccountIgnored):
		return true
	}
	return p.maxAge >= 0 && r.Clock.Now().Sub(who.SignedIn) > p.maxAge && !faults.Has(faultname.MaxAgeIgnored)
}

// mustConsent tells whether the person has to be asked what the client may do.
func mustConsent(ctx context.Context, who person, to destination, a asked) (bool, error) {
	r := realm.From(ctx)
	if r.Faults().Has(faultname.ConsentSkipped) {
		return false, nil
	}
	if a.prompt.has("consent") && !r.Faults().Has(faultname.PromptConsentIgnored) {
		return true, nil
	}
	if a.scope.Has(offlineAccess) && r.Faults().Has(faultname.OfflineAccessNotAsked) {
		return false, nil
	}
	if !recognizable(to) && !r.Faults().Has(faultname.ConsentRememberedForAll) {
		return true, nil
	}
	given, err := r.Store().Consent(ctx, who.ID, to.client.ID)
	if errors.Is(err, store.ErrNotFound) {
		return true, nil
	}
	return given.Shown != seen(to) || len(a.scope.Within(given.Scope)) < len(a.scope), err
}

// recognizable tells whether a repeated request surely comes from the same
// client: it proves itself by its secret, or by its https address. Everybody
// can ask in the name of a public client on the person's own device (RFC 8252
// section 8.6, https://www.rfc-editor.org/rfc/rfc8252#section-8.6). Of a way back
// that others can read the person is warned each time.
func recognizable(to destination) bool {
	return to.client.Confidential() && !unencrypted(to.redirectURI) || strings.HasPrefix(to.redirectURI, "https://")
}

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

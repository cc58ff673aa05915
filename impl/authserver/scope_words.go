package authserver

import (
	"fmt"
	"slices"
	"time"

	"github.com/grantproof/grantproof/impl/authserver/pages"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// words are what the scopes allow.
var words = map[string]string{
	"tasks:read":  "see your tasks",
	"tasks:write": "create, change and delete your tasks",
	"user:read":   "see your user name, email address and preferences",
	"user:write":  "change your email address and preferences",
	"openid":      "know that it is you",
	"profile":     "see your user name",
	"email":       "see your email address",
	offlineAccess: "do all this while you are away, too",
}

// inWords says what each scope allows, what is fixed first and what is about
// all of it last. The person may leave out what is not fixed; ticked is what is
// not left out.
func inWords(asked, ticked token.Scope) []pages.Action {
	place := func(name string) int {
		switch {
		case fixed(asked, name):
			return 0
		case name == offlineAccess:
			return 2
		}
		return 1
	}
	var actions []pages.Action
	for _, name := range slices.SortedStableFunc(slices.Values(asked), func(a, b string) int { return place(a) - place(b) }) {
		text, known := words[name]
		if !known {
			text = name
		}
		actions = append(actions, pages.Action{Scope: name, Text: text, Fixed: fixed(asked, name), Ticked: ticked.Has(name)})
	}
	return actions
}

// fixed: where one thing is asked for there is nothing to choose, and without
// openid a request is none for authentication (OpenID Connect Core section
// 3.1.2.1, https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest).
func fixed(asked token.Scope, name string) bool { return len(asked) == 1 || name == "openid" }

// allowedOf is what a person allowed of what was asked for.
func allowedOf(asked token.Scope, ticked []string) token.Scope {
	return slices.DeleteFunc(slices.Clone(asked), func(name string) bool {
		return !fixed(asked, name) && !slices.Contains(ticked, name)
	})
}

// nothingIn tells whether a person left nothing that a client could do, at once
// or while they are away.
func nothingIn(asked, allowed token.Scope) bool {
	return len(allowed) == 0 || len(asked) > 1 && len(allowed) == 1 && allowed.Has(offlineAccess)
}

// lasting says how long the access lasts (RFC 6749 section 10.2,
// https://www.rfc-editor.org/rfc/rfc6749#section-10.2), also where that is for
// the person to choose (OpenID Connect Core section 11,
// https://openid.net/specs/openid-connect-core-1_0.html#OfflineAccess).
func lasting(client store.Client, asked token.Scope) string {
	most := int(realm.Policy{}.RefreshAbsolute() / (24 * time.Hour))
	switch {
	case !client.MayUse("refresh_token"):
		return "This lasts for one hour, unless you end it in your account before."
	case asked.Has(offlineAccess) && len(asked) > 1:
		return fmt.Sprintf("If it may do so while you are away, this lasts until you end it in your account, and %d days at most; else for one hour.", most)
	}
	return fmt.Sprintf("This lasts until you end it in your account, and %d days at most.", most)
}

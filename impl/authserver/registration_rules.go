package authserver

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/clientmetadata"
	"github.com/grantproof/grantproof/impl/printable"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/redirecturi"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// ClientMetadata is what a client is registered with: what it says of itself, and for
// what it leaves out the defaults of RFC 7591 section 2
// (https://www.rfc-editor.org/rfc/rfc7591#section-2). What the server does not know,
// it ignores.
var ClientMetadata = rule.New(func(r *realm.Realm, client *store.Client, metadata oauth.ClientMetadata) *wire.Error {
	client.AuthMethod = orDefault(metadata.TokenEndpointAuthMethod, "client_secret_basic")
	client.GrantTypes = listOr(metadata.GrantTypes, []string{"authorization_code"})
	client.RedirectURIs = listOr(metadata.RedirectUris, nil)
	client.ClientMetadata = store.ClientMetadata{
		Name: value(metadata.ClientName), ApplicationType: value(metadata.ApplicationType),
		URI: value(metadata.ClientURI), LogoURI: value(metadata.LogoURI), TermsURI: value(metadata.TosURI), PolicyURI: value(metadata.PolicyURI),
		Contacts: listOr(metadata.Contacts, nil), SoftwareID: value(metadata.SoftwareID), SoftwareVersion: value(metadata.SoftwareVersion),
		Localized: localized(metadata.AdditionalProperties), SoftwareStatement: value(metadata.SoftwareStatement),
	}
	if client.ApplicationType == "" {
		client.ApplicationType = redirecturi.ApplicationType(client.RedirectURIs)
	}
	for _, judge := range []func(*store.Client, oauth.ClientMetadata) *wire.Error{judgeNames, judgeAuthMethod, judgeTypes, judgeScope, readKeys} {
		if refused := judge(client, metadata); refused != nil {
			return refused
		}
	}
	return judgeMetadata(r, *client, metadata)
})

// judgeNames: a name is presented to the person who decides (RFC 7591 section 2,
// https://www.rfc-editor.org/rfc/rfc7591#section-2), so that nothing in it may be
// unseen or turn what stands beside it.
func judgeNames(client *store.Client, _ oauth.ClientMetadata) *wire.Error {
	for member, text := range client.Localized {
		if strings.HasPrefix(member, "client_name#") && !printable.IsName(text) {
			return invalidMetadata("client_name with a language tag: " + unseen)
		}
	}
	if client.Name != "" && !printable.IsName(client.Name) {
		return invalidMetadata("client_name: " + unseen)
	}
	return nil
}

const unseen = "it has characters that nobody sees, such as control characters; give a name that is shown as it is"

func judgeAuthMethod(client *store.Client, _ oauth.ClientMetadata) *wire.Error {
	if slices.Contains(authMethods, client.AuthMethod) {
		return nil
	}
	return invalidMetadata("token_endpoint_auth_method: this server knows " + strings.Join(authMethods, ", "))
}

// judgeTypes: grant types and response types go together, or the registration
// is inconsistent (RFC 7591 section 2.1,
// https://www.rfc-editor.org/rfc/rfc7591#section-2.1).
func judgeTypes(client *store.Client, metadata oauth.ClientMetadata) *wire.Error {
	for _, grantType := range client.GrantTypes {
		if !slices.Contains(grantTypes(), grantType) {
			return invalidMetadata("grant_types: this server knows " + strings.Join(grantTypes(), ", "))
		}
	}
	if len(client.GrantTypes) == 0 {
		return invalidMetadata("grant_types: a client without a grant can do nothing")
	}
	if client.MayUse("client_credentials") && !client.Confidential() {
		return invalidMetadata("grant_types: a client without credentials cannot use client_credentials")
	}
	// What a client serves is not for it to say, so that no client that registers
	// itself exchanges tokens.
	if client.MayUse(tokenExchange) && (len(client.Serves) == 0 || !client.Confidential()) {
		return invalidMetadata("grant_types: tokens are exchanged by clients with credentials that are registered here to serve a protected resource")
	}
	wanted := listOr(metadata.ResponseTypes, client.ResponseTypes())
	if !slices.Equal(wanted, client.ResponseTypes()) {
		return invalidMetadata(fmt.Sprintf("response_types: with these grant_types they are %q", client.ResponseTypes()))
	}
	return nil
}

func judgeScope(client *store.Client, metadata oauth.ClientMetadata) *wire.Error {
	scope, ok := token.ParseScope(value(metadata.Scope))
	if !ok || len(scope.Within(knownScopes)) < len(scope) {
		return invalidMetadata("scope: a client can register for " + knownScopes.String())
	}
	client.Scope = scope
	if len(scope) == 0 {
		client.Scope = realm.Scopes
	}
	return nil
}

// readKeys takes over where the keys of a client are.
func readKeys(client *store.Client, metadata oauth.ClientMetadata) *wire.Error {
	client.JWKS, client.JWKSURI = nil, value(metadata.JwksURI)
	if metadata.Jwks != nil {
		var err error
		if client.JWKS, err = json.Marshal(metadata.Jwks); err != nil {
			return invalidMetadata("jwks: " + err.Error())
		}
	}
	return nil
}

// translatable are the members that people read, and that so may have a
// language tag (RFC 7591 section 2.2,
// https://www.rfc-editor.org/rfc/rfc7591#section-2.2).
var translatable = []string{"client_name", "client_uri", "logo_uri", "tos_uri", "policy_uri"}

func localized(members map[string]any) map[string]string {
	var texts map[string]string
	for name, member := range members {
		base, tag, found := strings.Cut(name, "#")
		text, isText := member.(string)
		fits := len(texts) < clientmetadata.MaxLocalized && len(text) <= clientmetadata.MaxURI && len(tag) > 0 && len(tag) <= 64 && printable.Is(tag)
		if found && isText && fits && slices.Contains(translatable, base) {
			if texts == nil {
				texts = map[string]string{}
			}
			texts[name] = text
		}
	}
	return texts
}

func orDefault(given *string, otherwise string) string {
	if given == nil {
		return otherwise
	}
	return *given
}

func listOr(given *[]string, otherwise []string) []string {
	if given == nil {
		return otherwise
	}
	return slices.Compact(slices.Clone(*given))
}

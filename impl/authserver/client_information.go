package authserver

import (
	"net/url"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/strictjson"
)

// information is all that is registered of a client, with what the server
// added (RFC 7591 section 3.2.1, https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1).
func information(r *realm.Realm, client store.Client, issued credentials) oauth.ClientInformation {
	shown := oauth.ClientInformation{
		ClientID: client.ID, ClientIDIssuedAt: client.IssuedAt.Unix(),
		RegistrationClientURI: r.Issuer + "/oauth/register/" + url.PathEscape(client.ID), RegistrationAccessToken: issued.registration,
		TokenEndpointAuthMethod: &client.AuthMethod, ApplicationType: &client.ApplicationType,
		GrantTypes: &client.GrantTypes, ResponseTypes: new(client.ResponseTypes()), Scope: new(client.Scope.String()),
		RedirectUris: optionalList(client.RedirectURIs), Contacts: optionalList(client.Contacts),
		ClientName: optional(client.Name), ClientURI: optional(client.URI), LogoURI: optional(client.LogoURI),
		TosURI: optional(client.TermsURI), PolicyURI: optional(client.PolicyURI), JwksURI: optional(client.JWKSURI),
		SoftwareID: optional(client.SoftwareID), SoftwareVersion: optional(client.SoftwareVersion),
		SoftwareStatement:    optional(client.SoftwareStatement),
		AdditionalProperties: map[string]any{},
	}
	if client.JWKS != nil {
		_ = strictjson.Unmarshal(client.JWKS, &shown.Jwks) // It was an object when it was registered.
	}
	for name, text := range client.Localized {
		shown.AdditionalProperties[name] = text
	}
	if issued.secret != "" {
		shown.ClientSecret, shown.ClientSecretExpiresAt = &issued.secret, new(int64(0))
		if !client.SecretExpiresAt.IsZero() {
			shown.ClientSecretExpiresAt = new(client.SecretExpiresAt.Unix())
		}
	}
	return shown
}

// optional leaves out what is empty.
func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func optionalList(list []string) *[]string {
	if len(list) == 0 {
		return nil
	}
	return &list
}

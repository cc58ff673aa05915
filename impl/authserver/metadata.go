package authserver

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/realm"
)

// AuthorizationServerMetadata implements RFC 8414 section 3
// (https://www.rfc-editor.org/rfc/rfc8414#section-3).
func (s *Server) AuthorizationServerMetadata(ctx context.Context, _ authserver.AuthorizationServerMetadataRequestObject) (authserver.AuthorizationServerMetadataResponseObject, error) {
	return published(ctx)
}

// OpenIDConfiguration serves the same document where OpenID Connect looks for
// it (OpenID Connect Discovery section 4,
// https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig).
func (s *Server) OpenIDConfiguration(ctx context.Context, _ authserver.OpenIDConfigurationRequestObject) (authserver.OpenIDConfigurationResponseObject, error) {
	return published(ctx)
}

func published(ctx context.Context) (document, error) {
	r := realm.From(ctx)
	if r.Policy().SignedMetadata {
		return signedMetadata(r) // Made anew each time: the key changes.
	}
	return r.Document("metadata", func() ([]byte, error) { return json.Marshal(metadata(r)) })
}

// signedMetadata is the metadata, and the same again as the claims of a JWT
// (RFC 8414 section 2.1, https://www.rfc-editor.org/rfc/rfc8414#section-2.1).
func signedMetadata(r *realm.Realm) (document, error) {
	plain := metadata(r)
	claims := jwt.MapClaims{}
	if err := recode(plain, &claims); err != nil {
		return nil, err
	}
	claims["iss"], claims["iat"] = r.Issuer, r.Clock.Now().Unix()
	signed, err := r.Keys.Sign(r.Policy().Algorithm(), r.Clock.Now(), map[string]any{"typ": "JWT"}, claims)
	if err != nil {
		return nil, err
	}
	plain.SignedMetadata = &signed
	return json.Marshal(plain)
}

func metadata(r *realm.Realm) oauth.AuthorizationServerMetadata {
	m := oauth.AuthorizationServerMetadata{
		Issuer:                                             r.Issuer,
		AuthorizationEndpoint:                              new(r.Issuer + "/oauth/authorize"),
		TokenEndpoint:                                      new(r.Issuer + "/oauth/token"),
		IntrospectionEndpoint:                              new(r.Issuer + "/oauth/introspect"),
		RevocationEndpoint:                                 new(r.Issuer + "/oauth/revoke"),
		UserinfoEndpoint:                                   new(r.Issuer + "/oauth/userinfo"),
		ClientIDMetadataDocumentSupported:                  new(true),
		SubjectTypesSupported:                              new([]string{"public"}),
		IDTokenSigningAlgValuesSupported:                   new([]string{idTokenAlgorithm}),
		ClaimsSupported:                                    new([]string{"sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "preferred_username", "email"}),
		ProtectedResources:                                 new(r.Resources()),
		RequestURIParameterSupported:                       new(false),
		JwksURI:                                            new(r.Issuer + "/.well-known/jwks.json"),
		ScopesSupported:                                    new([]string(knownScopes)),
		ResponseTypesSupported:                             []string{"code"},
		ResponseModesSupported:                             new(responseModes),
		GrantTypesSupported:                                new(grantTypes()),
		TokenEndpointAuthMethodsSupported:                  new(authMethods),
		IntrospectionEndpointAuthMethodsSupported:          new(confidentialMethods()),
		RevocationEndpointAuthMethodsSupported:             new(authMethods),
		TokenEndpointAuthSigningAlgValuesSupported:         new(slices.Clone(assertionAlgorithms)),
		IntrospectionEndpointAuthSigningAlgValuesSupported: new(slices.Clone(assertionAlgorithms)),
		RevocationEndpointAuthSigningAlgValuesSupported:    new(slices.Clone(assertionAlgorithms)),
		CodeChallengeMethodsSupported:                      new(r.Policy().CodeChallenge.Methods()),
		AuthorizationResponseIssParameterSupported:         new(true),
	}
	if r.Policy().Registration != realm.RegistrationOff {
		m.RegistrationEndpoint = new(r.Issuer + "/oauth/register")
	}
	return m
}

// JSONWebKeySet publishes the keys that verify the tokens of the realm.
func (s *Server) JSONWebKeySet(ctx context.Context, _ authserver.JSONWebKeySetRequestObject) (authserver.JSONWebKeySetResponseObject, error) {
	r := realm.From(ctx)
	keys, err := r.Keys.JWKS(r.Clock.Now())
	return document(keys), err
}

// document is an answer that is JSON already.
type document []byte

func (d document) write(w http.ResponseWriter) error {
	w.Header().Set("Content-Type", "application/json")
	_, err := w.Write(d)
	return err
}

// VisitJSONWebKeySetResponse implements the response of the operation.
func (d document) VisitJSONWebKeySetResponse(w http.ResponseWriter) error { return d.write(w) }

// VisitAuthorizationServerMetadataResponse implements the response of the
// operation.
func (d document) VisitAuthorizationServerMetadataResponse(w http.ResponseWriter) error {
	return d.write(w)
}

// VisitOpenIDConfigurationResponse implements the response of the operation.
func (d document) VisitOpenIDConfigurationResponse(w http.ResponseWriter) error { return d.write(w) }

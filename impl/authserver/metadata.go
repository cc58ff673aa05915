package authserver

import (
	"context"
	"encoding/json"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/realm"
)

// AuthorizationServerMetadata implements RFC 8414 section 3
// (https://www.rfc-editor.org/rfc/rfc8414#section-3).
func (s *Server) AuthorizationServerMetadata(ctx context.Context, _ authserver.AuthorizationServerMetadataRequestObject) (authserver.AuthorizationServerMetadataResponseObject, error) {
	r := realm.From(ctx)
	metadata := oauth.AuthorizationServerMetadata{
		Issuer:                            r.Issuer,
		AuthorizationEndpoint:             new(r.Issuer + "/oauth/authorize"),
		TokenEndpoint:                     new(r.Issuer + "/oauth/token"),
		IntrospectionEndpoint:             new(r.Issuer + "/oauth/introspect"),
		RevocationEndpoint:                new(r.Issuer + "/oauth/revoke"),
		JwksURI:                           new(r.Issuer + "/.well-known/jwks.json"),
		ScopesSupported:                   new([]string(realm.Scopes)),
		ResponseTypesSupported:            []string{"code"},
		ResponseModesSupported:            new(responseModes),
		GrantTypesSupported:               new(grantTypes()),
		TokenEndpointAuthMethodsSupported: new([]string{"client_secret_basic", "client_secret_post", "none"}),
		IntrospectionEndpointAuthMethodsSupported:  new([]string{"client_secret_basic", "client_secret_post"}),
		RevocationEndpointAuthMethodsSupported:     new([]string{"client_secret_basic", "client_secret_post", "none"}),
		CodeChallengeMethodsSupported:              new([]string{"S256"}),
		AuthorizationResponseIssParameterSupported: new(true),
	}
	if r.Faults().Has(fault.IssuerWithTrailingSlash) {
		metadata.Issuer += "/"
	}
	return authserver.AuthorizationServerMetadata200JSONResponse(metadata), nil
}

// JSONWebKeySet publishes the keys that verify the tokens of the realm.
func (s *Server) JSONWebKeySet(ctx context.Context, _ authserver.JSONWebKeySetRequestObject) (authserver.JSONWebKeySetResponseObject, error) {
	var keys oauth.JSONWebKeySet
	if err := json.Unmarshal(realm.From(ctx).Keys.JWKS(), &keys); err != nil {
		return nil, err
	}
	return authserver.JSONWebKeySet200JSONResponse(keys), nil
}

package control

import (
	"context"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// CreateClient registers a client that acts for the realm's resource owner.
func (s *Server) CreateClient(ctx context.Context, request control.CreateClientRequestObject) (control.CreateClientResponseObject, error) {
	found, err := s.find(request.Realm)
	if err != nil {
		return nil, err
	}
	client, err := clientOf(*request.Body)
	if err != nil {
		return nil, err
	}
	secret, err := giveCredentials(found, &client, *request.Body)
	if err != nil {
		return nil, err
	}
	client.ActsFor = []string{found.User.ID}
	if err := found.Store().PutClient(ctx, client); err != nil {
		return nil, err
	}
	response := control.CreateClient201JSONResponse{
		ClientID: client.ID, TokenEndpointAuthMethod: client.AuthMethod, GrantTypes: client.GrantTypes,
		RedirectUris: append([]string{}, client.RedirectURIs...), Scope: client.Scope.String(),
	}
	if secret != "" {
		response.ClientSecret = &secret
	}
	return response, nil
}

func clientOf(request control.ClientRequest) (store.Client, error) {
	client := store.Client{ID: token.NewID(), AuthMethod: "client_secret_basic", GrantTypes: []string{"authorization_code"}, Scope: realm.Scopes}
	if request.ClientID != nil {
		client.ID = *request.ClientID
	}
	if request.TokenEndpointAuthMethod != nil {
		client.AuthMethod = string(*request.TokenEndpointAuthMethod)
	}
	if request.GrantTypes != nil {
		client.GrantTypes = *request.GrantTypes
	}
	if request.RedirectUris != nil {
		client.RedirectURIs = *request.RedirectUris
	}
	if request.ClientName != nil {
		client.Name = *request.ClientName
	}
	if request.Serves != nil {
		client.Serves = *request.Serves
	}
	client.SelfRegistered = request.SelfRegistered != nil && *request.SelfRegistered
	if request.Scope != nil {
		scope, ok := token.ParseScope(*request.Scope)
		if !ok {
			return client, wire.InvalidRequest("scope: not a space-delimited list of scope tokens")
		}
		client.Scope = scope
	}
	return client, nil
}

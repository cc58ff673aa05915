package authserver

import (
	"context"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
)

// Health tells that the server is alive.
func (s *Server) Health(context.Context, authserver.HealthRequestObject) (authserver.HealthResponseObject, error) {
	return authserver.Health200JSONResponse{Status: "ok", Service: "auth-server"}, nil
}

// Ready tells that the server can answer.
func (s *Server) Ready(ctx context.Context, _ authserver.ReadyRequestObject) (authserver.ReadyResponseObject, error) {
	if refused := realm.From(ctx).Ready(ctx); refused != nil {
		return nil, refused
	}
	return authserver.Ready200JSONResponse{Status: "ready", Service: "auth-server"}, nil
}

// ListClients shows the registered clients of a documented realm, their
// secrets redacted.
func (s *Server) ListClients(ctx context.Context, _ authserver.ListClientsRequestObject) (authserver.ListClientsResponseObject, error) {
	r := realm.From(ctx)
	if !ClientsListed.In(r)(r.Policy()) {
		return nil, notFound()
	}
	clients, err := r.Store().Clients(ctx)
	if err != nil {
		return nil, err
	}
	list := authserver.ListClients200JSONResponse{Clients: []authserver.ClientSummary{}}
	for _, client := range clients {
		list.Clients = append(list.Clients, summary(client))
	}
	return list, nil
}

// ClientsListed tells whether a realm shows its clients: that of the demo alone.
var ClientsListed = rule.New(func(policy realm.Policy) bool { return policy.Documented })

func summary(client store.Client) authserver.ClientSummary {
	secret := ""
	if client.Confidential() {
		secret = "[redacted]"
	}
	return authserver.ClientSummary{
		ClientID: client.ID, ClientSecret: secret, Scope: client.Scope.String(),
		GrantTypes: append([]string{}, client.GrantTypes...), RedirectUris: append([]string{}, client.RedirectURIs...),
	}
}

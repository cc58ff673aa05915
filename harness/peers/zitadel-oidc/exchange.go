package main

import (
	"context"
	"slices"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

var _ op.TokenExchangeStorage = &storage{}

// ValidateTokenExchangeRequest decides what the library leaves to the storage:
// who may exchange which token for what.
func (s *storage) ValidateTokenExchangeRequest(_ context.Context, asked op.TokenExchangeRequest) error {
	if !slices.Contains(s.clients[asked.GetClientID()].grants, oidc.GrantTypeTokenExchange) {
		return oidc.ErrUnauthorizedClient()
	}
	if asked.GetRequestedTokenType() == "" {
		asked.SetRequestedTokenType(oidc.AccessTokenType)
	}
	subject, valid := s.valid(asked.GetExchangeSubjectTokenIDOrToken())
	switch {
	case asked.GetRequestedTokenType() != oidc.AccessTokenType:
		return oidc.ErrInvalidRequest().WithDescription("access tokens are issued, and nothing else")
	case asked.GetExchangeSubjectTokenType() != oidc.AccessTokenType || !valid || subject.subject != owner.id:
		return oidc.ErrInvalidRequest().WithDescription("the subject_token is no access token of the user")
	case asked.GetExchangeActorTokenType() != "" && !s.isActor(asked):
		return oidc.ErrInvalidRequest().WithDescription("the actor_token is no access token")
	case slices.ContainsFunc(slices.Concat(asked.GetAudience(), asked.GetResourses()), func(target string) bool { return target != issuer }):
		return oidc.ErrInvalidTarget()
	}
	return narrow(asked, subject.scopes)
}

// isActor tells whether the request has an actor token that is valid now.
func (s *storage) isActor(asked op.TokenExchangeRequest) bool {
	_, valid := s.valid(asked.GetExchangeActorTokenIDOrToken())
	return asked.GetExchangeActorTokenType() == oidc.AccessTokenType && valid
}

// narrow grants no more than the subject token has, of the scopes of the
// protected resource.
func narrow(asked op.TokenExchangeRequest, held []string) error {
	mayHave := slices.DeleteFunc(slices.Clone(held), func(scope string) bool { return !slices.Contains(scopes, scope) })
	if len(asked.GetScopes()) == 0 {
		asked.SetCurrentScopes(mayHave)
	}
	if slices.ContainsFunc(asked.GetScopes(), func(scope string) bool { return !slices.Contains(mayHave, scope) }) {
		return oidc.ErrInvalidScope()
	}
	return nil
}

func (s *storage) CreateTokenExchangeRequest(context.Context, op.TokenExchangeRequest) error {
	return nil
}

func (s *storage) GetPrivateClaimsFromTokenExchangeRequest(context.Context, op.TokenExchangeRequest) (map[string]any, error) {
	return nil, nil
}

func (s *storage) SetUserinfoFromTokenExchangeRequest(context.Context, *oidc.UserInfo, op.TokenExchangeRequest) error {
	return nil
}

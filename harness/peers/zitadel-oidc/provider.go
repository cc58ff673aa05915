package main

import (
	"context"
	"crypto/subtle"
	"slices"

	"github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// owner is the one user.
var owner = struct{ id, name, email string }{"user-1", "owner", "owner@example.com"}

func (s *storage) GetClientByClientID(_ context.Context, id string) (op.Client, error) {
	found, ok := s.clients[id]
	if !ok {
		return nil, errUnknown
	}
	return found, nil
}

func (s *storage) AuthorizeClientIDSecret(_ context.Context, id, secret string) error {
	found, ok := s.clients[id]
	if !ok || found.secret == "" || subtle.ConstantTimeCompare([]byte(found.secret), []byte(secret)) != 1 {
		return errUnknown
	}
	return nil
}

func (s *storage) ClientCredentials(ctx context.Context, id, secret string) (op.Client, error) {
	if err := s.AuthorizeClientIDSecret(ctx, id, secret); err != nil {
		return nil, err
	}
	return s.clients[id], nil
}

// ClientCredentialsTokenRequest grants the scopes of the protected resource; by
// default all of them.
func (s *storage) ClientCredentialsTokenRequest(_ context.Context, id string, asked []string) (op.TokenRequest, error) {
	allowed := s.clients[id].scopes
	if len(asked) == 0 {
		asked = allowed
	}
	if slices.ContainsFunc(asked, func(scope string) bool { return !slices.Contains(allowed, scope) }) {
		return nil, oidc.ErrInvalidScope()
	}
	return itself{id, asked}, nil
}

func (s *storage) SetUserinfoFromScopes(context.Context, *oidc.UserInfo, string, string, []string) error {
	return nil
}

func (s *storage) SetUserinfoFromRequest(_ context.Context, info *oidc.UserInfo, _ op.IDTokenRequest, scopes []string) error {
	describe(info, scopes)
	return nil
}

func (s *storage) SetUserinfoFromToken(_ context.Context, info *oidc.UserInfo, id, _, _ string) error {
	token, ok := s.valid(id)
	if !ok || token.subject != owner.id {
		return errUnknown
	}
	describe(info, token.scopes)
	return nil
}

func describe(info *oidc.UserInfo, scopes []string) {
	info.Subject = owner.id
	if slices.Contains(scopes, oidc.ScopeProfile) {
		info.PreferredUsername = owner.name
	}
	if slices.Contains(scopes, oidc.ScopeEmail) {
		info.Email, info.EmailVerified = owner.email, true
	}
}

// SetIntrospectionFromToken tells the protected resource of every token, and a
// client of its own.
func (s *storage) SetIntrospectionFromToken(_ context.Context, answer *oidc.IntrospectionResponse, id, _, client string) error {
	token, ok := s.valid(id)
	if !ok || client != "resource" && client != token.client {
		return errUnknown
	}
	answer.Scope, answer.ClientID, answer.Subject, answer.Issuer = token.scopes, token.client, token.subject, issuer
	answer.TokenType, answer.Audience, answer.JWTID = oidc.BearerToken, token.audience, id
	answer.IssuedAt, answer.Expiration = oidc.FromTime(token.issued), oidc.FromTime(token.expires)
	return nil
}

func (s *storage) GetPrivateClaimsFromScopes(context.Context, string, string, []string) (map[string]any, error) {
	return nil, nil
}

func (s *storage) GetKeyByIDAndClientID(context.Context, string, string) (*jose.JSONWebKey, error) {
	return nil, errUnknown
}

func (s *storage) ValidateJWTProfileScopes(context.Context, string, []string) ([]string, error) {
	return nil, oidc.ErrInvalidScope()
}

func (s *storage) Health(context.Context) error { return nil }

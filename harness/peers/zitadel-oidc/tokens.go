package main

import (
	"context"
	"crypto/rand"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

const (
	accessLifetime  = 10 * time.Minute
	refreshLifetime = 24 * time.Hour
)

func (s *storage) CreateAccessToken(_ context.Context, asked op.TokenRequest) (string, time.Time, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	client, family, expires := asked.GetSubject(), "", time.Now().Add(accessLifetime)
	switch asked := asked.(type) {
	case *request:
		if err := s.redeem(asked.id); err != nil {
			return "", time.Time{}, err
		}
		client, family = asked.ClientID, asked.id
	case op.TokenExchangeRequest: // It ends with the token that it comes of.
		subject := s.access[asked.GetExchangeSubjectTokenIDOrToken()]
		client, family, expires = asked.GetClientID(), subject.family, subject.expires
	}
	return s.issue(client, family, expires, asked), expires, nil
}

func (s *storage) issue(client, family string, expires time.Time, asked op.TokenRequest) string {
	id := rand.Text()
	s.access[id] = accessToken{client, asked.GetSubject(), family, asked.GetAudience(), asked.GetScopes(), time.Now(), expires}
	return id
}

// CreateAccessAndRefreshTokens takes a refresh token once. The next one has the
// scope that was granted, even where less was asked for.
func (s *storage) CreateAccessAndRefreshTokens(_ context.Context, asked op.TokenRequest, current string) (string, string, time.Time, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := &refreshToken{token: rand.Text() + rand.Text(), expires: time.Now().Add(refreshLifetime)}
	switch asked := asked.(type) {
	case *request:
		if err := s.redeem(asked.id); err != nil {
			return "", "", time.Time{}, err
		}
		next.client, next.subject, next.family, next.scopes, next.authTime = asked.ClientID, asked.subject, asked.id, asked.Scopes, asked.authTime
	case *refreshToken:
		used, ok := s.refresh[current]
		if !ok || used.used {
			s.endFamily(asked.family)
			return "", "", time.Time{}, oidc.ErrInvalidGrant()
		}
		used.used = true
		next.client, next.subject, next.family, next.scopes, next.authTime = used.client, used.subject, used.family, used.scopes, used.authTime
	default:
		return "", "", time.Time{}, oidc.ErrUnsupportedGrantType()
	}
	s.refresh[next.token] = next
	expires := time.Now().Add(accessLifetime)
	return s.issue(next.client, next.family, expires, asked), next.token, expires, nil
}

// TokenRequestByRefreshToken finds used tokens as well, whose family ends when
// it is known that the right client asks.
func (s *storage) TokenRequestByRefreshToken(_ context.Context, token string) (op.RefreshTokenRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.refresh[token]
	if !ok || time.Now().After(found.expires) {
		return nil, errUnknown
	}
	copied := *found
	return &copied, nil
}

func (s *storage) TerminateSession(_ context.Context, subject, client string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, token := range s.access {
		if token.client == client && token.subject == subject && token.family != "" {
			s.endFamily(token.family)
		}
	}
	return nil
}

func (s *storage) GetRefreshTokenInfo(_ context.Context, _, token string) (string, string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.refresh[token]
	if !ok {
		return "", "", op.ErrInvalidRefreshToken
	}
	return found.subject, token, nil
}

func (s *storage) RevokeToken(_ context.Context, token, _, client string) *oidc.Error {
	s.mu.Lock()
	defer s.mu.Unlock()
	access, isAccess := s.access[token]
	refresh, isRefresh := s.refresh[token]
	switch {
	case isAccess && access.client != client, isRefresh && refresh.client != client:
		return oidc.ErrInvalidGrant().WithDescription("the token was issued to another client")
	case isAccess:
		delete(s.access, token)
	case isRefresh:
		s.endFamily(refresh.family)
	}
	return nil
}

// valid is an access token that was neither revoked nor has expired.
func (s *storage) valid(id string) (accessToken, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.access[id]
	return found, ok && time.Now().Before(found.expires)
}

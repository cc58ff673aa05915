package main

import (
	"slices"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
)

// request is an authentication request, from its arrival to the redemption of
// its code. It implements op.AuthRequest.
type request struct {
	oidc.AuthRequest
	id, subject string
	created     time.Time
	authTime    time.Time
	done        bool // The resource owner has approved.
	code        string
	redeemed    bool
}

func (r *request) GetID() string            { return r.id }
func (r *request) GetACR() string           { return "" }
func (r *request) GetAMR() []string         { return []string{"pwd"} }
func (r *request) GetAudience() []string    { return []string{r.ClientID} }
func (r *request) GetAuthTime() time.Time   { return r.authTime }
func (r *request) GetClientID() string      { return r.ClientID }
func (r *request) GetNonce() string         { return r.Nonce }
func (r *request) GetScopes() []string      { return r.Scopes }
func (r *request) GetSubject() string       { return r.subject }
func (r *request) Done() bool               { return r.done }
func (r *request) wants(prompt string) bool { return slices.Contains(r.Prompt, prompt) }

func (r *request) GetCodeChallenge() *oidc.CodeChallenge {
	return &oidc.CodeChallenge{Challenge: r.CodeChallenge, Method: r.CodeChallengeMethod}
}

// itself is a client that gets a token with its own credentials. It implements
// op.TokenRequest.
type itself struct {
	client string
	scopes []string
}

func (i itself) GetSubject() string    { return i.client }
func (i itself) GetAudience() []string { return []string{i.client} }
func (i itself) GetScopes() []string   { return i.scopes }

// accessToken is what is known of an access token.
type accessToken struct {
	client, subject, family string
	audience, scopes        []string
	issued, expires         time.Time
}

// refreshToken implements op.RefreshTokenRequest.
type refreshToken struct {
	token, client, subject, family string
	scopes                         []string
	authTime, expires              time.Time
	used                           bool
}

func (r *refreshToken) GetAMR() []string                 { return []string{"pwd"} }
func (r *refreshToken) GetAudience() []string            { return []string{r.client} }
func (r *refreshToken) GetAuthTime() time.Time           { return r.authTime }
func (r *refreshToken) GetClientID() string              { return r.client }
func (r *refreshToken) GetScopes() []string              { return r.scopes }
func (r *refreshToken) GetSubject() string               { return r.subject }
func (r *refreshToken) SetCurrentScopes(scopes []string) { r.scopes = scopes }

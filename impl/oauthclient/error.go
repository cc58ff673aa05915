package oauthclient

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/grantproof/grantproof/impl/printable"
)

// Server is one of the two servers, as a person knows it.
type Server struct {
	Role    string // Such as "authorization server".
	URL     string
	Setting string // The setting that names it, such as AUTH_SERVER_URL.
}

// String names the server in a sentence.
func (s Server) String() string { return "the " + s.Role + " at " + s.URL }

func authServer(url string) Server {
	return Server{Role: "authorization server", URL: url, Setting: settingAuthServer}
}

func resourceServer(url string) Server {
	return Server{Role: "resource server", URL: url, Setting: settingResourceServer}
}

// at begins a sentence with the step and the layer at which something failed.
func at(step Step, layer Layer, sentence string, values ...any) string {
	return printable.Line(fmt.Sprintf("%s (%s): ", step, layer) + fmt.Sprintf(sentence, values...))
}

// UnreachableError says that a server gave no answer, or not all of one.
type UnreachableError struct {
	Step   Step
	Server Server
	Reason string
	err    error
}

// Error implements error.
func (e *UnreachableError) Error() string {
	return at(e.Step, LayerNetwork, "%s cannot be reached (%s); start it, or set %s to where it runs", e.Server, e.Reason, e.Server.Setting)
}

// Unwrap returns what the network said.
func (e *UnreachableError) Unwrap() error { return e.err }

// unreachable turns what net/http returns into an error of this package. An
// error of this package, which a transport returned, stays as it is.
func unreachable(step Step, server Server, err error, quote func(string) string) error {
	if wrapped := new(url.Error); errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	switch err.(type) {
	case *ProtocolError, *TokenError, *UnreachableError:
		return err
	}
	switch {
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("%s: %w", at(step, LayerNetwork, "the call was cancelled before %s answered", server), context.Canceled)
	case errors.Is(err, context.DeadlineExceeded):
		return &UnreachableError{Step: step, Server: server, Reason: "it did not answer in time", err: context.DeadlineExceeded}
	}
	return &UnreachableError{Step: step, Server: server, Reason: quote(err.Error()), err: err}
}

// ProtocolError says that a server answered with what no such server answers.
type ProtocolError struct {
	Step    Step
	Layer   Layer
	Server  Server
	Problem string // A predicate, such as "answered with status 500".
	status  int    // Of the answer, where that is the problem.
}

// Error implements error.
func (e *ProtocolError) Error() string {
	return at(e.Step, e.Layer, "%s %s; check that %s names the right server and that it is sound", e.Server, e.Problem, e.Server.Setting)
}

// TokenError says that the authorization server refused a token.
type TokenError struct {
	Server      Server
	ClientID    string
	Code        string // The OAuth error code.
	Description string
}

// Error implements error.
func (e *TokenError) Error() string {
	return at(StepToken, LayerOAuth, "%s gives no token to the client %q: %s; %s", e.Server, e.ClientID, describe(e.Code, e.Description), e.advice())
}

func (e *TokenError) advice() string {
	switch e.Code {
	case "invalid_client":
		return "check CLIENT_ID and CLIENT_SECRET"
	case "invalid_scope":
		return "ask for a scope that the client is registered for"
	case "unauthorized_client", "unsupported_grant_type":
		return "register the client for the grant client_credentials"
	case "temporarily_unavailable", "server_error":
		return "try again later"
	}
	return "check how the client is registered there"
}

// InvalidTokenError says that the protected resource accepts no token that the
// authorization server gives this client, not even a fresh one.
type InvalidTokenError struct {
	Server      Server
	Issuer      Server
	Code        string
	Description string
}

// Error implements error.
func (e *InvalidTokenError) Error() string {
	return at(StepAPI, LayerOAuth, "%s does not accept a fresh token of %s: %s; check that it trusts this authorization server and that tokens are issued for it",
		e.Server, e.Issuer, describe(e.Code, e.Description))
}

// ScopeError says that the token lacks a scope.
type ScopeError struct {
	Server   Server
	ClientID string
	Needed   string // Empty where the resource does not say.
	Granted  string
}

// Error implements error.
func (e *ScopeError) Error() string {
	needed := "needs another scope"
	if e.Needed != "" {
		needed = "needs the scope " + e.Needed
	}
	return at(StepAPI, LayerOAuth, "this operation of %s %s, and the client %q was granted %q; have the client registered for that scope, and ask for it",
		e.Server, needed, e.ClientID, e.Granted)
}

// ResourceError says that the protected resource refused for a reason that has
// nothing to do with the token.
type ResourceError struct {
	Server      Server
	Status      int
	Code        string
	Description string
}

// Error implements error.
func (e *ResourceError) Error() string {
	answer := at(StepAPI, LayerHTTP, "%s refused with status %d: %s", e.Server, e.Status, describe(e.Code, e.Description))
	switch {
	case e.Status >= http.StatusInternalServerError:
		return answer + "; try again later, its log says why"
	case e.Status == http.StatusTooManyRequests:
		return answer + "; try again later"
	}
	return answer + "; correct the request"
}

func describe(code, description string) string {
	switch {
	case code == "" && description == "":
		return "it gives no reason"
	case description == "":
		return code
	case code == "":
		return description
	}
	return code + " (" + description + ")"
}

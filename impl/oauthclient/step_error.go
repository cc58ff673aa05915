package oauthclient

import (
	"context"
	"errors"
	"fmt"
	"net/url"
)

// Layer is the part of the way to an MCP server's tools at which a step failed.
type Layer string

// The layers, in the order in which a client goes through them.
const (
	LayerChallenge     Layer = "challenge"
	LayerResource      Layer = "protected resource metadata"
	LayerServer        Layer = "authorization server metadata"
	LayerRegistration  Layer = "registration"
	LayerAuthorization Layer = "authorization"
	LayerToken         Layer = "token"
	LayerMCP           Layer = "MCP"
)

// StepError says which step on the way to an MCP server failed, why, and what
// to do about it.
type StepError struct {
	Layer   Layer
	URL     string // Who is meant.
	Problem string // A predicate, such as "answered with status 500".
	Advice  string
	Code    string // The OAuth error code, where a server sent one.
	err     error
}

// Error implements error.
func (e *StepError) Error() string {
	return fmt.Sprintf("%s: %s %s; %s", e.Layer, e.URL, e.Problem, e.Advice)
}

// Unwrap returns what lies below, if anything does.
func (e *StepError) Unwrap() error { return e.err }

// notReached turns what net/http returns into a step that failed.
func notReached(layer Layer, address string, err error) *StepError {
	if wrapped := new(url.Error); errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	failed := &StepError{Layer: layer, URL: address, err: err, Advice: "check that it runs and that this machine may connect to it"}
	switch {
	case errors.Is(err, context.Canceled):
		failed.Problem, failed.Advice = "was not waited for, as the call was cancelled", "call again"
	case isTimeout(err):
		failed.Problem, failed.Advice = "did not answer in time", "try again later"
	default:
		failed.Problem = "cannot be reached (" + quotable(err.Error(), nil) + ")"
	}
	return failed
}

func isTimeout(err error) bool {
	var slow interface{ Timeout() bool }
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &slow) && slow.Timeout()
}

// codeOf is the OAuth error code of a step that failed.
func codeOf(err error) string {
	if failed := new(StepError); errors.As(err, &failed) {
		return failed.Code
	}
	return ""
}

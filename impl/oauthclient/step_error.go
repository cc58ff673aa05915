package oauthclient

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/grantproof/grantproof/impl/printable"
)

// Step is a part of the way to what a server does.
type Step string

// The steps, in the order in which a client goes through them.
const (
	StepChallenge     Step = "challenge"
	StepResource      Step = "protected resource metadata"
	StepServer        Step = "authorization server metadata"
	StepRegistration  Step = "registration"
	StepAuthorization Step = "authorization"
	StepToken         Step = "token"
	StepAPI           Step = "API"
	StepMCP           Step = "MCP"
	StepConnection    Step = "MCP connection"
	StepToolList      Step = "tool list"
	StepToolCall      Step = "tool call"
)

// Layer is what did not work at a step.
type Layer string

// The layers.
const (
	LayerNetwork  Layer = "network"  // A server gave no answer, or not all of one.
	LayerHTTP     Layer = "HTTP"     // The status of an answer is no success.
	LayerJSON     Layer = "JSON"     // An answer is not the JSON that it should be.
	LayerOAuth    Layer = "OAuth"    // What the parties say of tokens and of each other.
	LayerMCP      Layer = "MCP"      // The protocol above, or the tool.
	LayerBrowser  Layer = "browser"  // The person, or the way to them and back.
	LayerComputer Layer = "computer" // This one: files and ports.
)

// StepError says which step on the way to an MCP server failed, why, and what
// to do about it.
type StepError struct {
	Step    Step
	Layer   Layer  // Left out: LayerOAuth.
	URL     string // Who is meant.
	Problem string // A predicate, such as "answered with status 500".
	Advice  string
	Code    string // The OAuth error code, where a server sent one.
	err     error
}

// Error implements error.
func (e *StepError) Error() string {
	return printable.Line(fmt.Sprintf("%s (%s): %s %s; %s", e.Step, cmp.Or(e.Layer, LayerOAuth), e.URL, e.Problem, e.Advice))
}

// Unwrap returns what lies below, if anything does.
func (e *StepError) Unwrap() error { return e.err }

// notReached turns what net/http returns into a step that failed.
func notReached(step Step, address string, err error) *StepError {
	if wrapped := new(url.Error); errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	failed := &StepError{Step: step, Layer: LayerNetwork, URL: address, err: err, Advice: "check that it runs and that this machine may connect to it"}
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

// Package check owns the judgement of exchanges: it compares what came back
// with what a specification expects and lists every mismatch. It sends
// nothing and knows no scenario.
package check

import (
	"errors"
	"fmt"
	"strings"

	"github.com/grantproof/grantproof/generated/report"
)

// Failure is an expectation that was not met: what was allowed, and what came.
type Failure struct {
	Expected []string
	Actual   string
	Kind     string // A class of failure, such as AdvertisedNotEnforced.
	Refusal  *Refusal
}

// Refusal is how something was to be refused that was refused otherwise.
type Refusal struct {
	Endpoint string
	Codes    []string
}

// Otherwise tells whether an error says that something was refused as it has to be, but
// for the error code.
func Otherwise(err error) bool {
	var failure *Failure
	return errors.As(err, &failure) && failure.Kind == RefusedOtherwise
}

// The classes of failures that tell more than that something is not as it has to
// be.
const (
	// AdvertisedNotEnforced: something works that the metadata do not list.
	AdvertisedNotEnforced = "advertised_not_enforced"
	// AdvertisedNotOffered: what the metadata list does not work.
	AdvertisedNotOffered = "advertised_not_offered"
	// RefusedOtherwise: what has to be refused is refused, by another error than the
	// specification has for it.
	RefusedOtherwise = "refused_otherwise"
)

// Error implements error.
func (f *Failure) Error() string {
	return "expected " + strings.Join(f.Expected, " or ") + "; got " + f.Actual
}

// Inconclusive says that a scenario could not be judged: a Given did not come
// about, or the request without its deviations fails too.
type Inconclusive struct{ Reason string }

// Error implements error.
func (i *Inconclusive) Error() string { return "inconclusive: " + i.Reason }

// NotApplicable says what the target lacks for a scenario.
type NotApplicable struct {
	Reason string
	Class  Class  // Left out: the target does not offer what the scenario is about.
	Lacks  string // Which role, key of the target file, … it is, in a word or two.
}

// Class tells for whom it is to do something about a reason: the vocabulary is
// that of the report.
type Class = report.NotApplicableClass

// Unnamed is a NotApplicable that goes away once the target file has a key.
func Unnamed(key, reason string) *NotApplicable {
	return &NotApplicable{Reason: reason, Class: report.LacksKey, Lacks: key}
}

// Error implements error.
func (n *NotApplicable) Error() string { return "not applicable: " + n.Reason }

// Fail returns a Failure.
func Fail(actual string, expected ...string) error {
	return &Failure{Expected: expected, Actual: actual}
}

// All joins the failures of several checks into one, nil where all passed.
func All(errs ...error) error {
	var all Failure
	var actual []string
	for _, err := range errs {
		var failure *Failure
		switch {
		case err == nil:
		case errors.As(err, &failure):
			all.Expected = append(all.Expected, strings.Join(failure.Expected, " or "))
			actual = append(actual, failure.Actual)
		default:
			return err
		}
	}
	if len(actual) == 0 {
		return nil
	}
	all.Expected = []string{strings.Join(all.Expected, ", and ")}
	all.Actual = strings.Join(actual, ", and ")
	return &all
}

// Equal compares a text under a name for people.
func Equal(what, got, want string) error {
	if got == want {
		return nil
	}
	return Fail(fmt.Sprintf("%s %q", what, got), fmt.Sprintf("%s %q", what, want))
}

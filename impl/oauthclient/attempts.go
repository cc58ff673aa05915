package oauthclient

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

const (
	// maxAttempts is how often the same scope is authorized while no token with it
	// serves: a server that refuses every token is not asked forever
	// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#step-up-authorization-flow).
	maxAttempts = 3
	// attemptKept is how long an authorization counts; less where its token ends.
	attemptKept = 10 * time.Minute
)

// attempts are, by scope, until when each authorization counts.
type attempts map[string][]time.Time

// begin counts an authorization, or refuses it.
func (a attempts) begin(resource, scope string, now time.Time) error {
	key := scopeSet(scope)
	a[key] = slices.DeleteFunc(a[key], func(until time.Time) bool { return !now.Before(until) })
	if len(a[key]) >= maxAttempts {
		return &StepError{Step: StepMCP, URL: resource, Advice: "have its operator look at why it takes no token with that scope",
			Problem: fmt.Sprintf("still refuses after %d authorizations for the scope %q, so that no more are tried", maxAttempts, quotable(scope, nil))}
	}
	a[key] = append(a[key], now.Add(attemptKept))
	return nil
}

// got shortens the last attempt to the life of the token that came of it.
func (a attempts) got(scope string, expiresAt time.Time) {
	counted := a[scopeSet(scope)]
	if last := len(counted) - 1; last >= 0 && !expiresAt.IsZero() && expiresAt.Before(counted[last]) {
		counted[last] = expiresAt
	}
}

func scopeSet(scope string) string {
	names := strings.Fields(scope)
	slices.Sort(names)
	return strings.Join(slices.Compact(names), " ")
}

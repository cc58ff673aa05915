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
	// maxAltogether is how often any scope is authorized in that time: a server that
	// names another scope with each refusal is not asked forever either.
	maxAltogether = 30
	// attemptKept is how long an authorization counts; less where its token ends.
	attemptKept = 10 * time.Minute
)

// attempts are, by scope, until when each authorization counts.
type attempts map[string][]time.Time

// begin counts an authorization, or refuses it.
func (a attempts) begin(resource, scope string, now time.Time) error {
	key := scopeSet(scope)
	altogether := a.forget(now)
	if len(a[key]) < maxAttempts && altogether < maxAltogether {
		a[key] = append(a[key], now.Add(attemptKept))
		return nil
	}
	problem := fmt.Sprintf("still refuses after %d authorizations for the scope %q, so that no more are tried", maxAttempts, quotable(scope, nil))
	if len(a[key]) < maxAttempts {
		problem = fmt.Sprintf("refuses each token and names another scope, after %d authorizations now, so that no more are tried", altogether)
	}
	return &StepError{Step: StepMCP, URL: resource, Problem: problem, Advice: "have its operator look at why it takes no token with that scope"}
}

// forget drops what counts no more, and returns how many attempts count.
func (a attempts) forget(now time.Time) int {
	altogether := 0
	for scope, counted := range a {
		counted = slices.DeleteFunc(counted, func(until time.Time) bool { return !now.Before(until) })
		if altogether += len(counted); len(counted) == 0 {
			delete(a, scope)
			continue
		}
		a[scope] = counted
	}
	return altogether
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

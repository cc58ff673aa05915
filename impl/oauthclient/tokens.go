package oauthclient

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/grantproof/grantproof/generated/oauth"
)

const (
	// early is how long before its end a token is renewed.
	early = 10 * time.Second
	// unstated is taken for the lifetime of a token that names none: the
	// server should have said it (RFC 6749 section 5.1,
	// https://www.rfc-editor.org/rfc/rfc6749#section-5.1).
	unstated = time.Minute
	// longest bounds what is believed of a lifetime.
	longest = 365 * 24 * time.Hour
)

// token is an access token and what is known of it.
type token struct {
	value     string
	scope     string
	renewAt   time.Time
	expiresAt time.Time
}

// tokens keeps one token for all callers. When it has to be renewed, one
// renewal serves everybody who waits for it.
type tokens struct {
	now   func() time.Time
	log   *slog.Logger
	grant *grant

	mu                sync.Mutex
	current, previous token
	renewal           *renewal // nil while nobody waits.
}

// renewal is one request for a token; token and err may be read once it is done.
type renewal struct {
	done  chan struct{}
	token token
	err   error
}

// get returns a token that is not the refused one. A caller that gives up
// leaves the renewal to the others.
func (t *tokens) get(ctx context.Context, refused string) (token, error) {
	t.mu.Lock()
	if current := t.current; current.value != refused && t.now().Before(current.renewAt) {
		t.mu.Unlock()
		return current, nil
	}
	if t.renewal == nil {
		t.renewal = &renewal{done: make(chan struct{})}
		go t.renew(context.WithoutCancel(ctx), t.renewal)
	}
	waiting := t.renewal
	t.mu.Unlock()
	select {
	case <-waiting.done:
		return waiting.token, waiting.err
	case <-ctx.Done():
		return token{}, unreachable(StepToken, t.grant.issuer, ctx.Err(), t.quote)
	}
}

func (t *tokens) renew(ctx context.Context, r *renewal) {
	defer close(r.done)
	ctx, cancel := context.WithTimeout(ctx, t.grant.timeout)
	defer cancel()
	log := t.log.With("client_id", t.grant.credentials.id)
	response, err := t.grant.request(ctx)
	if r.err = err; err != nil {
		log.Warn("no access token", "error", err)
	} else {
		r.token = t.received(response)
		log.Debug("access token renewed", "scope", r.token.scope, "expires_at", r.token.expiresAt)
	}
	t.keep(r)
}

// keep ends the renewal and, where it succeeded, puts its token in place.
func (t *tokens) keep(r *renewal) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.renewal = nil
	if r.err == nil {
		t.previous, t.current = t.current, r.token
	}
}

func (t *tokens) received(response oauth.TokenResponse) token {
	life := unstated
	if response.ExpiresIn != nil {
		life = lifetime(*response.ExpiresIn)
	}
	// Without the monotonic reading, which stands still while a machine sleeps.
	now := t.now().Round(0)
	// A scope that is left out is the one that was asked for (RFC 6749
	// section 5.1, https://www.rfc-editor.org/rfc/rfc6749#section-5.1).
	scope := t.grant.scope
	if response.Scope != nil {
		scope = t.grant.quote(*response.Scope)
	}
	return token{
		value: response.AccessToken, scope: scope, expiresAt: now.Add(life),
		renewAt: now.Add(life - min(early, life/4)),
	}
}

// lifetime is what is believed of an expires_in.
func lifetime(seconds int64) time.Duration {
	return time.Duration(min(max(seconds, 0), int64(longest/time.Second))) * time.Second
}

// drop makes the next caller renew the token that was refused.
func (t *tokens) drop(refused string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.current.value == refused {
		t.current.renewAt = time.Time{}
	}
}

// granted is the scope of the last token.
func (t *tokens) granted() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.current.scope
}

// quote makes a text fit for an error; see quotable.
func (t *tokens) quote(text string) string { return quotable(text, t.secrets()) }

// secrets are what must not appear in an error or a log.
func (t *tokens) secrets() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append(t.grant.secrets(), t.current.value, t.previous.value)
}

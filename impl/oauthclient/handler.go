package oauthclient

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/modelcontextprotocol/go-sdk/auth"
	"golang.org/x/sync/singleflight"

	"github.com/grantproof/grantproof/impl/outbound"
)

// Handler authorizes a client at one MCP server: it finds the authorization
// server, registers where it has to, asks a person or proves who the client is,
// and keeps and renews the tokens
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization).
// Every client that is made with the MCP Go SDK can use it; its errors are of the
// type *StepError. It is safe for concurrent use.
type Handler struct {
	config   HandlerConfig
	url      *url.URL
	resource string // The canonical URI of the MCP server.
	local    bool   // The MCP server is on this machine.
	http     *http.Client
	now      func() time.Time
	log      *slog.Logger

	flights  singleflight.Group // Callers that want the same wait for one.
	turn     sync.Mutex         // Held by the one that changes tokens.
	attempts attempts           // Guarded by turn.

	asked atomic.Pointer[string] // Where a person is asked now; nil for nowhere.

	mu      sync.Mutex
	held    Tokens
	loaded  bool // The store was read.
	storing bool // What is held is what the store keeps.
}

var _ auth.OAuthHandler = (*Handler)(nil)

// NewHandler checks the configuration; it sends nothing.
func NewHandler(config HandlerConfig) (*Handler, error) {
	config = config.withDefaults()
	config.Credentials = slices.Clone(config.Credentials)
	server, err := config.check()
	if err != nil {
		return nil, err
	}
	local := outbound.IsLoopback(server.Hostname())
	return &Handler{
		config: config, url: server, resource: canonical(server), local: local, http: config.client(local),
		now: config.Now, log: config.Logger, attempts: attempts{}, storing: true,
	}, nil
}

// Limit is how long an authorization may take, the person's part of it included.
func (h *Handler) Limit() time.Duration { return h.config.Patience + 4*impatience }

// Authorize implements auth.OAuthHandler: it gets a token with which the request
// that the MCP server refused may succeed.
func (h *Handler) Authorize(ctx context.Context, request *http.Request, response *http.Response) error {
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, maxAnswer)) // So that the connection can be used again.
	wanted, err := h.demandOf(request, response)
	if err != nil {
		return err
	}
	return h.together(ctx, wanted.key(), func(ctx context.Context) error { return h.satisfy(ctx, wanted) })
}

// together does work once for all who call with the same key meanwhile. One who
// gives up leaves it to the others.
func (h *Handler) together(ctx context.Context, key string, work func(ctx context.Context) error) error {
	done := h.flights.DoChan(key, func() (any, error) {
		h.turn.Lock()
		defer h.turn.Unlock()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), h.Limit())
		defer cancel()
		return nil, work(ctx)
	})
	select {
	case result := <-done:
		return result.Err
	case <-ctx.Done():
		return h.Unfinished(ctx.Err())
	}
}

// Unfinished says what a call waited for that ended with reason, because it was
// cancelled or took too long, while the client was being authorized: most often for a
// person.
func (h *Handler) Unfinished(reason error) error {
	address := h.asked.Load()
	if address == nil {
		return notReached(StepAuthorization, h.resource, reason)
	}
	ended := "it was cancelled"
	if errors.Is(reason, context.DeadlineExceeded) {
		ended = "its time was over"
	}
	return &StepError{Step: StepAuthorization, Layer: LayerBrowser, URL: *address, err: reason,
		Problem: "was opened, and the call waited for your answer in the browser until " + ended, Advice: "call again, and approve or deny there"}
}

// Asks tells whether a person is asked at the moment.
func (h *Handler) Asks() bool { return h.asked.Load() != nil }

// satisfy gets a token for a demand, unless somebody has got one meanwhile.
func (h *Handler) satisfy(ctx context.Context, d demand) error {
	held, err := h.reload()
	if err != nil {
		return err
	}
	if h.usable(held) && held.AccessToken != d.shown && (!d.stepUp || covers(held.Requested, d.scopes)) {
		return nil
	}
	resource, err := h.protectedResource(ctx, d.metadata)
	if err != nil {
		return err
	}
	who, err := h.choose(ctx, *resource.AuthorizationServers)
	if err != nil {
		return err
	}
	if !d.stepUp && !h.justReplaced(held) && held.refreshableBy(who) {
		if done, err := h.refreshRefused(ctx, who, d.shown); done || err != nil {
			return err
		}
	}
	return h.obtain(ctx, who, resource.Resource, h.selectScope(d, resource, who.server, held))
}

// soon is how long after a refresh the refusal of the new token is about more than its
// age.
const soon = time.Minute

// justReplaced tells whether a token that is refused was got because the one before was
// refused, too. Later it may just be over, which a server without expires_in shows by a
// refusal alone (RFC 6749 section 5.1, https://www.rfc-editor.org/rfc/rfc6749#section-5.1).
func (h *Handler) justReplaced(t Tokens) bool {
	return !t.onRefusal.IsZero() && h.now().Before(t.onRefusal.Add(soon))
}

// refreshRefused renews a token that was refused before its time, unless another
// process has. Where the refresh token is of no use either, it returns false: a
// person has to say.
func (h *Handler) refreshRefused(ctx context.Context, who party, refused string) (bool, error) {
	done := false
	err := h.alone(ctx, h.resource, func(ctx context.Context) error {
		held, err := h.reload()
		if err != nil {
			return err
		}
		if done = h.usable(held) && held.AccessToken != refused; done || !held.refreshableBy(who) {
			return nil
		}
		_, err = h.refresh(ctx, who, held)
		if done = err == nil; done {
			h.mu.Lock()
			h.held.onRefusal = h.now()
			h.mu.Unlock()
		}
		return err
	})
	if codeOf(err) == invalidGrant {
		now, err := h.tokens() // Another process may have got new ones meanwhile.
		return h.usable(now) && now.AccessToken != refused, err
	}
	return done, err
}

// obtain gets tokens by the grant of the configuration.
func (h *Handler) obtain(ctx context.Context, who party, resource, scope string) error {
	if err := h.attempts.begin(h.resource, scope, h.now()); err != nil {
		return err
	}
	get := h.authorize
	if h.config.Grant == GrantClientCredentials {
		get = h.clientCredentials
	}
	h.log.Info("authorizing", "resource", resource, "issuer", who.server.Issuer, "grant", h.config.Grant, "scope", scope)
	got, err := get(ctx, who, resource, scope)
	if err != nil {
		h.log.Warn("not authorized", "resource", resource, "issuer", who.server.Issuer, "error", err)
		return err
	}
	h.attempts.got(scope, got.ExpiresAt)
	h.keep(got)
	return nil
}

package mcpserver

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/grantproof/grantproof/generated/resourceserver"
	"github.com/grantproof/grantproof/impl/oauthclient"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/token"
)

// upstreams are the clients of the task API, one for each token that somebody
// calls with. A token that came in never goes out again: it is exchanged for
// one that the task API takes, which says for whom and by whom it is used
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization/security-considerations#access-token-privilege-restriction).
type upstreams struct {
	client *http.Client
	log    *slog.Logger
	kept   *lru.Cache[upstreamKey, *resourceserver.Client]
}

type upstreamKey struct {
	realm *realm.Realm
	token token.Hash // Zero: the server's own credentials.
}

const maxUpstreams = 1000

func newUpstreams(client *http.Client, log *slog.Logger) *upstreams {
	kept, _ := lru.New[upstreamKey, *resourceserver.Client](maxUpstreams) // fails for no size above 0
	return &upstreams{client, log, kept}
}

// of is the task API for the caller behind ctx.
func (u *upstreams) of(ctx context.Context) (*resourceserver.Client, error) {
	c, ok := ctx.Value(callerKey{}).(caller)
	if !ok {
		return nil, errors.New("nobody calls")
	}
	key := upstreamKey{realm: c.Realm}
	if c.Policy().Upstream == realm.Exchanges {
		key.token = token.HashOf(c.token)
	}
	if known, ok := u.kept.Get(key); ok {
		return known, nil
	}
	made, err := u.open(c)
	if err == nil {
		u.kept.Add(key, made)
	}
	return made, err
}

func (u *upstreams) open(c caller) (*resourceserver.Client, error) {
	config := oauthclient.Config{
		AuthServer: c.Issuer, ResourceServer: c.Resource, Resource: c.Resource, ClientID: c.MCPClient.ID, ClientSecret: c.MCPClient.Secret,
		HTTPClient: u.client, Now: c.Clock.Now, Logger: u.log,
	}
	if c.Policy().Upstream == realm.Exchanges {
		config.SubjectToken = c.token
	} else {
		config.Scope = realm.Scopes.String() // What its tools need; a server need not have a default.
	}
	client, err := oauthclient.New(config)
	if err != nil {
		return nil, err
	}
	return resourceserver.NewClient(c.Resource, resourceserver.WithHTTPClient(UpstreamClient.In(c)(client, c.token)))
}

// UpstreamClient calls the task API, given one that has a token of its own and the
// token that came in.
var UpstreamClient = rule.New(func(exchanging resourceserver.HttpRequestDoer, _ string) resourceserver.HttpRequestDoer {
	return exchanging
})

package world

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"

	"github.com/grantproof/grantproof/generated/control"
)

// otherServer is the realm of another authorization server.
type otherServer struct{ *Realm }

// errNotMoved says that there is no other authorization server.
var errNotMoved = errors.New("the MCP server has no other authorization server; begin with `Given the MCP server has moved to another authorization server`")

// MoveTools has the MCP server name another authorization server, that of a realm
// of its own, as a Given.
func (w *World) MoveTools(ctx context.Context) error {
	if Part[ExaminedClient](w) == nil {
		return errNoMCPClient
	}
	made, err := w.Run.Setting.MakeRealm(ctx, w, control.RealmRequest{
		Policy: new(control.Strict), ResourceOwner: new(control.Approves), Resources: &[]string{Part[ToolServer](w).URL},
	})
	if err != nil {
		return err
	}
	Put(w, &otherServer{made})
	return w.name(ctx, made.Issuer)
}

// name has the MCP server name an issuer as its authorization server.
func (w *World) name(ctx context.Context, issuer string) error {
	return w.Answer(ctx, control.Answer{Of: control.McpServerMetadata, Members: &map[string]any{"authorization_servers": []string{issuer}}})
}

// OtherIssuer is the issuer of the other authorization server, empty for none.
func (w *World) OtherIssuer() string {
	if other := Part[otherServer](w); other != nil {
		return other.Issuer
	}
	return ""
}

// OtherTraffic is what the other authorization server received.
func (w *World) OtherTraffic(ctx context.Context) ([]control.Request, error) {
	other := Part[otherServer](w)
	if other == nil {
		return nil, errNotMoved
	}
	seen, _, err := w.Run.Setting.Traffic(ctx, w, other.ID)
	return seen, err
}

// silentServer is the authorization server of an issuer without a path, which
// has nothing to say.
type silentServer struct {
	mu    sync.Mutex
	asked []string
}

// NameSilentServer has the MCP server name an authorization server that has no
// metadata, and whose issuer has no path, as a Given.
func (w *World) NameSilentServer(ctx context.Context) error {
	if Part[ExaminedClient](w) == nil {
		return errNoMCPClient
	}
	silent := new(silentServer)
	published, err := PublishOnLoopback(&http.Server{Handler: silent})
	if err != nil {
		return err
	}
	Put(w, silent)
	w.OnClose(func(context.Context) { published.End() })
	return w.name(ctx, published.Base)
}

// ServeHTTP implements http.Handler.
func (s *silentServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, r.URL.Path)
	http.NotFound(w, r)
}

// AskedSilentServer are the paths that the server without metadata was asked for,
// the first one first.
func (w *World) AskedSilentServer() []string {
	silent := Part[silentServer](w)
	if silent == nil {
		return nil
	}
	silent.mu.Lock()
	defer silent.mu.Unlock()
	return slices.Clone(silent.asked)
}

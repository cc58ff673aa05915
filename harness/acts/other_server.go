package acts

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about the authorization servers among which a client finds its way.
var (
	_ = phrases(Given, []step{
		{says: `the MCP server (has moved to another authorization server|names an authorization server without metadata)`, do: namesOther},
	})
)

func namesOther(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if args[0] == "has moved to another authorization server" {
		return MoveTools(ctx, w)
	}
	return NameSilentServer(ctx, w)
}

// otherServer is the realm of another authorization server.
type otherServer struct{ *world.Realm }

// errNotMoved says that there is no other authorization server.
var errNotMoved = errors.New("the MCP server has no other authorization server; begin with `Given the MCP server has moved to another authorization server`")

// MoveTools has the MCP server name another authorization server, that of a realm
// of its own, as a Given.
func MoveTools(ctx context.Context, w *world.World) error {
	if world.Part[ExaminedClient](w) == nil {
		return errNoMCPClient
	}
	made, err := w.Run.Setting.MakeRealm(ctx, w, control.RealmRequest{
		Policy: new(control.Strict), ResourceOwner: new(control.Approves), Resources: &[]string{world.Part[ToolServer](w).URL},
	})
	if err != nil {
		return err
	}
	world.Put(w, &otherServer{made})
	return name(ctx, w, made.Issuer)
}

// name has the MCP server name an issuer as its authorization server.
func name(ctx context.Context, w *world.World, issuer string) error {
	return Answer(ctx, w, control.Answer{Of: control.McpServerMetadata, Members: &map[string]any{"authorization_servers": []string{issuer}}})
}

// OtherIssuer is the issuer of the other authorization server, empty for none.
func OtherIssuer(w *world.World) string {
	if other := world.Part[otherServer](w); other != nil {
		return other.Issuer
	}
	return ""
}

// OtherTraffic is what the other authorization server received.
func OtherTraffic(ctx context.Context, w *world.World) ([]control.Request, error) {
	other := world.Part[otherServer](w)
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
func NameSilentServer(ctx context.Context, w *world.World) error {
	if world.Part[ExaminedClient](w) == nil {
		return errNoMCPClient
	}
	silent := new(silentServer)
	published, err := world.PublishOnLoopback(&http.Server{Handler: silent})
	if err != nil {
		return err
	}
	world.Put(w, silent)
	w.OnClose(func(context.Context) { published.End() })
	return name(ctx, w, published.Base)
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
func AskedSilentServer(w *world.World) []string {
	silent := world.Part[silentServer](w)
	if silent == nil {
		return nil
	}
	silent.mu.Lock()
	defer silent.mu.Unlock()
	return slices.Clone(silent.asked)
}

package world

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"

	"github.com/grantproof/grantproof/generated/control"
)

// errNotMoved says that there is no other authorization server.
var errNotMoved = errors.New("the MCP server has no other authorization server; begin with `Given the MCP server has moved to another authorization server`")

// MoveTools has the MCP server name another authorization server, that of a realm
// of its own, as a Given.
func (w *World) MoveTools(ctx context.Context) error {
	if w.Examined == nil {
		return errNoMCPClient
	}
	policy, owner := control.Strict, control.Approves
	made, err := w.control.CreateRealmWithResponse(ctx, control.RealmRequest{
		Policy: &policy, Faults: new(append([]string{}, w.Run.Faults...)), ResourceOwner: &owner, Resources: &[]string{w.Tools.URL},
	})
	if err != nil {
		return err
	}
	if made.JSON201 == nil {
		return refusedByControl("another realm", made.HTTPResponse, made.Body)
	}
	w.other = made.JSON201
	return w.name(ctx, w.other.Issuer)
}

// name has the MCP server name an issuer as its authorization server.
func (w *World) name(ctx context.Context, issuer string) error {
	return w.Answer(ctx, control.Answer{Of: control.McpServerMetadata, Members: &map[string]any{"authorization_servers": []string{issuer}}})
}

// OtherIssuer is the issuer of the other authorization server, empty for none.
func (w *World) OtherIssuer() string {
	if w.other == nil {
		return ""
	}
	return w.other.Issuer
}

// OtherTraffic is what the other authorization server received.
func (w *World) OtherTraffic(ctx context.Context) ([]control.Request, error) {
	if w.other == nil {
		return nil, errNotMoved
	}
	seen, _, err := w.trafficOf(ctx, w.other.ID)
	return seen, err
}

// silentServer is the authorization server of an issuer without a path, which
// has nothing to say.
type silentServer struct {
	server *http.Server
	mu     sync.Mutex
	asked  []string
}

// NameSilentServer has the MCP server name an authorization server that has no
// metadata, and whose issuer has no path, as a Given.
func (w *World) NameSilentServer(ctx context.Context) error {
	if w.Examined == nil {
		return errNoMCPClient
	}
	w.silent = new(silentServer)
	w.silent.server = &http.Server{Handler: w.silent}
	var issuer string
	if err := onLoopback(w.silent.server, func(host string) { issuer = "http://" + host }); err != nil {
		return err
	}
	return w.name(ctx, issuer)
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
	if w.silent == nil {
		return nil
	}
	w.silent.mu.Lock()
	defer w.silent.mu.Unlock()
	return slices.Clone(w.silent.asked)
}

// closeOthers ends the servers that a scenario had besides.
func (w *World) closeOthers(ctx context.Context) {
	if w.other != nil {
		_, _ = w.control.DeleteRealmWithResponse(ctx, w.other.ID)
	}
	if w.silent != nil {
		_ = w.silent.server.Close()
	}
}

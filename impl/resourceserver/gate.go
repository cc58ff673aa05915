package resourceserver

import (
	"context"
	"net/http"

	"github.com/grantproof/grantproof/impl/bearer"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// gate lets a request pass whose token is valid and has the scope that the
// operation needs. It stands before everything that reads the request.
type gate struct {
	mux      *http.ServeMux
	next     http.Handler
	verifier *bearer.Verifier
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, pattern := g.mux.Handler(r)
	needed, protected := required[pattern]
	if !protected {
		g.next.ServeHTTP(w, r)
		return
	}
	access, refused := g.admit(r, needed)
	if refused != nil {
		wire.WriteError(w, refused)
		return
	}
	g.next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), accessKey{}, access)))
}

func (g *gate) admit(r *http.Request, needed anyOf) (token.Access, *wire.Error) {
	current := realm.From(r.Context())
	at := bearer.Resource{Realm: current, Name: "task-api", Identifier: current.Resource, Client: current.ResourceClient, Role: wire.ResourceServer}
	_, access, refused := g.verifier.Admit(r, at)
	if refused != nil {
		return token.Access{}, refused
	}
	if !needed.metBy(at, access.Scope) {
		return token.Access{}, bearer.InsufficientScope(at, needed[0], needed.String())
	}
	return access, nil
}

type accessKey struct{}

// accessOf is what the token behind a protected request says.
func accessOf(ctx context.Context) token.Access {
	access, _ := ctx.Value(accessKey{}).(token.Access)
	return access
}

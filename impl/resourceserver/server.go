// Package resourceserver is the protected resource: it owns the decision
// whether a bearer token reaches a task or a user, and the challenge where it
// does not.
//
// It does not know how tokens are issued; it verifies them as anybody could,
// with the issuer's published keys or by asking the issuer.
package resourceserver

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/grantproof/grantproof/generated/resourceserver"
	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/wire"
)

// Server implements the operations of api/resourceserver.yaml.
type Server struct{}

var _ resourceserver.StrictServerInterface = (*Server)(nil)

// New returns the resource server of all realms.
func New(realms *realm.Realms, log *slog.Logger) (http.Handler, error) {
	strict := resourceserver.NewStrictHandlerWithOptions(&Server{}, nil, resourceserver.StrictHTTPServerOptions{
		RequestErrorHandlerFunc:  wire.Malformed,
		ResponseErrorHandlerFunc: wire.Fail(log),
	})
	mux := http.NewServeMux()
	resourceserver.HandlerWithOptions(strict, resourceserver.StdHTTPServerOptions{BaseRouter: mux, ErrorHandlerFunc: wire.Malformed})
	spec, err := resourceserver.GetSpec()
	if err != nil {
		return nil, err
	}
	valid, err := wire.Validate(spec, func(w http.ResponseWriter, _ *http.Request, e *wire.Error) { wire.WriteError(w, e) }, wire.Routes(mux))
	if err != nil {
		return nil, err
	}
	gate := &gate{mux: mux, next: valid, verifiers: newVerifiers(log, &http.Client{Timeout: 5 * time.Second})}
	edited := fault.Edited(fault.ResourceServer, faultsOf, gate)
	return realms.Route(wire.Record(fault.ResourceServer, realm.Traffic, realm.Access(log), edited)), nil
}

func faultsOf(r *http.Request) fault.Set { return realm.From(r.Context()).Faults() }

// Package resourceserver is the protected resource: it owns the decision
// whether a bearer token reaches a task or a user, by its scope and its user.
//
// It does not know how tokens are issued, and leaves it to the package bearer to
// verify them.
package resourceserver

import (
	"crypto/x509"
	"log/slog"
	"net/http"

	"github.com/grantproof/grantproof/generated/resourceserver"
	"github.com/grantproof/grantproof/impl/bearer"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/wire"
)

// Server implements the operations of api/resourceserver.yaml.
type Server struct{}

var _ resourceserver.StrictServerInterface = (*Server)(nil)

// New returns the resource server of all realms.
func New(realms *realm.Realms, roots *x509.CertPool, log *slog.Logger) (http.Handler, error) {
	strict := resourceserver.NewStrictHandlerWithOptions(&Server{}, nil, resourceserver.StrictHTTPServerOptions{
		RequestErrorHandlerFunc:  wire.Malformed,
		ResponseErrorHandlerFunc: realm.Fail(log),
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
	gate := &gate{mux: mux, next: valid, verifier: bearer.NewVerifier(log, bearer.NewClient(roots, UserAgent))}
	around := realm.Around(wire.ResourceServer, gate)
	return realms.Route(wire.Record(wire.ResourceServer, realm.Traffic, realm.Access(log), around)), nil
}

// UserAgent is how the resource server names itself to the authorization
// server, so that whoever reads the traffic knows who asked.
const UserAgent = "grantproof-resource-server"

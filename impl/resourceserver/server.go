// Package resourceserver is the protected resource: it owns the decision
// whether a bearer token reaches a task or a user, and the challenge where it
// does not.
//
// It does not know how tokens are issued; it verifies them as anybody could,
// with the issuer's published keys or by asking the issuer.
package resourceserver

import (
	"crypto/tls"
	"crypto/x509"
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

// New returns the resource server of all realms. Roots vouch for the issuer;
// nil are the system's.
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
	gate := &gate{mux: mux, next: valid, verifiers: newVerifiers(log, &http.Client{Timeout: 5 * time.Second, Transport: named{transport(roots)}})}
	edited := fault.Edited(fault.ResourceServer, faultsOf, gate)
	return realms.Route(wire.Record(fault.ResourceServer, realm.Traffic, realm.Access(log), edited)), nil
}

func transport(roots *x509.CertPool) http.RoundTripper {
	if roots == nil {
		return http.DefaultTransport
	}
	trusting := http.DefaultTransport.(*http.Transport).Clone()
	trusting.TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	return trusting
}

// UserAgent is how the resource server names itself to the authorization
// server, so that whoever reads the traffic knows who asked.
const UserAgent = "grantproof-resource-server"

type named struct{ http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (n named) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("User-Agent", UserAgent)
	return n.RoundTripper.RoundTrip(r)
}

func faultsOf(r *http.Request) fault.Set { return realm.From(r.Context()).Faults() }

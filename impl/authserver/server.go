// Package authserver is the authorization server: it owns the decision who
// gets an authorization code or an access token, and what it says about
// tokens afterwards. One file for each operation, one for each grant.
//
// It does not own how tokens are made (token), what is remembered (store) or
// what differs between realms (realm).
package authserver

import (
	"log/slog"
	"net/http"

	"github.com/alexedwards/scs/v2"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/wire"
)

// Server implements the operations of api/authserver.yaml.
type Server struct {
	sessions   *scs.SessionManager
	sameOrigin *http.CrossOriginProtection
	fail       func(http.ResponseWriter, *http.Request, error)
}

var _ authserver.StrictServerInterface = (*Server)(nil)

// New returns the authorization server of all realms.
func New(realms *realm.Realms, log *slog.Logger) (http.Handler, error) {
	s := &Server{sessions: newSessions(), sameOrigin: http.NewCrossOriginProtection(), fail: failing(log)}
	strict := authserver.NewStrictHandlerWithOptions(s, nil, authserver.StrictHTTPServerOptions{
		RequestErrorHandlerFunc:  wire.Malformed,
		ResponseErrorHandlerFunc: s.fail,
	})
	documents, err := documents()
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	authserver.HandlerWithOptions(strict, authserver.StdHTTPServerOptions{
		BaseRouter: mux, ErrorHandlerFunc: wire.Malformed, Middlewares: []authserver.MiddlewareFunc{wire.Documents(documents)},
	})
	guarded := s.limited(s.recorded(s.people(wire.Guard(s.endpoints(), wire.Routes(mux)))))
	around := realm.Around(wire.AuthorizationServer, wire.CORS(forScripts, guarded))
	return realms.Route(wire.Record(wire.AuthorizationServer, realm.Traffic, realm.Access(log), around)), nil
}

// endpoints are those whose parameters the guard reads.
func (s *Server) endpoints() map[string]wire.Endpoint {
	body := wire.Endpoint{MediaTypes: bodyTypes, Repeatable: repeatable, Refuse: refuse}
	form := wire.Endpoint{MediaTypes: formOnly, Refuse: s.refusePage}
	return map[string]wire.Endpoint{
		"POST " + signInPath: form, "POST " + consentPath: {MediaTypes: formOnly, Repeatable: []string{"scope"}, Refuse: s.refusePage}, "POST " + signOutPath: form, "POST " + grantsPath: form,
		"POST /oauth/token":      {MediaTypes: bodyTypes, Repeatable: repeatableInToken, Refuse: refuse},
		"POST /oauth/introspect": body,
		"POST /oauth/revoke":     {MediaTypes: formOnly, Refuse: refuse},
		"POST /oauth/authorize":  {MediaTypes: bodyTypes, Repeatable: repeatable, Refuse: s.refuseAuthorization},
		"GET /oauth/authorize":   {Repeatable: repeatable, Refuse: s.refuseAuthorization},
	}
}

// forScripts are the endpoints that applications in a browser use directly.
var forScripts = []string{
	"/oauth/token", "/oauth/revoke", "/oauth/userinfo", "/oauth/register",
	"/.well-known/jwks.json", "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration",
}

// bodyTypes: a form, as RFC 6749 section 3.2 has it
// (https://www.rfc-editor.org/rfc/rfc6749#section-3.2), and besides what JSONTaken
// says.
func bodyTypes(r *http.Request) []string {
	if in := realm.From(r.Context()); JSONTaken.In(in)(in.Policy()) {
		return []string{wire.Form, wire.JSON}
	}
	return []string{wire.Form}
}

// JSONTaken tells whether requests may be JSON: by the documented policy alone.
var JSONTaken = rule.New(func(policy realm.Policy) bool { return policy.Documented })

func formOnly(*http.Request) []string { return []string{wire.Form} }

// repeatable names the parameters that may be there more than once (RFC 8707
// section 2, https://www.rfc-editor.org/rfc/rfc8707#section-2).
var repeatable = []string{"resource"}

// repeatableInToken: a token exchange names audiences too (RFC 8693 section 2.1,
// https://www.rfc-editor.org/rfc/rfc8693#section-2.1).
var repeatableInToken = append([]string{"audience"}, repeatable...)

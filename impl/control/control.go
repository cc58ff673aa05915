// Package control is the fixture's control plane: it owns how an examiner
// arranges a scenario. It listens apart from the servers that are examined,
// and nothing of it can be reached through them.
package control

import (
	"context"
	"crypto/subtle"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/variant"
	"github.com/grantproof/grantproof/impl/wire"
)

// Server implements the operations of api/control.yaml.
type Server struct {
	realms *realm.Realms
	log    *slog.Logger
}

var _ control.StrictServerInterface = (*Server)(nil)

// New returns the control plane of realms; secret is the bearer token that
// every call but the catalogue of faults needs.
func New(realms *realm.Realms, secret string, log *slog.Logger) (http.Handler, error) {
	strict := control.NewStrictHandlerWithOptions(&Server{realms, log}, nil, control.StrictHTTPServerOptions{
		RequestErrorHandlerFunc: wire.Malformed, ResponseErrorHandlerFunc: wire.Fail(log),
	})
	mux := http.NewServeMux()
	control.HandlerWithOptions(strict, control.StdHTTPServerOptions{BaseRouter: mux, ErrorHandlerFunc: wire.Malformed})
	spec, err := control.GetSpec()
	if err != nil {
		return nil, err
	}
	valid, err := wire.Validate(spec, func(w http.ResponseWriter, _ *http.Request, e *wire.Error) { wire.WriteError(w, e) }, wire.Routes(mux))
	if err != nil {
		return nil, err
	}
	return authorized(secret, valid), nil
}

// catalogues are there for everybody.
var catalogues = map[string]bool{"/faults": true, "/variants": true}

func authorized(secret string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		presented := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !catalogues[r.URL.Path] && subtle.ConstantTimeCompare([]byte(presented), []byte(secret)) != 1 {
			wire.WriteError(w, &wire.Error{Status: http.StatusUnauthorized, Code: "invalid_token", Challenge: "Bearer",
				Description: "the control plane wants the bearer token that was printed at start"})
			return
		}
		next.ServeHTTP(w, r)
	})
}

// CreateRealm makes a realm.
func (s *Server) CreateRealm(_ context.Context, request control.CreateRealmRequestObject) (control.CreateRealmResponseObject, error) {
	faults, err := faultsOf(request.Body.Faults)
	if err != nil {
		return nil, err
	}
	variants, err := variantsOf(request.Body.Variants)
	if err != nil {
		return nil, err
	}
	policy, err := policyOf(realm.Policy{Registration: realm.RegistrationOpen}, *request.Body)
	if err != nil {
		return nil, err
	}
	chaos, err := chaosOf(request.Body.Chaos)
	if err != nil {
		return nil, err
	}
	made, err := s.realms.Create(policy)
	if errors.Is(err, realm.ErrTooMany) {
		return nil, &wire.Error{Status: http.StatusTooManyRequests, Code: "too_many_realms", Description: err.Error()}
	}
	if err != nil {
		return nil, err
	}
	variant.Vary(made, variants)
	fault.Break(made, faults)
	if request.Body.Answers != nil {
		made.Alter(realm.Answers, fault.AlterAnswers(answersOf(*request.Body.Answers)))
	}
	setChaos(made, chaos, s.log)
	return control.CreateRealm201JSONResponse(shown(made)), nil
}

// ChangeRealm changes what the request names and nothing else.
func (s *Server) ChangeRealm(_ context.Context, request control.ChangeRealmRequestObject) (control.ChangeRealmResponseObject, error) {
	found, err := s.find(request.Realm)
	if err != nil {
		return nil, err
	}
	chaos, err := chaosOf(request.Body.Chaos)
	if err != nil {
		return nil, err
	}
	if request.Body.Faults != nil {
		faults, err := faultsOf(request.Body.Faults)
		if err != nil {
			return nil, err
		}
		fault.Break(found, faults)
	}
	if request.Body.Variants != nil {
		variants, err := variantsOf(request.Body.Variants)
		if err != nil {
			return nil, err
		}
		variant.Vary(found, variants)
	}
	if request.Body.Answers != nil {
		found.Alter(realm.Answers, fault.AlterAnswers(answersOf(*request.Body.Answers)))
	}
	policy, err := policyOf(found.Policy(), *request.Body)
	if err != nil {
		return nil, err
	}
	if err := found.Keys.Use(policy.Algorithm(), found.Clock.Now()); err != nil {
		return nil, wire.InvalidRequest(err.Error())
	}
	found.SetPolicy(policy)
	setChaos(found, chaos, s.log)
	return control.ChangeRealm200JSONResponse(shown(found)), nil
}

// DeleteRealm forgets a realm.
func (s *Server) DeleteRealm(ctx context.Context, request control.DeleteRealmRequestObject) (control.DeleteRealmResponseObject, error) {
	if deleted, err := s.realms.Delete(ctx, request.Realm); err != nil {
		return nil, err
	} else if !deleted {
		return nil, notFound()
	}
	return control.DeleteRealm204Response{}, nil
}

// AdvanceClock lets time pass in a realm.
func (s *Server) AdvanceClock(_ context.Context, request control.AdvanceClockRequestObject) (control.AdvanceClockResponseObject, error) {
	found, err := s.find(request.Realm)
	if err != nil {
		return nil, err
	}
	found.Clock.Advance(time.Duration(request.Body.Seconds) * time.Second)
	return control.AdvanceClock204Response{}, nil
}

// RotateKeys makes a new signing key at once. The old one stays published as
// long as a token that it signed may live.
func (s *Server) RotateKeys(_ context.Context, request control.RotateKeysRequestObject) (control.RotateKeysResponseObject, error) {
	found, err := s.find(request.Realm)
	if err != nil {
		return nil, err
	}
	if err := found.RotateKeys(); err != nil {
		return nil, err
	}
	return control.RotateKeys204Response{}, nil
}

// ListFaults is the catalogue.
func (s *Server) ListFaults(context.Context, control.ListFaultsRequestObject) (control.ListFaultsResponseObject, error) {
	list := control.ListFaults200JSONResponse{Departures: listed()}
	for _, entry := range fault.Catalogue() {
		list.Faults = append(list.Faults, control.Fault{
			Name: string(entry.Name), Role: entry.Role, Violates: entry.Violates, Summary: entry.Summary,
		})
	}
	return list, nil
}

// ListVariants is the catalogue of what a sound party may do otherwise.
func (s *Server) ListVariants(context.Context, control.ListVariantsRequestObject) (control.ListVariantsResponseObject, error) {
	var list control.ListVariants200JSONResponse
	for _, entry := range variant.Catalogue() {
		list.Variants = append(list.Variants, control.Variant{
			Name: string(entry.Name), Role: entry.Role, Allows: entry.Allows, Summary: entry.Summary, Departs: &entry.Departs, Without: &entry.Without,
		})
	}
	return list, nil
}

// find never finds the root realm: the demo is not the examiner's to change.
func (s *Server) find(id string) (*realm.Realm, error) {
	if found, ok := s.realms.Lookup(id); ok && id != "" {
		return found, nil
	}
	return nil, notFound()
}

func notFound() *wire.Error {
	return &wire.Error{Status: http.StatusNotFound, Code: "not_found", Description: "there is no such realm"}
}

func answersOf(given []control.Answer) []fault.Answer {
	var answers []fault.Answer
	for _, a := range given {
		answer := fault.Answer{Of: string(a.Of)}
		if a.Status != nil {
			answer.Status = *a.Status
		}
		if a.Members != nil {
			answer.Members = *a.Members
		}
		if a.Omitted != nil {
			answer.Omitted = *a.Omitted
		}
		answers = append(answers, answer)
	}
	return answers
}

func faultsOf(names *[]string) (fault.Set, error) {
	if names == nil {
		return nil, nil
	}
	set, err := fault.NewSet(*names)
	if err != nil {
		return nil, wire.InvalidRequest(err.Error())
	}
	return set, nil
}

func variantsOf(names *[]string) (variant.Set, error) {
	if names == nil {
		return nil, nil
	}
	set, err := variant.NewSet(*names)
	if err != nil {
		return nil, wire.InvalidRequest(err.Error())
	}
	return set, nil
}

func shown(r *realm.Realm) control.Realm {
	var mcpServer *string
	canaries := []string{r.Keys.Private()}
	if r.MCP != "" {
		mcpServer, canaries = &r.MCP, append(canaries, r.MCPClient.Secret)
	}
	return control.Realm{
		ID: r.ID, Issuer: r.Issuer, Resource: r.Resource, McpServer: mcpServer,
		User: control.User{ID: r.User.ID, Username: r.User.Username, Password: r.Password}, Canaries: canaries,
		ResourceClient: control.RegisteredClient{
			ClientID: r.ResourceClient.ID, ClientSecret: &r.ResourceClient.Secret,
			TokenEndpointAuthMethod: "client_secret_basic", GrantTypes: []string{}, RedirectUris: []string{},
		},
	}
}

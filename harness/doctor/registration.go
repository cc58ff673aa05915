package doctor

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// registration registers a client as scenarios do, and deletes it at the end.
// Where the target file has clients, they stand in for those that cannot be
// registered.
func (e *examination) registration(ctx context.Context) {
	t := e.run.Target
	switch {
	case t.Control.URL != "":
		e.skipped("registration", "the control plane makes the clients")
		return
	case !e.run.Capabilities["registration"] && len(t.Clients) > 0:
		e.skipped("registration", "the server registers no clients; those of the target file are used")
		return
	case !e.run.Capabilities["registration"]:
		e.found(Finding{Name: "registration", Status: Warning, Key: "clients", Tried: "to find registration_endpoint in the metadata", CameBack: "no such member",
			Change: "most scenarios need a client; register two and add them as clients.confidential and clients.public, with their redirect_uris"})
		return
	}
	w, err := e.world(ctx, nil)
	if err == nil {
		err = e.register(ctx, w)
	}
	f := Finding{Name: "registration", Status: OK, Key: "clients", Tried: "the registration of a client"}
	if err == nil {
		e.registered, e.registrar = w.Client, w
		f.CameBack = fmt.Sprintf("the client %s, with %s", w.Client.ID, w.Client.Method)
		e.found(f)
		return
	}
	f.Status, f.CameBack, f.Change = Error, err.Error(), "register clients by hand and add them as clients.confidential and clients.public, with their redirect_uris"
	if len(t.Clients) > 0 {
		f.Status, f.Change = Warning, "the run uses the clients of the target file instead"
	}
	if last := w.Last.Exchange; last != nil && (last.Status == http.StatusUnauthorized || last.Status == http.StatusForbidden) {
		f.Key, f.Change = "authorization_server.initial_access_token", "name the initial access token for registration, initial_access_token: \"${INITIAL_ACCESS_TOKEN}\"; without one "+f.Change
		if t.AuthorizationServer.InitialAccessToken != "" {
			f.Change = "is " + e.variable(t.AuthorizationServer.InitialAccessToken) + " a valid initial access token?"
		}
	}
	e.found(f)
}

// register registers the first client that the server takes: with a secret, else
// a public one.
func (e *examination) register(ctx context.Context, w *world.World) error {
	var refused error
	for _, confidential := range []bool{true, false} {
		err := acts.RegisterClient(ctx, w, confidential, nil)
		if err == nil && e.isKnown(w.Client) { // It stands in for one that could not be registered.
			err = errors.New("no registration")
			if w.Last.Exchange != nil {
				err = errors.New(check.Describe(w.Last.Exchange))
			}
		}
		if err == nil {
			return nil
		}
		refused = cmp.Or(refused, errors.New(reasonOf(err)))
	}
	return refused
}

func (e *examination) isKnown(client *world.Client) bool {
	for _, known := range e.run.Target.Clients {
		if known.ID == client.ID {
			return true
		}
	}
	return false
}

// deletion deletes the client that was registered: what a run registers is to go
// with it.
func (e *examination) deletion(ctx context.Context) {
	if e.registrar == nil {
		return
	}
	f := Finding{Name: "registrations are deleted", Status: OK, Key: "authorization_server", Tried: "DELETE at the registration_client_uri"}
	answers := e.registrar.EndRegistrations(ctx)
	switch {
	case len(answers) == 0:
		f.Status, f.Tried, f.CameBack = Warning, "to find registration_client_uri in the answer", "no such member"
		f.Change = "a run leaves a client behind for each scenario, some hundreds; examine a disposable instance, or clean up afterwards"
	case answers[0].Status/100 != 2:
		f.Status, f.CameBack = Warning, check.Describe(answers[0])
		f.Change = "a run leaves a client behind for each scenario, some hundreds; let clients delete their registrations (RFC 7592), or clean up afterwards"
	default:
		f.CameBack = check.Describe(answers[0])
	}
	e.found(f)
}

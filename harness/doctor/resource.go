package doctor

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
)

// probes sends each probe without a token and with one.
func (e *examination) probes(ctx context.Context) {
	server := e.run.Target.ResourceServer
	if server.URL == "" {
		return
	}
	if len(server.Probes) == 0 {
		e.found(Finding{Name: "probes", Status: Warning, Key: "resource_server", Tried: "to find resource_server.probes", CameBack: "none",
			Change: "add a harmless request that needs a token, such as probes: [{method: GET, path: /me, scope: \"profile\"}]"})
	}
	for i, probe := range server.Probes {
		key := fmt.Sprintf("resource_server.probes.%d.path", i)
		f := Finding{Name: "probe " + probe.Method + " " + probe.Path, Status: OK, Key: key, Tried: "the request without a token"}
		e.withoutToken(ctx, probe, &f)
		if f.Status == OK {
			e.withToken(ctx, probe, &f)
		}
		e.found(f)
	}
}

func (e *examination) withoutToken(ctx context.Context, probe target.Probe, f *Finding) {
	w, err := e.world(ctx, nil)
	if err == nil {
		err = acts.Call(ctx, w, probe.Method, probe.Path, world.Table{{Name: "access_token", Value: "(omitted)"}})
	}
	if err != nil {
		f.Status, f.CameBack, f.Change = Error, err.Error(), explain(err).change
		return
	}
	answer := w.Last.Exchange
	switch f.CameBack = check.Describe(answer); {
	case answer.Status == http.StatusNotFound:
		f.Status, f.Change = Error, "there is nothing at this URL; correct the path, which is appended to resource_server.url"
	case answer.Status == http.StatusMethodNotAllowed:
		f.Status, f.Change = Error, "correct the method"
	case answer.Status/100 == 2:
		f.Status, f.Change = Warning, "the server answers without a token: choose a path that needs one; if this path should need one, start the run: it reports this failure of the server"
	case answer.Status/100 == 3:
		f.Status, f.Change = Error, "the answer redirects to "+answer.Answer.Get("Location")+"; give the URL and path of the API itself"
	case answer.Status != http.StatusUnauthorized && answer.Status != http.StatusForbidden:
		f.Status, f.Change = Warning, "expected 401; check the path"
	}
}

// withToken expects that a token with the scope of the probe opens it.
func (e *examination) withToken(ctx context.Context, probe target.Probe, f *Finding) {
	f.Tried = "the request without a token, and with one for the scope " + probe.Scope
	held, err := e.obtain(ctx, probe.Scope, nil)
	if err != nil {
		f.Status, f.CameBack = Warning, f.CameBack+" without a token; no token: "+err.Error()
		f.Change = fmt.Sprintf("configure a client that gets a token with the scope %q, or correct the scope of the probe", probe.Scope)
		e.blame(f, err)
		return
	}
	if err := acts.Call(ctx, held.World, probe.Method, probe.Path, nil); err != nil {
		f.Status, f.CameBack, f.Change = Error, err.Error(), explain(err).change
		return
	}
	answer := held.Last.Exchange
	f.CameBack += " without a token, and with one " + check.Describe(answer)
	switch lacking := lacking(held.Grant.Scope, probe.Scope); {
	case answer.Status/100 == 2:
	case lacking != "":
		f.Status, f.Key = Error, held.actor.key("scope")
		f.Change = fmt.Sprintf("the token was issued without the scope %q: register the client for it, or correct the scope of the probe", lacking)
	case answer.Status == http.StatusForbidden:
		f.Status, f.Key, f.Change = Error, strings.TrimSuffix(f.Key, "path")+"scope", "the probe needs another scope; write that scope"
	case answer.Status == http.StatusUnauthorized:
		f.Status, f.Key = Error, "resource_server.url"
		f.Change = "the API refuses a token of this authorization server: check that the API is configured for this issuer, and that the token is issued for the API (audience)"
	case answer.Status == http.StatusNotFound:
		f.Status, f.Change = Error, "there is nothing at this URL; correct the path, which is appended to resource_server.url"
	default:
		f.Status, f.Change = Error, "a token with the scope of the probe must get 2xx; choose another request"
	}
	f.unusedScope(held.actor, probe.Scope)
}

// lacking are the scopes of wanted that granted has not; none where the answer
// did not say what was granted, which then is what was asked for.
func lacking(granted, wanted string) string {
	var without []string
	for _, name := range strings.Fields(wanted) {
		if granted != "" && !strings.Contains(" "+granted+" ", " "+name+" ") {
			without = append(without, name)
		}
	}
	return strings.Join(without, " ")
}

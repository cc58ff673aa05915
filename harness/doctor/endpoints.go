package doctor

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/reach"
)

// harmless are endpoints that are asked, with the method for it: without any
// parameter nothing happens there.
var harmless = map[string]string{
	"authorization_endpoint": http.MethodGet, "token_endpoint": http.MethodPost, "introspection_endpoint": http.MethodPost,
	"revocation_endpoint": http.MethodPost, "jwks_uri": http.MethodGet, "userinfo_endpoint": http.MethodGet,
}

// endpoints looks whether the metadata name what a run needs, and tells whether
// something is there.
func (e *examination) endpoints(ctx context.Context) bool {
	if address, _ := e.run.Metadata["token_endpoint"].(string); address == "" {
		e.found(Finding{Name: "token endpoint", Status: Error, Key: "authorization_server.metadata", Tried: "to find token_endpoint in the metadata", CameBack: "no such member",
			Change: "add it to authorization_server.metadata"})
	}
	sound := 0
	for _, member := range slices.Sorted(maps.Keys(e.run.Metadata)) {
		address, isText := e.run.Metadata[member].(string)
		if _, asked := harmless[member]; !isText || !asked && !strings.HasSuffix(member, "_endpoint") {
			continue
		}
		if f := e.endpoint(ctx, member, address); f.Status == OK {
			sound++
		} else {
			e.found(f)
		}
	}
	e.found(Finding{Name: "endpoints", Status: OK, Tried: "a request without parameters to each", CameBack: number(sound, "endpoint") + " there"})
	return Worst(e.findings) != Error
}

// endpoint is wrong in the configuration if that names it, or if it cannot be
// reached at all; else the server names something that is not there, which the
// run judges.
func (e *examination) endpoint(ctx context.Context, member, address string) Finding {
	f := Finding{Name: strings.ReplaceAll(member, "_", " "), Status: OK, Key: "authorization_server.metadata." + member, Tried: harmless[member] + " " + address}
	blame := Warning
	if _, ours := e.run.Target.AuthorizationServer.Metadata[member]; ours || member == "token_endpoint" {
		blame = Error
	}
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" {
		f.Status, f.Tried, f.CameBack, f.Change = blame, "to read "+member, fmt.Sprintf("%q, which is no absolute URL", address), "correct it, in the server or by authorization_server.metadata"
		return f
	}
	if err := e.run.Reach.Check(parsed); err != nil {
		return f.refused(err, blame)
	}
	if harmless[member] == "" {
		return f // Asking there does something.
	}
	answer, err := e.send(ctx, exchange.Request{Endpoint: exchange.Metadata, Method: harmless[member], URL: address, Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}})
	switch {
	case errors.As(err, new(*reach.Refusal)):
		return f.refused(err, blame)
	case err != nil:
		trouble := explain(err)
		f.Status, f.CameBack, f.Change = Error, trouble.cameBack, "the metadata name a host that cannot be reached from here; "+trouble.change
	case answer.Status == http.StatusNotFound:
		f.Status, f.CameBack, f.Change = blame, "status 404", "there is nothing at this URL; correct it, in the server or by authorization_server.metadata"
	}
	return f
}

// refused is an address to which the examiner does not go.
func (f Finding) refused(err error, blame Status) Finding {
	trouble := explain(err)
	f.Status, f.CameBack, f.Change = blame, trouble.cameBack, trouble.change
	return f
}

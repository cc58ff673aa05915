package authserver

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/redirecturi"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// destination is where the user agent returns to: a registered redirect URI of
// a known client.
type destination struct {
	client       store.Client
	redirectURI  string
	state        *string
	responseMode string // query or form_post.
	realm        *realm.Realm
}

// destinationOf finds the client and its redirect URI. Where either is not
// known, nobody is redirected (RFC 6749 section 4.1.2.1,
// https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1).
func destinationOf(ctx context.Context, request authserver.AuthorizationRequest) (destination, error) {
	r := realm.From(ctx)
	client, err := r.Client(ctx, value(request.ClientID))
	if errors.Is(err, store.ErrNotFound) {
		return destination{}, wire.InvalidRequest("this application is not known here")
	}
	if err != nil {
		return destination{}, err
	}
	uri, refused := RedirectURI.In(r)(r, client, request.RedirectURI)
	if refused != nil {
		return destination{}, refused
	}
	// Whatever the store holds, a browser is never led to a script or a file (RFC 9700
	// section 4.11.2, https://www.rfc-editor.org/rfc/rfc9700#section-4.11.2).
	if !redirecturi.Leadable(uri) {
		return destination{}, wire.InvalidRequest("its redirect_uri is not one that a browser may be sent to")
	}
	mode, refused := ResponseMode.In(r)(request.ResponseMode)
	if refused != nil {
		return destination{}, refused
	}
	return destination{client: client, redirectURI: uri, state: request.State, responseMode: mode, realm: r}, nil
}

// RedirectURI is the redirect URI of a request: the one that it names, if that is
// registered, or the only one that is (RFC 6749 section 3.1.2.3,
// https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2.3).
var RedirectURI = rule.New(func(r *realm.Realm, client store.Client, sent *string) (string, *wire.Error) {
	same := SameRedirectURI.In(r)
	switch {
	case sent == nil && len(client.RedirectURIs) == 1:
		return client.RedirectURIs[0], nil
	case sent == nil:
		return "", wire.InvalidRequest("redirect_uri is missing")
	case !slices.ContainsFunc(client.RedirectURIs, func(registered string) bool { return same(client, registered, *sent) }):
		return "", wire.InvalidRequest("redirect_uri is not registered for this application")
	}
	return *sent, nil
})

// SameRedirectURI compares exactly, but for the port of a loopback address (RFC 8252
// section 7.3, https://www.rfc-editor.org/rfc/rfc8252#section-7.3), and of
// localhost where the client is a native one (RFC 9700 section 4.1.3,
// https://www.rfc-editor.org/rfc/rfc9700#section-4.1.3).
var SameRedirectURI = rule.New(func(client store.Client, registered, sent string) bool {
	if registered == sent {
		return true
	}
	a, errA := url.Parse(registered)
	b, errB := url.Parse(sent)
	if errA != nil || errB != nil || a.Scheme != "http" || b.User != nil {
		return false
	}
	localhost := a.Hostname() == "localhost" && isNative(client)
	if !redirecturi.IsLoopback(a.Hostname()) && !localhost {
		return false
	}
	return a.Hostname() == b.Hostname() && strings.Replace(sent, "://"+b.Host, "://"+a.Host, 1) == registered
})

// isNative tells whether a client runs on the person's own device.
func isNative(client store.Client) bool {
	return client.ApplicationType == redirecturi.Native || client.ApplicationType == "" && !client.Confidential()
}

// hostname is "" where a URI has none.
func hostname(uri string) string {
	parsed, err := url.Parse(uri)
	if err != nil {
		return ""
	}
	return parsed.Hostname()
}

// AuthorizationResponse completes the parameters of a response, a code or an error,
// with the state as it came (RFC 6749 section 4.1.2,
// https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2) and the issuer (RFC 9207
// section 2, https://www.rfc-editor.org/rfc/rfc9207#section-2).
var AuthorizationResponse = rule.New(func(issuer string, state *string, parameters url.Values) url.Values {
	if state != nil {
		parameters.Set("state", *state)
	}
	parameters.Set("iss", issuer)
	return parameters
})

// with returns to the client with a response. A query of the redirect URI stays (RFC
// 6749 section 3.1.2, https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2).
func (d destination) with(parameters url.Values) response {
	parameters = AuthorizationResponse.In(d.realm)(d.realm.Issuer, d.state, parameters)
	if d.responseMode == formPost {
		return d.posted(parameters)
	}
	to, _ := url.Parse(d.redirectURI)
	query := to.Query()
	for name, values := range parameters {
		query[name] = values
	}
	to.RawQuery = query.Encode()
	return redirect{to.String()}
}

func (d destination) refused(e *wire.Error) response {
	return d.with(url.Values{"error": {e.Code}, "error_description": {wire.Printable(e.Description)}})
}

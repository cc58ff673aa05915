package authserver

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/redirecturi"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// destination is where the user agent returns to: a registered redirect URI of
// a known client.
type destination struct {
	client      store.Client
	redirectURI string
	state       *string
	formPost    bool // The response mode; otherwise query.
	issuer      string
	faults      faultname.Set
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
	uri, refused := redirectURI(client, request.RedirectURI, r.Faults())
	if nearlyOfDocument(r, client, request.RedirectURI, refused == nil) {
		uri, refused = *request.RedirectURI, nil
	}
	if refused != nil {
		return destination{}, refused
	}
	// Whatever the store holds, a browser is never led to a script or a file (RFC 9700
	// section 4.11.2, https://www.rfc-editor.org/rfc/rfc9700#section-4.11.2).
	if !redirecturi.Leadable(uri) {
		return destination{}, wire.InvalidRequest("its redirect_uri is not one that a browser may be sent to")
	}
	formPost, refused := formPostOf(request.ResponseMode, r.Faults())
	if refused != nil {
		return destination{}, refused
	}
	return destination{client: client, redirectURI: uri, state: request.State, formPost: formPost, issuer: r.Issuer, faults: r.Faults()}, nil
}

func redirectURI(client store.Client, given *string, faults faultname.Set) (string, *wire.Error) {
	if given == nil && faults.Has(faultname.FirstRedirectURITaken) && len(client.RedirectURIs) > 1 {
		return client.RedirectURIs[0], nil
	}
	if given == nil {
		if len(client.RedirectURIs) == 1 && !faults.Has(faultname.RedirectURIAlwaysNeeded) {
			return client.RedirectURIs[0], nil
		}
		return "", wire.InvalidRequest("redirect_uri is missing")
	}
	if len(client.RedirectURIs) == 0 && faults.Has(faultname.DocumentTakenOnTrust) {
		return *given, nil
	}
	registered := slices.ContainsFunc(client.RedirectURIs, func(uri string) bool { return sameURI(client, uri, *given, faults) })
	ignored := client.RegistrationToken != nil && faults.Has(faultname.RegisteredRedirectURIsIgnored)
	if !registered && !ignored && !faults.Has(faultname.UnregisteredRedirectURIAccepted) {
		return "", wire.InvalidRequest("redirect_uri is not registered for this application")
	}
	return *given, nil
}

// sameURI compares exactly, but for the port of a loopback address (RFC 8252
// section 7.3, https://www.rfc-editor.org/rfc/rfc8252#section-7.3), and of
// localhost where the client is a native one (RFC 9700 section 4.1.3,
// https://www.rfc-editor.org/rfc/rfc9700#section-4.1.3).
func sameURI(client store.Client, registered, given string, faults faultname.Set) bool {
	if faults.Has(faultname.PrivateSchemeRefused) && !strings.HasPrefix(given, "http") {
		return false
	}
	if registered == given || nearlySame(registered, given, faults) || strings.HasPrefix(given, registered) && faults.Has(faultname.RedirectURIByPrefix) {
		return true
	}
	if faults.Has(faultname.LoopbackPortFixed) || faults.Has(faultname.IPv6PortFixed) && strings.HasPrefix(given, "http://[") {
		return false
	}
	a, errA := url.Parse(registered)
	b, errB := url.Parse(given)
	if errA != nil || errB != nil || a.Scheme != "http" || b.User != nil {
		return false
	}
	localhost := a.Hostname() == "localhost" && (isNative(client) || faults.Has(faultname.LocalhostPortOpenToAll))
	if !redirecturi.IsLoopback(a.Hostname()) && !localhost {
		return false
	}
	b.Host = a.Host
	return a.Hostname() == hostname(given) && b.String() == registered
}

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

// with returns to the client with parameters, the state as it came and the
// issuer (RFC 9207 section 2, https://www.rfc-editor.org/rfc/rfc9207#section-2).
func (d destination) with(parameters url.Values) response {
	if d.state != nil && !d.faults.Has(faultname.StateNotReturned) {
		parameters.Set("state", *d.state)
		if d.faults.Has(faultname.StateCutOff) {
			parameters.Set("state", firstOf(*d.state, 1000))
		}
		if d.faults.Has(faultname.StateReencoded) {
			parameters.Set("state", url.QueryEscape(*d.state))
		}
	}
	d.nameIssuer(parameters)
	if d.formPost {
		return d.posted(parameters)
	}
	to, _ := url.Parse(d.redirectURI)
	query := to.Query()
	if d.faults.Has(faultname.RedirectQueryDropped) {
		query = url.Values{}
	}
	for name := range parameters {
		query.Set(name, parameters.Get(name))
	}
	to.RawQuery = query.Encode()
	if d.faults.Has(faultname.ResponseParameterTwice) {
		to.RawQuery += "&state=another"
	}
	return redirect{to.String()}
}

func (d destination) refused(e *wire.Error) response {
	parameters := url.Values{"error": {e.Code}, "error_description": {wire.Printable(e.Description)}}
	switch {
	case d.faults.Has(faultname.AuthorizationErrorRenamed):
		parameters.Set("error", "bad_request")
	case d.faults.Has(faultname.AuthorizationErrorWithQuotes):
		parameters.Set("error_description", `the "request" is ungültig`)
	case d.faults.Has(faultname.AuthorizationErrorURIBroken):
		parameters.Set("error_uri", "see our pages")
	case d.faults.Has(faultname.AuthorizationErrorUnexplained):
		parameters.Del("error_description")
	}
	return d.with(parameters)
}

// nameIssuer adds iss, in errors too (RFC 9207 section 2,
// https://www.rfc-editor.org/rfc/rfc9207#section-2).
func (d destination) nameIssuer(parameters url.Values) {
	switch {
	case d.faults.Has(faultname.IssuerMissingInForm) && d.formPost, d.faults.Has(faultname.IssuerMissingWithoutState) && d.state == nil,
		d.faults.Has(faultname.IssuerMissingInDenial) && parameters.Get("error") == "access_denied":
	case d.faults.Has(faultname.IssuerNotReturned), parameters.Has("error") && d.faults.Has(faultname.IssuerMissingInErrors):
	case d.faults.Has(faultname.IssuerParameterAltered):
		parameters.Set("iss", d.issuer+"/")
	case d.faults.Has(faultname.IssuerParameterWithQuery):
		parameters.Set("iss", d.issuer+"?tenant=one")
	default:
		parameters.Set("iss", d.issuer)
	}
}

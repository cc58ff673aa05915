package world

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/target"
)

// registerElsewhere finds a client without a control plane: it registers
// itself, or it is in the target file.
func (w *World) registerElsewhere(ctx context.Context, name string, confidential bool, request control.ClientRequest, table Table) error {
	kind := fmt.Sprint(name, confidential, table.Key())
	refused, err := w.registerLike(ctx, confidential, request, table)
	switch {
	case err != nil:
		return err
	case refused == nil:
		w.remember(kind, request)
		return nil
	case IsLimited(refused) && w.recall(kind):
		return nil
	}
	if name == "second" {
		table = nil // Another client of the file is as it is.
	}
	w.Client, err = w.fitting(name, confidential, request, table)
	if unfit := new(check.NotApplicable); errors.As(err, &unfit) {
		unfit.Reason = refused.Reason + ", and " + unfit.Reason
	}
	if err == nil {
		w.Log.Plant(w.Client.Secret)
	}
	return err
}

// registerLike registers a client dynamically as a scenario needs it, or tells
// why it cannot.
func (w *World) registerLike(ctx context.Context, confidential bool, request control.ClientRequest, table Table) (*check.NotApplicable, error) {
	if !w.Run.Capabilities["registration"] {
		return &check.NotApplicable{Reason: "the authorization server registers no clients"}, nil
	}
	if _, chosen := table.Get("client_secret"); chosen {
		return &check.NotApplicable{Reason: "no client chooses its secret when it registers"}, nil
	}
	if _, chosen := table.Get("token_endpoint_auth_method"); !chosen && confidential {
		request.TokenEndpointAuthMethod = new(w.Run.secretMethod())
	}
	key, err := w.giveKey(&request, table)
	if err != nil {
		return nil, err
	}
	before := Part[Registration](w)
	for _, kind := range applicationTypes(confidential, table) {
		err = w.RegisterDynamically(ctx, append(w.metadataFor(request, table), Row{"application_type", kind}))
		if unfit := new(check.NotApplicable); errors.As(err, &unfit) {
			return unfit, nil
		}
		if err != nil {
			return nil, err
		}
		if w.registrationMade() == nil {
			break
		}
	}
	if w.registrationMade() != nil {
		return &check.NotApplicable{Reason: "the authorization server does not register such a client: " + check.Describe(w.Last.Exchange)}, nil
	}
	w.Client.Key = key
	if request.Scope == nil {
		w.Client.Scope = ScopesOfResources(strings.Fields(w.Client.Scope))
	}
	w.Client.Title = w.registeredAs("client_name")
	Put(w, before)
	unlike := w.Client.Confidential() != confidential
	for _, row := range table {
		unlike = unlike || !w.Client.fits(row, request)
	}
	if unlike {
		return &check.NotApplicable{Reason: "the authorization server registers another client than was asked for"}, nil
	}
	return nil, nil
}

// secretMethod is how a client shows its secret where a scenario leaves that
// open: in the header, unless the metadata lists the body alone.
func (r *Run) secretMethod() control.ClientRequestTokenEndpointAuthMethod {
	listed := listedIn(r.Metadata, "token_endpoint_auth_methods_supported")
	if !slices.Contains(listed, "client_secret_basic") && slices.Contains(listed, "client_secret_post") {
		return "client_secret_post"
	}
	return "client_secret_basic"
}

// applicationTypes are what a client registers as: who can prove who it is, is
// no native application, if the server takes its redirect URIs for others
// (OpenID Connect Dynamic Client Registration section 2,
// https://openid.net/specs/openid-connect-registration-1_0.html#ClientMetadata).
func applicationTypes(confidential bool, table Table) []string {
	if kind, named := table.Get("application_type"); named {
		return []string{kind}
	}
	if confidential {
		return []string{"web", "native"}
	}
	return []string{"native"}
}

// scopes are those that the metadata lists.
func (w *World) scopes() []string { return listedIn(w.Run.Metadata, "scopes_supported") }

// metadataFor is the registration of what a scenario asks for. Grants that it
// does not name itself are those of the usual ones that the server offers.
func (w *World) metadataFor(request control.ClientRequest, table Table) Table {
	grants := *request.GrantTypes
	if _, named := table.Get("grant_types"); !named {
		grants = slices.DeleteFunc(slices.Clone(grants), func(grant string) bool {
			return !w.Run.Capabilities[grant] || grant == "client_credentials" && *request.TokenEndpointAuthMethod == "none"
		})
	}
	responses := "[]"
	if slices.Contains(grants, "authorization_code") {
		responses = "code"
	}
	metadata := Table{
		{"grant_types", strings.Join(grants, " ")}, {"response_types", responses},
		{"redirect_uris", strings.Join(*request.RedirectUris, " ")}, {"token_endpoint_auth_method", string(*request.TokenEndpointAuthMethod)},
	}
	if request.Jwks != nil {
		keys, _ := json.Marshal(*request.Jwks) // of our own making
		metadata = append(metadata, Row{"jwks", string(keys)})
	}
	if request.JwksURI != nil {
		metadata = append(metadata, Row{"jwks_uri", *request.JwksURI})
	}
	if request.ClientName != nil {
		metadata = append(metadata, Row{"client_name", *request.ClientName})
	}
	if request.Scope != nil {
		return append(metadata, Row{"scope", *request.Scope})
	}
	if scopes := w.scopes(); len(scopes) > 0 {
		metadata = append(metadata, Row{"scope", strings.Join(scopes, " ")})
	}
	return metadata
}

// ScopesOfResources leaves out the scopes of OpenID Connect (OpenID Connect Core
// sections 5.4 and 11, https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims):
// they are about the user, and a scenario that is about them asks for them.
func ScopesOfResources(scopes []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(scopes), func(name string) bool {
		return slices.Contains([]string{"openid", "profile", "email", "address", "phone", "offline_access"}, name)
	}), " ")
}

// EndRegistrations deletes the registrations that the scenario made, where the
// server lets it, and returns its answers.
func (w *World) EndRegistrations(ctx context.Context) []*exchange.Exchange {
	var answers []*exchange.Exchange
	for uri, registration := range w.Realm.registered {
		answer, _ := w.Log.Send(ctx, exchange.Request{
			Endpoint: exchange.ClientConfiguration, Method: http.MethodDelete, URL: uri,
			Header: http.Header{"Authorization": {"Bearer " + registration.token}},
		})
		if answer.Status/100 == 2 {
			w.Run.ledger.deleted(registration.client)
		}
		answers = append(answers, answer)
	}
	clear(w.Realm.registered)
	return answers
}

// Known is a client of the target file; nil where it has none of this name.
func (r *Run) Known(name string) *Client {
	known, ok := r.Target.Clients[name]
	if !ok {
		return nil
	}
	return clientOf(known)
}

// clientOf: that the private key can be read was checked as the run began.
func clientOf(known target.Client) *Client {
	client := &Client{
		ID: known.ID, Secret: known.Secret, GrantTypes: known.GrantTypes,
		RedirectURIs: known.RedirectURIs, Scope: known.Scope, Method: "none",
	}
	if key, err := proof.ParseKey(known.PrivateKey); known.PrivateKey != "" && err == nil {
		client.Key, client.Method = &key, "private_key_jwt"
	}
	if known.Secret != "" {
		client.Method = "client_secret_basic"
	}
	client.Method = cmp.Or(known.AuthMethod, client.Method)
	return client
}

// CheckKeys finds a private key of the target file that cannot be used.
func (r *Run) CheckKeys() error {
	var problems []error
	for name, client := range r.Target.Clients {
		if !HasUsableKey(client) {
			problems = append(problems, fmt.Errorf("clients.%s.private_key: %w", name, proof.ErrKey))
		}
	}
	return errors.Join(problems...)
}

// HasUsableKey tells whether a client of the target file can sign with its
// private key, if it has one.
func HasUsableKey(client target.Client) bool {
	if client.PrivateKey == "" {
		return true
	}
	key, err := proof.ParseKey(client.PrivateKey)
	return err == nil && key.Asymmetric()
}

// resourceClient introspects for the protected resource of the target: the
// client of the target file that is there for it, else whoever the token was
// issued to, else another one of the file; nil where there is none.
func (w *World) resourceClient() *Client {
	known, named := w.Run.Target.Clients["resource"]
	if !named && w.Grant.holder != nil && w.Grant.holder.Confidential() {
		return w.Grant.holder
	}
	if !named {
		known, named = w.Run.Target.Clients["confidential"]
	}
	if !named {
		return nil
	}
	client := clientOf(known)
	client.Name = protectedResource
	return client
}

// ResourceHasCredentials tells whether the protected resource introspects as
// itself, and not as the client whose token it is.
func (w *World) ResourceHasCredentials() error {
	if _, named := w.Run.Target.Clients["resource"]; w.control == nil && !named {
		return check.Unnamed("clients.resource", "the target names no client with which its protected resource introspects; add clients.resource to the target file")
	}
	return nil
}

// registeredFor keeps a mistake of the target file from being taken for one of
// the server: a client is asked only for what it is registered to do. Where
// there is a control plane, the scenario registers what it means.
func (w *World) registeredFor(grant string) error {
	switch {
	case w.control != nil || w.Client.without == grant || w.Client.registered && w.Run.Capabilities[grant]: // As it was meant.
		return nil
	case len(w.Client.GrantTypes) > 0 && !slices.Contains(w.Client.GrantTypes, grant):
		return w.lacksGrant(grant)
	case grant == "authorization_code" && len(w.Client.RedirectURIs) == 0:
		return check.Unnamed("clients.redirect_uris", "the client of the target file has no redirect_uris; add those that it is registered with")
	}
	return nil
}

// lacksGrant tells why the client has not a grant type.
func (w *World) lacksGrant(grant string) error {
	switch {
	case !w.Run.Capabilities[grant]:
		return &check.NotApplicable{Reason: "the target does not offer " + grant, Lacks: grant}
	case len(w.Run.Target.Clients) == 0:
		return &check.NotApplicable{Reason: "the client did not register for the grant type " + grant, Lacks: grant}
	}
	return check.Unnamed("clients.grant_types", fmt.Sprintf("the client of the target file has not the grant type %s; add it to its grant_types, if it is registered for it", grant))
}

// registeredAs is what the client registered itself with; "" for another one.
func (w *World) registeredAs(name string) string {
	text, _ := w.registration().Sent[name].(string)
	return text
}

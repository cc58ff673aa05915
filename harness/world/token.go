package world

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
)

var errNoClient = errors.New("the scenario has no client yet; begin with `Given a confidential client`")

// RequestToken asks for a token by client credentials, departing from a valid
// request in what table says.
func (w *World) RequestToken(ctx context.Context, table Table) error {
	if w.Client == nil {
		return errNoClient
	}
	if err := w.Run.Setting.MayUse(w, "client_credentials"); err != nil {
		return err
	}
	parameters := Parameters{{"grant_type", "client_credentials"}}
	if w.Client.Scope != "" {
		parameters = append(parameters, Parameter{"scope", w.Client.Scope})
	}
	if audience := w.audience(); audience != "" {
		parameters = append(parameters, Parameter{"resource", audience})
	}
	return w.sendForm(ctx, TokenResponse, parameters, table)
}

// RedeemCode redeems the authorization code.
func (w *World) RedeemCode(ctx context.Context, table Table) error {
	if w.Client == nil {
		return errNoClient
	}
	parameters := Parameters{{"grant_type", "authorization_code"}, {"code", w.Grant.Code}}
	for _, optional := range (Parameters{{"redirect_uri", w.Grant.RedirectURI}, {"code_verifier", w.Grant.Verifier}, {"resource", w.Grant.Resource}}) {
		if optional.Value != "" {
			parameters = append(parameters, optional)
		}
	}
	return w.sendForm(ctx, TokenResponse, parameters, table)
}

// Introspect asks about the access token, as the protected resource unless
// the scenario names another party.
func (w *World) Introspect(ctx context.Context, by *Client, table Table) error {
	if by == nil {
		return check.Unnamed("clients.resource", "the target names no client that may introspect; add clients.resource to the target file")
	}
	asker := w.Run.authenticatingAt("introspection", by, table)
	table, err := w.respelled(table, "token")
	if err != nil {
		return err
	}
	return w.As(asker, func() error {
		return w.sendForm(ctx, IntrospectionResponse, Parameters{{"token", w.Grant.AccessToken}}, table)
	})
}

// ResourceClient is the client with which the protected resource introspects;
// nil where the target has none.
func (w *World) ResourceClient() *Client {
	client, _ := w.Run.Setting.ResourceClient(w)
	return client
}

// ResourceHasCredentials tells whether the protected resource introspects as
// itself, and not as the client whose token it is.
func (w *World) ResourceHasCredentials() error {
	if _, own := w.Run.Setting.ResourceClient(w); !own {
		return check.Unnamed("clients.resource", "the target names no client with which its protected resource introspects; add clients.resource to the target file")
	}
	return nil
}

// ProtectedResource is the name of the client of the protected resource.
const ProtectedResource = "protected resource"

// Revoke revokes the access token, or the token that table names.
func (w *World) Revoke(ctx context.Context, table Table) error {
	if w.Client == nil {
		return errNoClient
	}
	return w.As(w.Run.authenticatingAt("revocation", w.Client, table), func() error {
		return w.sendForm(ctx, RevocationResponse, Parameters{{"token", w.Grant.AccessToken}}, table)
	})
}

// formEndpoints are the endpoints that take a form with client authentication,
// with their members of the metadata.
var formEndpoints = map[Kind]struct {
	endpoint exchange.Endpoint
	member   string
}{
	TokenResponse:         {exchange.Token, "token_endpoint"},
	IntrospectionResponse: {exchange.Introspection, "introspection_endpoint"},
	RevocationResponse:    {exchange.Revocation, "revocation_endpoint"},
}

// secretsOfForms are those whose values no text shows whole.
var secretsOfForms = []string{"client_secret", "client_assertion", "code", "code_verifier", "token", "refresh_token", "subject_token", "actor_token"}

// sendForm sends parameters to the endpoint of kind and authenticates the
// client as it is registered to.
func (w *World) sendForm(ctx context.Context, kind Kind, parameters Parameters, table Table) error {
	to := formEndpoints[kind]
	address, err := w.Endpoint(to.member)
	if err != nil {
		return err
	}
	transport, table := split(table)
	if method, named := table.Get("(authentication)"); named {
		disguised := *w.Client
		disguised.Method = method
		if strings.HasPrefix(method, "client_secret_") && disguised.Secret == "" {
			disguised.Secret = proof.Random()
		}
		return w.As(&disguised, func() error { return w.sendForm(ctx, kind, parameters, table.Without("(authentication)")) })
	}
	inBody, table := besides(table)
	header, parameters, err := w.authenticated(parameters, table)
	if err != nil {
		return err
	}
	if value, _ := Table(transport).Get("Authorization"); strings.Contains(value, "(valid)") && header.Get("Authorization") == "" {
		return &check.NotApplicable{Reason: "the client does not authenticate in the Authorization header"}
	}
	parameters = append(parameters, inBody...)
	for _, parameter := range parameters {
		if slices.Contains(secretsOfForms, parameter.Name) {
			w.Log.Secret(parameter.Value)
		}
	}
	request := exchange.Request{Endpoint: to.endpoint, From: w.Client.Name, Method: http.MethodPost, URL: address, Header: header, Body: []byte(encode(parameters))}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	transport.naming(w.Valid("access_token")).apply(&request)
	return w.Do(ctx, kind, request)
}

// authenticated lays table over parameters and over the credentials. With
// HTTP Basic, a deviation of client_id or client_secret is one of the header;
// where both are (valid), they are a second way to authenticate, in the body.
func (w *World) authenticated(parameters Parameters, table Table) (http.Header, Parameters, error) {
	if w.Client.byJWT() {
		credentials, rest, err := w.assert(table)
		return http.Header{}, append(credentials, parameters...).Deviate(rest, w.valids()), err
	}
	credentials := Parameters{{"client_id", w.Client.ID}}
	if w.Client.Secret != "" {
		credentials = append(credentials, Parameter{"client_secret", w.Client.Secret})
	}
	if w.Client.Method != "client_secret_basic" {
		return http.Header{}, append(credentials, parameters...).Deviate(table, w.valids()), nil
	}
	ofHeader, ofBody := ofCredentials(table)
	credentials = credentials.Deviate(ofHeader, w.valids())
	parameters = parameters.Deviate(ofBody, w.valids())
	id, hasID := credentials.Get("client_id")
	secret, hasSecret := credentials.Get("client_secret")
	if !hasID || !hasSecret {
		return http.Header{}, append(credentials, parameters...), nil
	}
	return http.Header{"Authorization": {w.Log.BasicCredentials(id, secret)}}, parameters, nil
}

// besides takes the rows out that put a parameter into the body whatever else
// is there: "client_id (in the body)".
func besides(table Table) (Parameters, Table) {
	var inBody Parameters
	var rest Table
	for _, row := range table {
		if name, ok := strings.CutSuffix(row.Name, " (in the body)"); ok {
			inBody = append(inBody, Parameter{name, Resolve(Row{name, row.Value}, "", nil, func(string) string { return "" })})
		} else {
			rest = append(rest, row)
		}
	}
	return inBody, rest
}

// ofCredentials parts the rows that deviate in the header from the others.
func ofCredentials(table Table) (ofHeader, ofBody Table) {
	deviates := false
	for _, row := range table {
		if row.Name == "client_id" || row.Name == "client_secret" {
			ofHeader = append(ofHeader, row)
			deviates = deviates || row.Value != "(valid)"
		} else {
			ofBody = append(ofBody, row)
		}
	}
	if !deviates {
		return nil, table
	}
	return ofHeader, ofBody
}

// valids gives the valid value of any parameter.
func (w *World) valids() func(name string) string {
	return func(name string) string { return w.Valid(name) }
}

// Valid is the value of a parameter in a valid request, whether or not the
// request at hand sends it.
func (w *World) Valid(name string) string {
	switch name {
	case "client_id":
		return w.Client.ID
	case "client_name":
		return w.Client.Title
	case "client_uri", "tos_uri", "policy_uri":
		registered, _ := w.registration().Sent[name].(string)
		return registered
	case "client_id host":
		return hostOf(w.Client.ID)
	case "id_token_hint":
		return w.Grant.IDToken
	case "redirect host":
		return hostOf(w.Client.RedirectURI())
	case "client_secret":
		return w.Client.Secret
	case "document URL without its path", "document URL with a segment of dots", "document URL with a fragment", "document URL with a user name":
		return Part[Document](w).variant(name)
	case "software_statement":
		stated, _ := w.registration().Sent["software_statement"].(string)
		return stated
	case "scope":
		return w.Client.Scope
	case "narrower scope":
		first, _, _ := strings.Cut(w.Client.Scope, " ")
		return first
	case "redirect_uri":
		return w.Client.RedirectURI()
	case "state":
		return w.Grant.State
	case "code":
		return w.Grant.Code
	case "code_verifier":
		return w.Grant.Verifier
	case "earlier code_verifier":
		return w.Grant.Earlier
	case "code_challenge":
		return proof.Challenge(w.Grant.Verifier)
	case "nonce":
		return w.Grant.Nonce
	case "granted scope":
		return w.Grant.Consented
	case "refresh_token":
		return w.Grant.RefreshToken
	case "used refresh_token":
		return w.Grant.UsedRefreshToken
	case "access_token", "token":
		return w.Grant.AccessToken
	case "iss", "issuer":
		return w.Realm.Issuer
	case "second resource":
		return cmp.Or(w.Run.Target.ResourceServer.Second, w.Realm.Resource+"/second")
	case "resource", "aud", "audience":
		return cmp.Or(w.audience(), w.Realm.Resource)
	case "protected resource":
		return w.Realm.Resource
	case "sub":
		return w.Realm.User.ID
	}
	return w.Grant.Received.valid(name)
}

func encode(parameters Parameters) string {
	var pairs []string
	for _, p := range parameters {
		pairs = append(pairs, url.QueryEscape(p.Name)+"="+url.QueryEscape(p.Value))
	}
	return strings.Join(pairs, "&")
}

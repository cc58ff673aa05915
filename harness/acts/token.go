package acts

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

var errNoClient = errors.New("the scenario has no client yet; begin with `Given a confidential client`")

// RequestToken asks for a token by client credentials, departing from a valid
// request in what table says.
func RequestToken(ctx context.Context, w *world.World, table world.Table) error {
	if w.Client == nil {
		return errNoClient
	}
	if err := w.Run.Setting.MayUse(w, "client_credentials"); err != nil {
		return err
	}
	parameters := world.Parameters{{Name: "grant_type", Value: "client_credentials"}}
	if w.Client.Scope != "" {
		parameters = append(parameters, world.Parameter{Name: "scope", Value: w.Client.Scope})
	}
	if audience := audience(w); audience != "" {
		parameters = append(parameters, world.Parameter{Name: "resource", Value: audience})
	}
	return sendForm(ctx, w, world.TokenResponse, parameters, table)
}

// RedeemCode redeems the authorization code.
func RedeemCode(ctx context.Context, w *world.World, table world.Table) error {
	if w.Client == nil {
		return errNoClient
	}
	parameters := world.Parameters{{Name: "grant_type", Value: "authorization_code"}, {Name: "code", Value: w.Grant.Code}}
	for _, optional := range (world.Parameters{{Name: "redirect_uri", Value: w.Grant.RedirectURI}, {Name: "code_verifier", Value: w.Grant.Verifier}, {Name: "resource", Value: w.Grant.Resource}}) {
		if optional.Value != "" {
			parameters = append(parameters, optional)
		}
	}
	return sendForm(ctx, w, world.TokenResponse, parameters, table)
}

// Introspect asks about the access token, as the protected resource unless
// the scenario names another party.
func Introspect(ctx context.Context, w *world.World, by *world.Client, table world.Table) error {
	if by == nil {
		return check.Unnamed("clients.resource", "the target names no client that may introspect; add clients.resource to the target file")
	}
	asker := authenticatingAt(w.Run, "introspection", by, table)
	table, err := respelled(w, table, "token")
	if err != nil {
		return err
	}
	return w.As(asker, func() error {
		return sendForm(ctx, w, world.IntrospectionResponse, world.Parameters{{Name: "token", Value: w.Grant.AccessToken}}, table)
	})
}

// ResourceClient is the client with which the protected resource introspects;
// nil where the target has none.
func ResourceClient(w *world.World) *world.Client {
	client, _ := w.Run.Setting.ResourceClient(w)
	return client
}

// ResourceHasCredentials tells whether the protected resource introspects as
// itself, and not as the client whose token it is.
func ResourceHasCredentials(w *world.World) error {
	if _, own := w.Run.Setting.ResourceClient(w); !own {
		return check.Unnamed("clients.resource", "the target names no client with which its protected resource introspects; add clients.resource to the target file")
	}
	return nil
}

// ProtectedResource is the name of the client of the protected resource.
const ProtectedResource = "protected resource"

// Revoke revokes the access token, or the token that table names.
func Revoke(ctx context.Context, w *world.World, table world.Table) error {
	if w.Client == nil {
		return errNoClient
	}
	return w.As(authenticatingAt(w.Run, "revocation", w.Client, table), func() error {
		return sendForm(ctx, w, world.RevocationResponse, world.Parameters{{Name: "token", Value: w.Grant.AccessToken}}, table)
	})
}

// formEndpoints are the endpoints that take a form with client authentication,
// with their members of the metadata.
var formEndpoints = map[world.Kind]struct {
	endpoint exchange.Endpoint
	member   string
}{
	world.TokenResponse:         {exchange.Token, "token_endpoint"},
	world.IntrospectionResponse: {exchange.Introspection, "introspection_endpoint"},
	world.RevocationResponse:    {exchange.Revocation, "revocation_endpoint"},
}

// secretsOfForms are those whose values no text shows whole.
var secretsOfForms = []string{"client_secret", "client_assertion", "code", "code_verifier", "token", "refresh_token", "subject_token", "actor_token"}

// sendForm sends parameters to the endpoint of kind and authenticates the
// client as it is registered to.
func sendForm(ctx context.Context, w *world.World, kind world.Kind, parameters world.Parameters, table world.Table) error {
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
		return w.As(&disguised, func() error { return sendForm(ctx, w, kind, parameters, table.Without("(authentication)")) })
	}
	inBody, table := besides(table)
	header, parameters, err := authenticated(ctx, w, parameters, table)
	if err != nil {
		return err
	}
	if value, _ := world.Table(transport).Get("Authorization"); strings.Contains(value, "(valid)") && header.Get("Authorization") == "" {
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
	transport.naming(Valid(w, "access_token")).apply(&request)
	return Do(ctx, w, kind, request)
}

// authenticated lays table over parameters and over the credentials. With
// HTTP Basic, a deviation of client_id or client_secret is one of the header;
// where both are (valid), they are a second way to authenticate, in the body.
func authenticated(ctx context.Context, w *world.World, parameters world.Parameters, table world.Table) (http.Header, world.Parameters, error) {
	if byJWT(w.Client) {
		credentials, rest, err := assert(ctx, w, table)
		return http.Header{}, append(credentials, parameters...).Deviate(rest, valids(w)), err
	}
	credentials := world.Parameters{{Name: "client_id", Value: w.Client.ID}}
	if w.Client.Secret != "" {
		credentials = append(credentials, world.Parameter{Name: "client_secret", Value: w.Client.Secret})
	}
	if w.Client.Method != "client_secret_basic" {
		return http.Header{}, append(credentials, parameters...).Deviate(table, valids(w)), nil
	}
	ofHeader, ofBody := ofCredentials(table)
	credentials = credentials.Deviate(ofHeader, valids(w))
	parameters = parameters.Deviate(ofBody, valids(w))
	id, hasID := credentials.Get("client_id")
	secret, hasSecret := credentials.Get("client_secret")
	if !hasID || !hasSecret {
		return http.Header{}, append(credentials, parameters...), nil
	}
	return http.Header{"Authorization": {w.Log.BasicCredentials(id, secret)}}, parameters, nil
}

// besides takes the rows out that put a parameter into the body whatever else
// is there: "client_id (in the body)".
func besides(table world.Table) (world.Parameters, world.Table) {
	var inBody world.Parameters
	var rest world.Table
	for _, row := range table {
		if name, ok := strings.CutSuffix(row.Name, " (in the body)"); ok {
			inBody = append(inBody, world.Parameter{Name: name, Value: world.Resolve(world.Row{Name: name, Value: row.Value}, "", nil, func(string) string { return "" })})
		} else {
			rest = append(rest, row)
		}
	}
	return inBody, rest
}

// ofCredentials parts the rows that deviate in the header from the others.
func ofCredentials(table world.Table) (ofHeader, ofBody world.Table) {
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
func valids(w *world.World) func(name string) string {
	return func(name string) string { return Valid(w, name) }
}

func encode(parameters world.Parameters) string {
	var pairs []string
	for _, p := range parameters {
		pairs = append(pairs, url.QueryEscape(p.Name)+"="+url.QueryEscape(p.Value))
	}
	return strings.Join(pairs, "&")
}

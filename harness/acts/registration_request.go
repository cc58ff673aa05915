package acts

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// Registration is what a client knows that registered itself (RFC 7591, RFC
// 7592).
type Registration struct {
	URI, Token   string         // registration_client_uri and registration_access_token.
	EarlierToken string         // The one before an update.
	OthersToken  string         // That of another client.
	Sent         map[string]any // The metadata that the client sent last.
}

// registration is what the client knows so far, if it registered itself.
func registration(w *world.World) Registration {
	if known := world.Part[Registration](w); known != nil {
		return *known
	}
	return Registration{}
}

// RegisterDynamically registers a client at the registration endpoint,
// departing from a usual registration in what table says. Where it succeeds,
// that client acts from now on.
func RegisterDynamically(ctx context.Context, w *world.World, table world.Table) error {
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	address, err := w.Endpoint("registration_endpoint")
	if err != nil {
		return err
	}
	header := http.Header{}
	if w.Realm.InitialToken != "" {
		header.Set("Authorization", "Bearer "+w.Realm.InitialToken)
	}
	request := exchange.Request{Endpoint: exchange.Registration, Method: http.MethodPost, URL: address, Header: header}
	metadata := usualMetadata(w.Run)
	table, err = addStatement(w, metadata, table)
	if err != nil {
		return err
	}
	if err := sendMetadata(ctx, w, request, metadata, table); err != nil {
		return err
	}
	return statementUsed(w)
}

// UpdateRegistration sends all of the client's metadata anew (RFC 7592 section
// 2.2, https://www.rfc-editor.org/rfc/rfc7592#section-2.2).
func UpdateRegistration(ctx context.Context, w *world.World, table world.Table) error {
	request, err := configuration(w, http.MethodPut)
	if err != nil {
		return err
	}
	metadata := maps.Clone(registration(w).Sent)
	metadata["client_id"] = w.Client.ID
	return sendMetadata(ctx, w, request, metadata, table)
}

// ManageRegistration reads the registration of the client or, with the method
// DELETE, ends it. A row client_id asks for that client.
func ManageRegistration(ctx context.Context, w *world.World, method string, table world.Table) error {
	request, err := configuration(w, method)
	if err != nil {
		return err
	}
	about, table := split(namingTokens(w, table))
	if other, named := table.Get("client_id"); named {
		other = world.Resolve(world.Row{Name: "client_id", Value: other}, w.Client.ID, nil, valids(w))
		if request.URL, named = aboutClient(request.URL, w.Client.ID, other); !named {
			return &check.NotApplicable{Reason: "the registration_client_uri does not hold the client_id"}
		}
	}
	about.apply(&request)
	err = Do(ctx, w, world.RegistrationResponse, request)
	if err == nil && method == http.MethodDelete && w.Last.Exchange.Status/100 == 2 {
		w.Realm.Ledger.Deleted(w.Realm.Registered[request.URL].Client)
		delete(w.Realm.Registered, request.URL)
		w.Grant.Holder = nil // It is no client any more that could ask about its token.
	}
	return err
}

// configuration is a request to the client configuration endpoint (RFC 7592
// section 2, https://www.rfc-editor.org/rfc/rfc7592#section-2).
func configuration(w *world.World, method string) (exchange.Request, error) {
	registration := registration(w)
	switch {
	case w.Client == nil:
		return exchange.Request{}, errNoClient
	case registration.URI == "" || registration.Token == "":
		return exchange.Request{}, &check.NotApplicable{Reason: "the authorization server lets no client manage its registration: the answer to the registration has no registration_client_uri or registration_access_token", Lacks: "client_configuration"}
	}
	return exchange.Request{
		Endpoint: exchange.ClientConfiguration, Method: method, URL: registration.URI,
		Header: http.Header{"Authorization": {"Bearer " + registration.Token}},
	}, nil
}

// sendMetadata lays table over metadata, sends it and keeps what comes back.
func sendMetadata(ctx context.Context, w *world.World, request exchange.Request, metadata map[string]any, table world.Table) error {
	about, table := split(namingTokens(w, table))
	for _, row := range table {
		if row.Value == "(omitted)" {
			delete(metadata, row.Name)
		} else {
			metadata[row.Name] = metadataValue(w, row)
		}
	}
	body, err := json.Marshal(metadata)
	if err != nil {
		return err
	}
	request.Body = body
	request.Header.Set("Content-Type", "application/json")
	about.apply(&request)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	// Its answer is waited for even where the run is interrupted: without it
	// nobody could delete what was registered.
	if err := Do(context.WithoutCancel(ctx), w, world.RegistrationResponse, request); err != nil {
		return err
	}
	keepRegistration(w, request.Endpoint == exchange.Registration, metadata)
	return nil
}

// lists are the members of client metadata that are arrays (RFC 7591 section
// 2, https://www.rfc-editor.org/rfc/rfc7591#section-2).
var lists = map[string]bool{"redirect_uris": true, "grant_types": true, "response_types": true, "contacts": true}

func metadataValue(w *world.World, row world.Row) any {
	var structured any
	valid := valids(w)
	if w.Client == nil {
		valid = func(string) string { return "" }
	}
	switch {
	case row.Value == aPicture || row.Value == aMissingPage:
		return world.Part[Picture](w).at(row.Value)
	case strings.HasPrefix(row.Value, "{") || strings.HasPrefix(row.Value, "["):
		if json.Unmarshal([]byte(row.Value), &structured) == nil {
			return structured
		}
	case lists[row.Name]:
		return strings.Fields(row.Value)
	}
	return world.Resolve(row, valid(row.Name), nil, valid)
}

// namingTokens puts tokens in the place of their names in an Authorization row.
func namingTokens(w *world.World, table world.Table) world.Table {
	names := strings.NewReplacer("(random)", proof.Random(), "(of another client)", registration(w).OthersToken, "(earlier)", registration(w).EarlierToken)
	var named world.Table
	for _, row := range table {
		if row.Name == "Authorization" {
			row.Value = names.Replace(row.Value)
		}
		named = append(named, row)
	}
	return named
}

// usualMetadata is the registration of a native client, as those of MCP
// register.
func usualMetadata(r *world.Run) map[string]any {
	metadata := map[string]any{
		"client_name": "grantproof", "application_type": "native", "redirect_uris": []string{world.DefaultRedirectURI},
		"grant_types": []string{"authorization_code"}, "response_types": []string{"code"}, "token_endpoint_auth_method": "client_secret_basic",
	}
	known, listed := r.Metadata["token_endpoint_auth_methods_supported"].([]any)
	for _, method := range []string{"none", "client_secret_post", "client_secret_basic"} {
		for _, supported := range known {
			if listed && supported == method {
				metadata["token_endpoint_auth_method"] = method
			}
		}
	}
	return metadata
}

// keepRegistration keeps what a registration or an update brought.
func keepRegistration(w *world.World, first bool, sent map[string]any) {
	answer := Object(w.Last)
	id, _ := answer["client_id"].(string)
	if w.Last.Exchange.Status/100 != 2 || id == "" && first {
		return
	}
	uri, _ := answer["registration_client_uri"].(string)
	token, _ := answer["registration_access_token"].(string)
	w.Log.Secret(token)
	now := registration(w)
	if first {
		now = Registration{URI: uri, Token: token, OthersToken: now.OthersToken}
		w.Client = &world.Client{ID: id, Method: "client_secret_basic", GrantTypes: []string{"authorization_code"}, Registered: true}
	} else if token != "" && token != now.Token {
		now.EarlierToken, now.Token = now.Token, token
	}
	now.Sent = sent
	world.Put(w, &now)
	if first {
		w.Realm.Ledger.Made(id)
	}
	if now.URI != "" {
		w.Realm.Remember(now.URI, world.SelfRegistered{Client: w.Client.ID, Token: now.Token})
	}
	w.Client = as(w.Client, answer, sent)
	w.Client.Scope = cmp.Or(w.Client.Scope, w.Realm.Scope)
	w.Log.Secret(w.Client.Secret)
}

// as is the client with what an answer says of it; what the answer leaves out
// is as it was sent.
func as(c *world.Client, answer, sent map[string]any) *world.Client {
	now := *c
	both := map[string]any{}
	maps.Copy(both, sent)
	maps.Copy(both, answer)
	if secret, ok := answer["client_secret"].(string); ok {
		now.Secret = secret
	}
	if method, ok := both["token_endpoint_auth_method"].(string); ok {
		now.Method = method
	}
	if now.Method == "none" {
		now.Secret = ""
	}
	now.Scope, _ = both["scope"].(string)
	now.Title, _ = sent["client_name"].(string)
	for name, list := range map[string]*[]string{"grant_types": &now.GrantTypes, "redirect_uris": &now.RedirectURIs} {
		if encoded, err := json.Marshal(both[name]); err == nil && both[name] != nil {
			_ = json.Unmarshal(encoded, list)
		}
	}
	return &now
}

// HasRegistered registers a client, as a Given.
func HasRegistered(ctx context.Context, w *world.World, table world.Table) error {
	if err := RegisterDynamically(ctx, w, table); err != nil {
		return err
	}
	return RegistrationMade(w)
}

// RegistrationMade is an error where the last answer brought no client: one has a
// client_id (RFC 7591 section 3.2.1, https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1).
func RegistrationMade(w *world.World) error {
	if err := w.Last.Success(); err != nil {
		return err
	}
	if id, _ := Object(w.Last)["client_id"].(string); id == "" {
		return check.Fail(check.Describe(w.Last.Exchange)+" without client_id", "a registered client")
	}
	return nil
}

// AnotherHasRegistered registers a second client and leaves the first one
// acting.
func AnotherHasRegistered(ctx context.Context, w *world.World, table world.Table) error {
	client, ours := w.Client, registration(w)
	if client == nil {
		return errors.New("another client than which? begin with `Given the client has registered`")
	}
	err := HasRegistered(ctx, w, table)
	ours.OthersToken = registration(w).Token
	w.Client = client
	world.Put(w, &ours)
	return err
}

// DemandInitialToken makes the realm register only clients with an initial
// access token, which the client has.
func DemandInitialToken(ctx context.Context, w *world.World) error {
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	token, err := w.Run.Setting.InitialToken(w)
	if err != nil {
		return err
	}
	w.Log.Secret(token)
	w.Realm.InitialToken = token
	return w.Demand(ctx, control.RealmRequest{Registration: new(control.InitialAccessToken), InitialAccessToken: &token})
}

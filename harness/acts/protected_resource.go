package acts

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about calls to a protected resource.
var _ = phrases(When, []step{
	{says: `the client calls the protected resource`, with: words.ResourceCall, done: `the client has called the protected resource`, do: tabled(CallResource)},
	{says: `the client calls the protected resource with (\d+) tokens of unknown keys`, do: callsWithUnknownKeys, once: "one scenario asks for more keys than there are"},
	{says: `the client sends "([A-Z]+) ([^"]+)"`, with: words.ResourceCall, do: sendsTo},
	{says: `the client requests the user info`, with: words.UserInfo, do: tabled(RequestUserInfo)},
})

func sendsTo(ctx context.Context, w *world.World, args []string, table world.Table) error {
	return Call(ctx, w, args[0], args[1], table)
}

// callsWithUnknownKeys: each token names a key of its own that nobody has.
func callsWithUnknownKeys(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	times, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	for i := range times {
		token, err := w.Mint(ctx, control.MintRequest{Header: &map[string]any{"kid": fmt.Sprintf("unknown-%d", i)}})
		if err != nil {
			return err
		}
		w.Grant.AccessToken = token
		if err := CallResource(ctx, w, nil); err != nil {
			return err
		}
	}
	return nil
}

// letsNobodyIn: it refuses the token, or says that it cannot judge it now.
func letsNobodyIn(_ context.Context, w *world.World) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if answer.Status == http.StatusUnauthorized || answer.Status == http.StatusServiceUnavailable {
		return nil
	}
	return check.Fail(check.Describe(answer), "status 401", "status 503")
}

// CallResource calls the first probe of the protected resource with the
// access token; where the client has none, it gets one first.
func CallResource(ctx context.Context, w *world.World, table world.Table) error {
	if len(w.Run.Target.ResourceServer.Probes) == 0 {
		return check.Unnamed("resource_server.probes", "the target names no request to its protected resource; add resource_server.probes")
	}
	probe := w.Run.Target.ResourceServer.Probes[0]
	if w.Grant.AccessToken == "" {
		if err := ObtainToken(ctx, w, nil); err != nil {
			return err
		}
	}
	return Call(ctx, w, probe.Method, probe.Path, table)
}

// Call sends a request to the protected resource. Rows named access_token and
// Authorization are about how the token is sent; all others are members of
// the JSON body.
func Call(ctx context.Context, w *world.World, method, path string, table world.Table) error {
	request := exchange.Request{
		Endpoint: exchange.Resource, Method: method, URL: w.Realm.Resource + path, Header: http.Header{},
	}
	table, err := respelled(w, table, "access_token")
	if err != nil {
		return err
	}
	present(w, &request, table)
	about, members := split(table)
	if body := bodyOf(members); body != nil {
		request.Body = body
		request.Header.Set("Content-Type", "application/json")
	}
	if value, set := world.Table(about).Get("Authorization"); set {
		setAuthorization(&request, value, w.Grant.AccessToken)
	}
	if way, set := members.Get("(spelled)"); set {
		request.URL = w.Realm.Resource + pathSpellings[way](path)
	}
	transport(world.Table(about).Without("Authorization")).apply(&request)
	return Do(ctx, w, world.ResourceResponse, request)
}

// present puts the token where table says: into the header, unless it is
// (omitted) or sent another way.
func present(w *world.World, request *exchange.Request, table world.Table) {
	value, named := table.Get("access_token")
	token := w.Grant.AccessToken
	switch value {
	case "(omitted)":
		return
	case "(random)":
		token = proof.Random()
	case "(in the query)", "(in the header and the query)":
		request.URL += "?access_token=" + url.QueryEscape(token)
		if value == "(in the query)" {
			return
		}
	case "(changed)":
		token = token[:max(0, len(token)-8)] + "AAAAAAAA"
	case "(code)":
		token = w.Grant.Code
	case "(refresh_token)":
		token = w.Grant.RefreshToken
	case "(client_assertion)":
		token = w.Grant.Assertion
	default:
		if named {
			token = value
		}
	}
	request.Header.Set("Authorization", "Bearer "+token)
}

// respelled writes the access token otherwise where a row says how: (padded), (with a
// line break in it), (after a line break), (followed by a blank), (with other
// unused bits), (with the twin of its signature); or it forges one.
func respelled(w *world.World, table world.Table, name string) (world.Table, error) {
	word, _ := table.Get(name)
	way := strings.TrimSuffix(strings.TrimPrefix(word, "("), ")")
	_, known := proof.Spellings[way]
	_, forges := proof.Forgeries[way]
	if !known && !forges || word == way {
		return table, nil
	}
	token, err := proof.Spelled(way, w.Grant.AccessToken)
	if err != nil {
		return nil, &check.NotApplicable{Reason: err.Error(), Lacks: "ES256"}
	}
	w.Log.Secret(token)
	w.Log.Derive(exchange.Derived{Name: "spelled_token", Value: token, Command: "spelled", Arguments: []string{way, w.Grant.AccessToken}})
	return append(table.Without(name), world.Row{Name: name, Value: token}), nil
}

func setAuthorization(request *exchange.Request, value, token string) {
	if value == "(twice)" {
		request.Header["Authorization"] = []string{"Bearer " + token, "Bearer " + token}
		return
	}
	if value == "Basic (as the password)" {
		value = "Basic " + base64.StdEncoding.EncodeToString([]byte("token:"+token))
	}
	request.Header.Set("Authorization", strings.ReplaceAll(value, "(valid)", token))
}

func bodyOf(table world.Table) []byte {
	members := map[string]any{}
	for _, row := range table {
		switch {
		case row.Name == "access_token" || row.Name == "(spelled)" || row.Value == "(omitted)":
		case row.Value == "(empty)":
			members[row.Name] = ""
		case strings.HasPrefix(row.Value, "{"):
			members[row.Name] = json.RawMessage(row.Value)
		default:
			members[row.Name] = row.Value
		}
	}
	if len(members) == 0 {
		return nil
	}
	body, _ := json.Marshal(members)
	return body
}

// Fetch asks anew for a document that the scenario is about.
func Fetch(ctx context.Context, w *world.World, address string) error {
	return Do(ctx, w, world.MetadataResponse, exchange.Request{Endpoint: exchange.Metadata, Method: http.MethodGet, URL: address, Header: http.Header{}})
}

// Consult reads a document on the way to what the scenario is about: an answer that the
// target gave before in the run will do.
func Consult(ctx context.Context, w *world.World, address string) error {
	answer, err := w.Document(ctx, address)
	w.Last = world.Result{Kind: world.MetadataResponse, Exchange: answer}
	if err != nil {
		return err
	}
	return w.Run.Setting.Limited(answer)
}

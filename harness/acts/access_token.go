package acts

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about access tokens, issued or made with chosen claims.
var _ = phrases(Given, []step{
	{says: `another client has (obtained an access token|begun a session with the MCP server)`, do: anotherHas},
	{says: `the client has obtained an access token`, with: words.TokenRequest, do: tabled(ObtainToken)},
	{says: `the client has exchanged its refresh token for another`, do: hasRotated, once: "one scenario is about servers that leave a client its refresh token"},
	{says: `an access token with`, table: words.Made, do: anAccessToken},
})

func anotherHasObtained(ctx context.Context, w *world.World) error {
	client := w.Client
	if err := RegisterAnother(ctx, w, true); err != nil {
		return err
	}
	err := ObtainToken(ctx, w, nil)
	w.Client = client
	return err
}

func anAccessToken(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	request := mintRequest(w, table)
	if _, named := table.Get("aud"); !named {
		(*request.Claims)["aud"] = Valid(w, "aud")
	}
	if _, named := table.Get("client_id"); !named && w.Client != nil { // Introspection knows no token of nobody.
		(*request.Claims)["client_id"] = w.Client.ID
	}
	minted, err := w.Mint(ctx, request)
	w.Grant.AccessToken = minted
	return err
}

// mintRequest reads a table of claims. The rows typ, alg and kid are about the
// header; signed_by names the key.
func mintRequest(w *world.World, table world.Table) control.MintRequest {
	claims, header, omitted := map[string]any{}, map[string]any{}, []string{}
	request := control.MintRequest{Claims: &claims, Header: &header, OmittedClaims: &omitted}
	for _, row := range table {
		switch {
		case row.Name == "signed_by":
			request.SignedBy = new(control.MintRequestSignedBy(row.Value))
		case slices.Contains([]string{"typ", "alg", "kid", "crit"}, row.Name):
			header[row.Name] = headerValue(row.Value)
		case row.Value == "(omitted)":
			omitted = append(omitted, row.Name)
		default:
			claims[row.Name] = claimValue(w, row)
		}
	}
	return request
}

func inUpperCase(identifier string) string {
	scheme, rest, _ := strings.Cut(identifier, "://")
	host, path, _ := strings.Cut(rest, "/")
	return strings.ToUpper(scheme+"://"+host) + "/" + path
}

func headerValue(value string) any {
	if strings.HasPrefix(value, "[") {
		return strings.Fields(strings.Trim(value, "[]"))
	}
	return value
}

func claimValue(w *world.World, row world.Row) any {
	switch row.Value {
	case "(valid in upper case)": // Its scheme and its host.
		return inUpperCase(Valid(w, row.Name))
	case "(expired)":
		return 1
	case "(in the future)":
		return int64(1) << 33
	case "(in a minute)":
		return time.Now().Add(time.Minute).Unix()
	}
	if others, ok := strings.CutPrefix(row.Value, "(valid) and "); ok {
		return []string{Valid(w, row.Name), others}
	}
	if rest, ok := strings.CutPrefix(row.Value, "(valid)"); ok {
		return Valid(w, row.Name) + rest
	}
	if strings.HasPrefix(row.Value, "{") || strings.HasPrefix(row.Value, "[") {
		return json.RawMessage(row.Value)
	}
	switch row.Value {
	case "(other resource)":
		return w.Realm.Resource + "/another"
	case "(protected resource)":
		return w.Realm.Resource
	}
	return row.Value
}

// anotherHas leaves the scenario with the token or the session of another client.
func anotherHas(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if args[0] == "obtained an access token" {
		return anotherHasObtained(ctx, w)
	}
	return anotherBeganSession(ctx, w)
}

// hasRotated: a server may leave a confidential client its refresh token.
func hasRotated(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	before := w.Grant.RefreshToken
	if err := Refresh(ctx, w, nil); err != nil {
		return err
	}
	if err := check.TokenIssued(w.Last.Exchange); err != nil {
		return err
	}
	if w.Grant.RefreshToken == before {
		return &check.NotApplicable{Reason: "the authorization server brings this client no other refresh token", Lacks: "refresh_token_rotation"}
	}
	return nil
}

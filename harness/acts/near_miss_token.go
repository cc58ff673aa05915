package acts

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/nearmiss"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// comparedClaims are the claims of an access token that a protected resource compares.
var comparedClaims = map[string]nearmiss.Kind{
	"iss of the token": nearmiss.Issuer, "aud of the token": nearmiss.Audience, "scope of the token": nearmiss.NeededScope,
}

func sortedKeys[V any](of map[string]V) []string { return slices.Sorted(maps.Keys(of)) }

// showsNearMisses calls a resource with a token for each near miss of a claim. A claim
// can have another type as well.
func showsNearMisses(ctx context.Context, w *world.World, args []string) error {
	plain, plainArgs, _ := find(When, "the client "+args[0])
	call := func(ctx context.Context, w *world.World, table world.Table) error {
		return plain.do(ctx, w, plainArgs, table)
	}
	claim := strings.TrimSuffix(args[1], " of the token")
	w.Script.Action = world.Action{Phrase: plain.phrase(plainArgs), Table: world.Table{{Name: claim, Value: "a near miss"}}, Do: call}
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	right := rightClaim(w, claim)
	var tried []world.NearMiss
	for _, shape := range nearmiss.InJSON(comparedClaims[args[1]], right) {
		if shape.Value == nil {
			continue // Who makes tokens leaves such a claim out, which other scenarios do.
		}
		trial := w.Fork()
		claims := map[string]any{"aud": Valid(w, "aud")}
		claims[claim] = shape.Value
		minted, err := w.Mint(ctx, control.MintRequest{Claims: &claims})
		if err != nil {
			return err
		}
		trial.Grant.AccessToken = minted
		if err := call(ctx, trial, nil); err != nil {
			return err
		}
		tried = append(tried, world.NearMiss{Name: claim + " with " + shape.Name, Value: fmt.Sprint(shape.Value), World: trial})
	}
	if len(tried) == 0 {
		return &check.NotApplicable{Reason: "what the resource compares with " + claim + " is not known"}
	}
	w.Last = tried[len(tried)-1].World.Last
	w.Last.NearMisses = tried
	return nil
}

// rightClaim is what the resource needs. A scope is the one that the first call needs.
func rightClaim(w *world.World, claim string) string {
	if claim != "scope" {
		return Valid(w, claim)
	}
	if tools := w.Run.Target.MCPServer.Tools; world.Part[ToolServer](w) != nil && len(tools) > 0 {
		return tools[0].Scope
	}
	if probes := w.Run.Target.ResourceServer.Probes; len(probes) > 0 {
		return probes[0].Scope
	}
	return ""
}

// everySpelling sends the last request without its token to other spellings of its path.
// Whether a spelling leads anywhere is left to the server; none leads to what the right
// one needs a token for.
func everySpelling(ctx context.Context, w *world.World) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if err := w.Last.Success(); err != nil {
		return &check.Inconclusive{Reason: "the request with a token does not succeed: " + err.Error()}
	}
	before, path := beforePath(w, answer.URL)
	request := answer.Request
	request.Header = request.Header.Clone()
	request.Header.Del("Authorization")
	var open []string
	for _, spelled := range nearmiss.Of(nearmiss.Path, path) {
		request.URL = before + spelled.Value
		got, err := w.Log.Send(ctx, request)
		if err != nil {
			return err
		}
		if opens(got, answer) {
			open = append(open, fmt.Sprintf("the path with %s (%s): %s", spelled.Name, spelled.Value, check.Describe(got)))
		}
	}
	if len(open) > 0 {
		return check.Fail(strings.Join(open, "; "), "no content without a token")
	}
	return nil
}

// beforePath cuts a URL before the path of the resource itself.
func beforePath(w *world.World, address string) (before, path string) {
	if rest, found := strings.CutPrefix(address, w.Realm.Resource); found && len(rest) > 1 && w.Realm.Resource != "" {
		return w.Realm.Resource, rest
	}
	at := strings.LastIndexByte(address, '/')
	return address[:at], address[at:]
}

// opens tells whether an answer has what the right request brought, and is not a page
// that a server shows at every address: a result, or an object with the same members.
func opens(got, right *exchange.Exchange) bool {
	if right.Endpoint == exchange.MCP {
		return check.MCPResult(got) == nil
	}
	object, err := check.Object(got)
	expected, _ := check.Object(right)
	return err == nil && got.Status/100 == 2 && slices.Equal(sortedKeys(object), sortedKeys(expected))
}

// forNoOther: what no URI holds can be refused as malformed, and a server may map a
// resource to a more general one that was granted (RFC 8707 section 2,
// https://www.rfc-editor.org/rfc/rfc8707#section-2).
func forNoOther(ctx context.Context, w *world.World) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if check.TokenIssued(answer) != nil {
		return controlled(ctx, w, check.RefusedWith(answer, []string{"invalid_target", "invalid_request"}))
	}
	token, err := proof.Parse(w.Grant.AccessToken)
	if err != nil {
		return &check.NotApplicable{Reason: "the access token is no JWT, and does not tell for which resource it is"}
	}
	if resource := answer.Form().Get("resource"); names(token.Claims["aud"], resource) {
		return check.Fail("an access token for "+resource, "a refusal", "an access token for the granted resource")
	}
	return nil
}

package steps

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about what the requests of a client have in common.
var (
	_ = phrases(Given, []step{
		{says: `the agent has tried to connect to the MCP server`, do: agentConnects},
	})
	_ = phrases(Then, []step{
		{says: `the agent sent only (token|authorization|registration|metadata|MCP) requests with`, table: words.SentRequest, do: sentOnly},
		{says: `the agent asked for consent wherever it asked for offline access`, do: consentAsked},
		{says: `no two (token|authorization) requests have the same "([^"]*)"`, do: noneAlike},
		{says: `nobody can guess the "([^"]*)" of (token|authorization) requests, of (\d+) bits`, do: parameterHardToGuess},
		{says: `every code verifier is well formed`, do: verifiersFormed},
		{says: `the agent gave no parameter twice`, do: noneTwice},
		{says: `the agent put no secret into a URL`, do: noSecretInURL},
		{says: `the agent redeemed its code with the redirect URI that it asked for`, do: sameRedirectURI},
		{says: `the agent showed its refresh token to the authorization server alone`, do: refreshTokenKept},
		{says: `the agent showed its access token to the MCP server alone`, do: accessTokenKept},
		{says: `the agent renewed for no scope that it had not asked for`, do: renewedWithin},
		{says: `the agent asked for the MCP server metadata (\d+) times`, do: askedForResource},
		{says: `the agent shows "([^"]*)" to nobody but the registration endpoint`, do: heldByNone},
		{says: `the page that the agent shows has nothing of others in it`, do: pageOfItsOwn},
		{says: `nobody waits for another answer`, do: portClosed},
		{says: `the assertion of the agent has`, table: words.Claims, do: assertionHas},
	})
)

// sentOnly: every request of a kind is like that, and there is one.
func sentOnly(ctx context.Context, w *world.World, args []string, table world.Table) error {
	seen, err := someRequests(ctx, w, args[0])
	if err != nil {
		return err
	}
	var errs []error
	for _, request := range seen {
		errs = append(errs, members(w, asObject(request), table))
	}
	return check.All(errs...)
}

// consentAsked: who asks for offline access has the person asked (OpenID Connect
// Core section 11, https://openid.net/specs/openid-connect-core-1_0.html#OfflineAccess).
func consentAsked(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	seen, err := someRequests(ctx, w, "authorization")
	if err != nil {
		return err
	}
	var errs []error
	asked := 0
	for _, request := range seen {
		sent := *request.Parameters
		if !slices.Contains(strings.Fields(sent["scope"]), "offline_access") {
			continue
		}
		asked++
		if !slices.Contains(strings.Fields(sent["prompt"]), "consent") {
			errs = append(errs, check.Fail(fmt.Sprintf("offline_access with prompt %q", sent["prompt"]), "prompt with consent"))
		}
	}
	if asked == 0 {
		return &check.NotApplicable{Reason: "the client does not ask for offline_access"}
	}
	return check.All(errs...)
}

func someRequests(ctx context.Context, w *world.World, kind string) ([]control.Request, error) {
	seen, err := requests(ctx, w, kind)
	if err == nil && len(seen) == 0 {
		err = check.Fail("no "+kind+" request was sent", "a "+kind+" request")
	}
	return seen, err
}

// values are those of a parameter in the requests that have it.
func values(seen []control.Request, name string) []string {
	var found []string
	for _, request := range seen {
		if value, has := (*request.Parameters)[name]; has {
			found = append(found, value)
		}
	}
	return found
}

func noneAlike(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	seen, err := someRequests(ctx, w, args[0])
	if err != nil {
		return err
	}
	found := values(seen, args[1])
	if len(found) == 0 {
		return check.Fail("no "+args[0]+" request has "+args[1], args[1])
	}
	slices.Sort(found)
	if len(slices.Compact(slices.Clone(found))) < len(found) {
		return check.Fail(fmt.Sprintf("%d %s requests with one %s", len(found), args[0], args[1]), "a "+args[1]+" of its own in each")
	}
	return nil
}

func parameterHardToGuess(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	seen, err := someRequests(ctx, w, args[1])
	if err != nil {
		return err
	}
	w.Last.Codes = values(seen, args[0])
	return hardToGuess(ctx, w, []string{args[0], args[2]}, nil)
}

// verifiersFormed holds every code verifier against RFC 7636 section 4.1
// (https://www.rfc-editor.org/rfc/rfc7636#section-4.1).
func verifiersFormed(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	seen, err := someRequests(ctx, w, "token")
	if err != nil {
		return err
	}
	found := values(seen, "code_verifier")
	if len(found) == 0 {
		return check.Fail("no code_verifier", "a code_verifier")
	}
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
	for _, verifier := range found {
		if len(verifier) < 43 || len(verifier) > 128 || strings.Trim(verifier, letters) != "" {
			return check.Fail(fmt.Sprintf("a code_verifier of %d characters, or of other ones", len(verifier)), "43 to 128 letters, digits and -._~")
		}
	}
	return nil
}

func noneTwice(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	for _, kind := range []string{"authorization", "token"} {
		seen, err := someRequests(ctx, w, kind)
		if err != nil {
			return err
		}
		for _, request := range seen {
			if repeated := *request.Repeated; len(repeated) > 0 {
				return check.Fail("more than one "+strings.Join(repeated, ", ")+" in a "+kind+" request", "every parameter once")
			}
		}
	}
	return nil
}

func sameRedirectURI(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	asked, err := someRequests(ctx, w, "authorization")
	if err != nil {
		return err
	}
	redeemed, err := someRequests(ctx, w, "token")
	if err != nil {
		return err
	}
	return check.Equal("redirect_uri", strings.Join(values(redeemed, "redirect_uri"), " "), strings.Join(values(asked, "redirect_uri"), " "))
}

func renewedWithin(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	asked, err := someRequests(ctx, w, "authorization")
	if err != nil {
		return err
	}
	tokens, err := someRequests(ctx, w, "token")
	if err != nil {
		return err
	}
	before := strings.Fields(strings.Join(values(asked, "scope"), " "))
	for _, name := range strings.Fields(strings.Join(values(tokens, "scope"), " ")) {
		if !slices.Contains(before, name) {
			return check.Fail("the scope "+name+" in a token request", "no scope but "+strings.Join(before, " "))
		}
	}
	return nil
}

func askedForResource(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	seen, err := someRequests(ctx, w, "metadata")
	if err != nil {
		return err
	}
	seen = slices.DeleteFunc(seen, func(r control.Request) bool { return r.Role != "mcp-server" })
	return check.Equal("requests for the metadata", strconv.Itoa(len(seen)), args[0])
}

// assertionHas looks into the one JWT of each token request: at its claims, and at
// the members of its header as header.alg and so on.
func assertionHas(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	seen, err := someRequests(ctx, w, "token")
	if err != nil {
		return err
	}
	for _, request := range seen {
		if slices.Contains(*request.Repeated, "client_assertion") {
			return check.Fail("several assertions", "one JWT")
		}
		read, err := proof.Parse((*request.Parameters)["client_assertion"])
		if err != nil {
			return check.Fail("client_assertion: "+err.Error(), "one JWT")
		}
		object := read.Claims
		object["header"] = read.Header
		if err := members(w, object, table); err != nil {
			return err
		}
	}
	return nil
}

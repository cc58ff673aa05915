package acts

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about what the requests of a client have in common.
var (
	_ = phrases(Then, []step{
		{says: `the agent shows "([^"]*)" to the registration endpoint alone`, do: heldByNone, once: "one scenario alone knows a secret that belongs there"},
		{says: `the (assertion|metadata document) of the agent has`, table: words.OfAgent, do: agentHas},
	})
)

// consentAsked: who asks for offline access has the person asked (OpenID Connect
// Core section 11, https://openid.net/specs/openid-connect-core-1_0.html#OfflineAccess).
func consentAsked(ctx context.Context, w *world.World) error {
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
		return &check.NotApplicable{Reason: "the client does not ask for offline_access", Lacks: "offline_access"}
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

// verifiersFormed holds every code verifier against RFC 7636 section 4.1
// (https://www.rfc-editor.org/rfc/rfc7636#section-4.1).
func verifiersFormed(ctx context.Context, w *world.World) error {
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

func noneTwice(ctx context.Context, w *world.World) error {
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

// clientNamed: a client that does not authenticate sends its client_id (RFC 6749 section
// 3.2.1, https://www.rfc-editor.org/rfc/rfc6749#section-3.2.1).
func clientNamed(ctx context.Context, w *world.World) error {
	seen, err := someRequests(ctx, w, "token")
	if err != nil {
		return err
	}
	for _, request := range seen {
		sent := *request.Parameters
		if sent["client_id"] == "" && sent["client_assertion"] == "" && (*request.Headers)["Authorization"] == "" {
			return check.Fail("a token request without client_id and without authentication", "a client_id")
		}
	}
	return nil
}

func sameRedirectURI(ctx context.Context, w *world.World) error {
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

// renewedWithin: leaving scope out asks for what was granted (RFC 6749 section 6,
// https://www.rfc-editor.org/rfc/rfc6749#section-6).
func renewedWithin(ctx context.Context, w *world.World) error {
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

func agentHas(ctx context.Context, w *world.World, args []string, table world.Table) error {
	if args[0] == "assertion" {
		return assertionHas(ctx, w, table)
	}
	document, err := ClientDocument(w)
	if err != nil {
		return err
	}
	return members(w, document, table)
}

// assertionHas looks into the one JWT of each token request: at its claims, and at
// the members of its header as header.alg and so on.
func assertionHas(ctx context.Context, w *world.World, table world.Table) error {
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

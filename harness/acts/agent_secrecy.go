package acts

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// What a client of MCP servers shows to whom.

// secretParameters are those that no URL has in it. A code comes to the client in
// one, and goes on in none.
var secretParameters = []string{"access_token", "refresh_token", "client_secret", "client_assertion", "code_verifier", "code"}

func noSecretInURL(ctx context.Context, w *world.World) error {
	traffic, _, err := w.Traffic(ctx)
	if err != nil {
		return err
	}
	for _, request := range traffic {
		query, err := url.ParseQuery(*request.Query)
		if err != nil {
			return check.Fail("a query that cannot be read", "a query")
		}
		for _, name := range secretParameters {
			if query.Has(name) {
				return check.Fail(name+" in a URL with the path "+request.Path, "no secret in a URL")
			}
		}
		if w.Client != nil && w.Client.Secret != "" && strings.Contains(*request.Query, url.QueryEscape(w.Client.Secret)) {
			return check.Fail("the client secret in a URL with the path "+request.Path, "no secret in a URL")
		}
	}
	return nil
}

// refreshTokenKept looks for the refresh tokens that were used.
func refreshTokenKept(ctx context.Context, w *world.World) error {
	traffic, _, err := w.Traffic(ctx)
	if err != nil {
		return err
	}
	used := values(traffic, "refresh_token")
	if len(used) == 0 {
		return check.Fail("no refresh token was used", "a refresh token that is used")
	}
	return shownTo(traffic, "authorization-server", used)
}

// accessTokenKept looks for the access tokens that the MCP server was shown by
// the agent; what the servers send each other is theirs.
func accessTokenKept(ctx context.Context, w *world.World) error {
	seen, err := someRequests(ctx, w, "MCP")
	if err != nil {
		return err
	}
	var shown []string
	for _, request := range seen {
		if token, is := bearerOf(request); is {
			shown = append(shown, token)
		}
	}
	if len(shown) == 0 {
		return check.Fail("no access token was shown", "an access token that is shown to the MCP server")
	}
	traffic, _, err := w.Traffic(ctx)
	if err != nil {
		return err
	}
	return shownTo(slices.DeleteFunc(traffic, func(r control.Request) bool { return ofServer(r) || places["MCP"](r) }), "", shown)
}

// shownTo fails where another role than the one given received a secret.
func shownTo(traffic []control.Request, role string, secrets []string) error {
	for _, request := range traffic {
		text := fmt.Sprint(*request.Headers, *request.Parameters, request.Path)
		if request.Role != role && slices.ContainsFunc(secrets, func(secret string) bool { return strings.Contains(text, secret) }) {
			return check.Fail("what belongs elsewhere, in a request for "+request.Path, "it where it belongs alone")
		}
	}
	return nil
}

// heldByNone looks into everything that the servers received but at the client
// configuration endpoint.
func heldByNone(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	traffic, _, err := w.Traffic(ctx)
	if err != nil {
		return err
	}
	if len(traffic) == 0 {
		return check.Fail("no request", "requests")
	}
	own := func(r control.Request) bool { return strings.HasPrefix(r.Path, "/oauth/register/") }
	return shownTo(slices.DeleteFunc(traffic, own), "", args[:1])
}

// pageOfItsOwn looks for addresses of the network in the page, whatever they are
// for.
func pageOfItsOwn(ctx context.Context, w *world.World) error {
	page, err := PageOfMCPClient(ctx, w)
	if err != nil {
		return err
	}
	if strings.Contains(page, "//") {
		return check.Fail(fmt.Sprintf("the page %q", page), "a page without addresses of others")
	}
	return nil
}

// portClosed: the port of every redirect URI is closed, at once or shortly after.
func portClosed(ctx context.Context, w *world.World) error {
	seen, err := someRequests(ctx, w, "authorization")
	if err != nil {
		return err
	}
	for _, address := range values(seen, "redirect_uri") {
		waiting, err := url.Parse(address)
		if err != nil {
			return check.Fail("the redirect URI "+address, "a URL")
		}
		open := listening(ctx, waiting.Host)
		for tries := 0; open && tries < 10; tries++ {
			time.Sleep(200 * time.Millisecond)
			open = listening(ctx, waiting.Host)
		}
		if open {
			return check.Fail("somebody listens at "+address, "nobody there")
		}
	}
	return nil
}

func listening(ctx context.Context, host string) bool {
	connection, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "tcp", host)
	if err == nil {
		_ = connection.Close()
	}
	return err == nil
}

package oauthclient

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"

	"golang.org/x/oauth2"
)

// pending is what is recorded of an authorization request before the person is
// sent away: the answer is held against it, and against nothing that it brings
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#authorization-response-validation).
type pending struct {
	issuer      string
	issRequired bool
	state       string
	verifier    string
	redirectURI string
}

// authorize asks the person, and redeems the code.
func (h *Handler) authorize(ctx context.Context, who party, resource, scope string) (Tokens, error) {
	callback, err := h.await(ctx, &who)
	if err != nil {
		return Tokens{}, err
	}
	defer callback.close()
	request := pending{issuer: who.server.Issuer, issRequired: isTrue(who.server.AuthorizationResponseIssParameterSupported),
		state: callback.state, verifier: oauth2.GenerateVerifier(), redirectURI: callback.uri}
	returned, err := h.send(ctx, callback, request.url(who, resource, scope))
	if errors.Is(err, context.DeadlineExceeded) {
		// A server that does not know a client shows an error to the person, and
		// sends nothing back: the next time, the client registers anew.
		h.unregister(who)
	}
	if err != nil {
		return Tokens{}, err
	}
	code, err := request.judge(returned)
	if err != nil {
		return Tokens{}, err
	}
	response, err := h.requestTokens(ctx, who, resource, url.Values{
		"grant_type": {GrantAuthorizationCode}, "code": {code}, "redirect_uri": {request.redirectURI}, "code_verifier": {request.verifier},
	})
	if err != nil {
		return Tokens{}, err
	}
	return h.tokensFrom(response, who, Tokens{Resource: resource, Requested: scope, Scope: scope}), nil
}

// await listens for the answer, and registers the client where nobody has before.
func (h *Handler) await(ctx context.Context, who *party) (*callback, error) {
	known := who.client.id != ""
	c, err := h.listen(cmp.Or(who.client.redirectURI, h.config.RedirectURI), who.client.redirectURI != "")
	if err != nil || known {
		return c, err
	}
	err = h.alone(ctx, "register at "+who.server.Issuer, func(ctx context.Context) (err error) {
		who.client, err = h.clientAt(who.server)
		if known = who.client.id != ""; known || err != nil {
			return err // Another process has registered it meanwhile.
		}
		who.client, err = h.register(ctx, who.server, c.uri)
		return err
	})
	if err == nil && !known {
		c.uri = who.client.redirectURI
		return c, nil
	}
	c.close()
	if err != nil {
		return nil, err
	}
	return h.listen(who.client.redirectURI, true)
}

// url is the authorization request.
func (p pending) url(who party, resource, scope string) string {
	u := mustParse(*who.server.AuthorizationEndpoint)
	query := u.Query()
	for name, value := range map[string]string{
		"response_type": "code", "client_id": who.client.id, "redirect_uri": p.redirectURI, "state": p.state, "resource": resource,
		"code_challenge": oauth2.S256ChallengeFromVerifier(p.verifier), "code_challenge_method": "S256", "scope": scope, "prompt": promptFor(scope),
	} {
		query.Del(name)
		if value != "" {
			query.Set(name, value)
		}
	}
	u.RawQuery = query.Encode()
	return u.String()
}

// promptFor: a server with OpenID Connect ignores offline_access where the person
// need not agree (OpenID Connect Core section 11,
// https://openid.net/specs/openid-connect-core-1_0.html#OfflineAccess).
func promptFor(scope string) string {
	if covers(scope, []string{offlineAccess}) {
		return "consent"
	}
	return ""
}

// judge holds an authorization response with the right state against the request,
// and returns its code. Nothing that comes with the wrong issuer is acted on or
// shown, and nothing is waited for after it: who knows the state and names another
// issuer mixes servers up (RFC 9700 section 4.4,
// https://www.rfc-editor.org/rfc/rfc9700#section-4.4).
func (p pending) judge(returned url.Values) (string, error) {
	failed := &StepError{Step: StepAuthorization, URL: p.issuer, Advice: "authorize anew, and beware of who sent the answer"}
	for _, name := range []string{"iss", "code", "error"} {
		if len(returned[name]) > 1 {
			failed.Problem = "answered with more than one " + name
			return "", failed
		}
	}
	if failed.Problem = p.judgeIssuer(returned); failed.Problem != "" {
		return "", failed
	}
	if returned.Has("error") {
		failed.Code = quotable(returned.Get("error"), nil)
		failed.Problem = "refuses with " + describe(failed.Code, quotable(returned.Get("error_description"), nil))
		failed.Advice = authorizationAdvice(failed.Code)
		return "", failed
	}
	if returned.Get("code") == "" {
		failed.Problem, failed.Advice = "answered with neither a code nor an error", "have its operator look at it"
		return "", failed
	}
	return returned.Get("code"), nil
}

// judgeIssuer compares iss with the issuer that was recorded, character by
// character: without folding case, without dropping a port or a slash (RFC 9207
// section 2.4, https://www.rfc-editor.org/rfc/rfc9207#section-2.4). It returns a
// predicate.
func (p pending) judgeIssuer(returned url.Values) string {
	switch {
	case !returned.Has("iss") && p.issRequired:
		return "says that its answers have an iss, and this one has none"
	case returned.Has("iss") && returned.Get("iss") != p.issuer:
		return fmt.Sprintf("is whom the client asked, and the answer is from %q", quotable(returned.Get("iss"), nil))
	}
	return ""
}

func authorizationAdvice(code string) string {
	switch code {
	case "access_denied":
		return "authorize anew, and agree"
	case "invalid_scope":
		return "register the client for the scope that the MCP server asks for"
	case "invalid_target":
		return "have its operator add the MCP server as a resource"
	case "temporarily_unavailable", "server_error":
		return "try again later"
	}
	return "check how the client is registered there"
}

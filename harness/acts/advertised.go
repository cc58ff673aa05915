package acts

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// listedWorks: a value of a list is one that the server supports
// (https://www.rfc-editor.org/rfc/rfc8414#section-2).
func listedWorks(_ context.Context, w *world.World) error {
	var wrong []string
	listed := 0
	for _, trial := range w.Last.Trials {
		if !trial.Advertised {
			continue
		}
		listed++
		if !trial.Honoured {
			wrong = append(wrong, fmt.Sprintf("%s is listed and does not work (%s)", trial.Value, trial.Observed))
		}
	}
	if len(wrong) == 0 && listed == 0 {
		return &check.NotApplicable{Reason: "the metadata lists nothing there that can be tried"}
	}
	return advertisedOtherwise(w, check.AdvertisedNotOffered, wrong, "to list only what works")
}

// listIsComplete: a client cannot choose what is not listed, and the server may
// guard it less. No sentence says that a list is exhaustive.
func listIsComplete(_ context.Context, w *world.World) error {
	var wrong []string
	for _, trial := range w.Last.Trials {
		if trial.Honoured && !trial.Advertised {
			wrong = append(wrong, trial.Value+" is not listed and works")
		}
	}
	return advertisedOtherwise(w, check.AdvertisedNotEnforced, wrong, "to list all that works")
}

func advertisedOtherwise(w *world.World, kind string, wrong []string, expected string) error {
	if len(wrong) == 0 {
		return nil
	}
	return &check.Failure{Kind: kind, Actual: strings.Join(wrong, ", and "), Expected: []string{w.Last.Trials[0].Member + " " + expected}}
}

// attempt tries a value in a world of its own and tells whether the server
// does what the value promises.
type attempt struct {
	value string
	try   func(ctx context.Context, w *world.World) (bool, error)
}

// attempts are the values of each member that can be tried. Of the scopes,
// every listed one is, and one that nobody knows.
var attempts = map[string][]attempt{
	"grant_types_supported": {
		{"client_credentials", byTokenRequest(nil)},
		{"authorization_code", byCode(nil, nil)},
		{TokenExchange, byExchange},
		{"password", byTokenRequest(world.Table{{Name: "grant_type", Value: "password"}, {Name: "username", Value: "owner"}, {Name: "password", Value: "(random)"}})},
	},
	"token_endpoint_auth_methods_supported": {
		{"client_secret_basic", byAuthentication("client_secret_basic")},
		{"client_secret_post", byAuthentication("client_secret_post")},
		{"none", byPublicClient},
		{"private_key_jwt", byAuthentication("private_key_jwt")},
		{"client_secret_jwt", byAuthentication("client_secret_jwt")},
	},
	"response_types_supported": {
		{"code", inFrontChannel("code", "query", "code")},
		{"token", inFrontChannel("token", "fragment", "access_token")},
		{"id_token", inFrontChannel("id_token", "fragment", "id_token")},
	},
	"response_modes_supported": {
		{"query", inFrontChannel("code", "query", "code")},
		{"fragment", inFrontChannel("code", "fragment", "code")},
		{"form_post", inFrontChannel("code", "form_post", "code")},
	},
	"code_challenge_methods_supported": {
		{"S256", byCode(nil, nil)},
		{"plain", byCode(world.Table{{Name: "code_challenge", Value: plainVerifier}, {Name: "code_challenge_method", Value: "plain"}}, world.Table{{Name: "code_verifier", Value: plainVerifier}})},
	},
	"introspection_endpoint_auth_methods_supported": {
		{"client_secret_basic", byIntrospection("client_secret_basic")},
		{"client_secret_post", byIntrospection("client_secret_post")},
		{"none", byIntrospection("none")},
		{"private_key_jwt", byIntrospection("private_key_jwt")},
		{"client_secret_jwt", byIntrospection("client_secret_jwt")},
	},
	"revocation_endpoint_auth_methods_supported": {
		{"client_secret_basic", byRevocation("client_secret_basic")},
		{"client_secret_post", byRevocation("client_secret_post")},
		{"none", byRevocation("none")},
		{"private_key_jwt", byRevocation("private_key_jwt")},
		{"client_secret_jwt", byRevocation("client_secret_jwt")},
	},
	"token_endpoint_auth_signing_alg_values_supported":         byAlgorithms(byTokenRequest),
	"introspection_endpoint_auth_signing_alg_values_supported": byAlgorithms(byOwnIntrospection),
	"revocation_endpoint_auth_signing_alg_values_supported":    byAlgorithms(byRandomRevocation),
}

// plainVerifier is a verifier that is its own challenge: of the transformation
// plain (RFC 7636 section 4.2, https://www.rfc-editor.org/rfc/rfc7636#section-4.2).
const plainVerifier = "a-code-verifier-of-the-transformation-plain-1234"

// Try tries every value of a member of the metadata. Values that are listed
// and cannot be tried are left out.
func Try(ctx context.Context, w *world.World, member string) error {
	if err := Consult(ctx, w, w.MetadataURL()); err != nil {
		return err
	}
	listed := listedIn(Object(w.Last), member)
	if listed == nil {
		return &check.NotApplicable{Reason: "the metadata leaves " + member + " out, which promises nothing (RFC 8414 section 2)", Lacks: member}
	}
	w.Last = world.Result{Kind: world.Tried}
	var left error
	for _, a := range attemptsAt(w, member, listed) {
		sub := w.Fork()
		sub.Grant, sub.Last = world.Grant{}, world.Result{}
		honoured, err := a.try(ctx, sub)
		if unfit := new(check.NotApplicable); errors.As(err, &unfit) {
			left = unfit
			continue
		}
		if err != nil {
			return err
		}
		if slices.Contains(listed, a.value) && isForOthers(sub.Last) {
			left = &check.NotApplicable{Reason: "the client is not registered for " + a.value + ", which the server may do for others"}
			continue
		}
		if member == "response_types_supported" && !honoured && a.value != "code" && slices.Contains(listed, a.value) {
			left = &check.NotApplicable{Reason: "the client is registered for the response type code, and others may use " + a.value}
			continue
		}
		w.Last.Trials = append(w.Last.Trials, world.Trial{
			Member: member, Value: a.value, Advertised: slices.Contains(listed, a.value), Honoured: honoured, Observed: describe(sub.Last),
		})
	}
	if len(w.Last.Trials) == 0 {
		return left
	}
	return nil
}

func attemptsAt(w *world.World, member string, listed []string) []attempt {
	if member != "scopes_supported" {
		return attempts[member]
	}
	var all []attempt
	registered := strings.Fields(w.Client.Scope)
	for _, scope := range append(slices.Clone(listed), unknownScope) {
		// A client gets no scope that it is not registered for, listed or not.
		if scope == unknownScope || len(registered) == 0 || slices.Contains(registered, scope) {
			all = append(all, attempt{scope, byScope(scope)})
		}
	}
	return all
}

const unknownScope = "nobody-knows-this-scope"

// defaults are what a member means where it is left out (RFC 8414 section 2,
// https://www.rfc-editor.org/rfc/rfc8414#section-2).
var defaults = map[string][]string{
	"grant_types_supported":                 {"authorization_code", "implicit"},
	"response_modes_supported":              {"query", "fragment"},
	"token_endpoint_auth_methods_supported": {"client_secret_basic"},

	"revocation_endpoint_auth_methods_supported": {"client_secret_basic"},
}

// Listed are the values of a member of the metadata of the authorization server.
func Listed(r *world.Run, member string) []string { return listedIn(r.Metadata, member) }

func listedIn(metadata map[string]any, member string) []string {
	list, ok := metadata[member].([]any)
	if !ok {
		return defaults[member]
	}
	var values []string
	for _, value := range list {
		if text, ok := value.(string); ok {
			values = append(values, text)
		}
	}
	return values
}

// isForOthers tells whether the server refused this client, and not everybody
// (RFC 6749 sections 4.1.2.1 and 5.2, https://www.rfc-editor.org/rfc/rfc6749#section-5.2).
func isForOthers(r world.Result) bool {
	const code = "unauthorized_client"
	return r.Returned.Get("error") == code || r.Exchange != nil && check.ErrorCode(r.Exchange) == code
}

func describe(r world.Result) string {
	if r.Exchange == nil {
		return "nothing was sent"
	}
	if code := r.Returned.Get("error"); code != "" {
		return "redirect with error " + code
	}
	return check.Describe(r.Exchange)
}

func byTokenRequest(table world.Table) func(context.Context, *world.World) (bool, error) {
	return func(ctx context.Context, w *world.World) (bool, error) {
		err := RequestToken(ctx, w, table)
		return err == nil && w.Last.Success() == nil, err
	}
}

func byScope(scope string) func(context.Context, *world.World) (bool, error) {
	return func(ctx context.Context, w *world.World) (bool, error) {
		err := RequestToken(ctx, w, world.Table{{Name: "scope", Value: scope}})
		granted := slices.Contains(strings.Fields(w.Grant.Scope), scope)
		return err == nil && w.Last.Success() == nil && granted, err
	}
}

// byCode obtains a code and redeems it.
func byCode(request, redemption world.Table) func(context.Context, *world.World) (bool, error) {
	return func(ctx context.Context, w *world.World) (bool, error) {
		if err := Authorize(ctx, w, request); err != nil || w.Grant.Code == "" {
			return false, err
		}
		err := RedeemCode(ctx, w, redemption)
		return err == nil && w.Last.Success() == nil, err
	}
}

func byAuthentication(method string) func(context.Context, *world.World) (bool, error) {
	return func(ctx context.Context, w *world.World) (bool, error) {
		if err := Authenticate(ctx, w, method); err != nil {
			return false, err
		}
		err := RequestAnyToken(ctx, w, nil)
		return err == nil && w.Last.Success() == nil, err
	}
}

func byPublicClient(ctx context.Context, w *world.World) (bool, error) {
	if err := RegisterClient(ctx, w, false, nil); err != nil {
		return false, err
	}
	return byCode(nil, nil)(ctx, w)
}

// byIntrospection asks about a token as the protected resource, or, where that
// is registered for another method, as a client about its own.
func byIntrospection(method string) func(context.Context, *world.World) (bool, error) {
	return func(ctx context.Context, w *world.World) (bool, error) {
		asker := *w.Client
		if dedicated := ResourceClient(w); dedicated != nil {
			asker = *dedicated
		}
		if method == "none" {
			asker.Method, asker.Secret = "none", ""
		} else if asker.Method != method {
			if err := Authenticate(ctx, w, method); err != nil {
				return false, err
			}
			asker = *w.Client
		}
		if err := RequestAnyToken(ctx, w, nil); err != nil || w.Last.Success() != nil {
			return false, err // The method does not even get a token to ask about.
		}
		err := Introspect(ctx, w, &asker, world.Table{{Name: "(authentication)", Value: method}})
		return err == nil && wasAnswered(w), err
	}
}

// wasAnswered tells whether a caller of introspection was authenticated: else it hears
// 401. One that is may hear that it may not know the token (RFC 7662 sections 2.2 and
// 2.3, https://www.rfc-editor.org/rfc/rfc7662#section-2.3).
func wasAnswered(w *world.World) bool {
	_, told := Object(w.Last)["active"].(bool)
	return told && w.Last.Success() == nil
}

// inFrontChannel sends an authorization request and looks for a parameter
// where the response mode has it.
func inFrontChannel(responseType, mode, parameter string) func(context.Context, *world.World) (bool, error) {
	return func(ctx context.Context, w *world.World) (bool, error) {
		table := world.Table{{Name: "response_type", Value: responseType}}
		if strings.Contains(responseType, "id_token") {
			table = append(table, world.Row{Name: "scope", Value: "openid"}, world.Row{Name: "nonce", Value: proof.Random()})
		}
		if responseType == "code" && mode != "query" {
			table = append(table, world.Row{Name: "response_mode", Value: mode})
		}
		err := Authorize(ctx, w, table)
		return err == nil && w.Last.Exchange != nil && carries(w.Last.Exchange, mode, parameter), err
	}
}

// carries tells whether an authorization response has a parameter in the place
// of a response mode (OAuth 2.0 Multiple Response Types,
// https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html).
func carries(e *exchange.Exchange, mode, parameter string) bool {
	if mode == "form_post" {
		return e.Status == 200 && strings.Contains(string(e.Content), `name="`+parameter+`"`)
	}
	location, err := url.Parse(e.Redirect())
	if err != nil {
		return false
	}
	parameters := location.Query()
	if mode == "fragment" {
		parameters, _ = url.ParseQuery(location.Fragment)
	}
	return parameters.Get(parameter) != ""
}

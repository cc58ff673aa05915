package variant

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Variant{
	{
		Name:    "token-type-in-lower-case",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 5.1: the value of token_type is case insensitive",
		Summary: "A token response has the token_type bearer.",
		Tempts:  ids{"rfc6749-5.1/token-type", "rfc6749-5.1/token-type-any-case"},
		Answer:  seam.OnTokens(seam.With("token_type", "bearer")),
	},
	{
		Name:    "lifetime-not-told",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 5.1: expires_in is recommended, and may be left out where the lifetime is documented",
		Summary: "A token response has no expires_in.",
		Tempts:  ids{"rfc6749-5.1/expires-in"},
		Departs: ids{"rfc6749-5.1/expires-in", "rfc8693-2.2.1/expires-in", "rfc6750-5.3/short-lived", "mcp-2026-07-28-token-theft/short-lived", "oauth-2.1-issue-short-lived-bearer-tokens/short-lived"},
		Answer:  seam.OnTokens(seam.Without("expires_in")),
	},
	{
		Name:    "same-scope-not-repeated",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 5.1: scope is optional, if identical to the scope requested by the client",
		Summary: "A token response has no scope where it is the one that was asked for.",
		Tempts:  ids{"rfc6749-5.1/scope-stated"},
		Departs: ids{"oauth-2.1-token-endpoint-response/scope-always"},
		Answer:  sameScopeLeftOut,
	},
	{
		Name:    "unknown-members-in-token-responses",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 5.1: the client ignores unrecognized value names",
		Summary: "A token response has members that no specification names.",
		Tempts:  ids{"rfc6749-5.1/token-type"},
		Answer: seam.OnTokens(func(response *seam.Response) {
			seam.With("not_before", 0)(response)
			seam.With("session_state", "of-this-server")(response)
		}),
	},
})

// sameScopeLeftOut leaves out the scope of a token response where the request asked
// for the same.
func sameScopeLeftOut(r *http.Request, response *seam.Response) {
	seam.OnTokens(func(response *seam.Response) {
		var issued struct{ Scope string }
		asked := strings.Fields(r.PostForm.Get("scope"))
		if json.Unmarshal(response.Body, &issued) == nil && len(asked) > 0 && strings.Join(asked, " ") == issued.Scope {
			seam.Without("scope")(response)
		}
	})(r, response)
}

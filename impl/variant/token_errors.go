package variant

import (
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Variant{
	{
		Name:    "errors-without-description",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 5.2: error_description is optional",
		Summary: "Errors in JSON have no error_description.",
		Tempts:  ids{"rfc6749-5.2/invalid-request", "rfc6749-5.2/invalid-grant", "rfc7009-2.1/token-required", "rfc7591-3.2.2/error"},
		Answer:  onErrors(seam.Without("error_description")),
	},
	{
		Name:    "errors-with-further-members",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 8.2: vendor-specific response parameters of the token endpoint may be used",
		Summary: "Errors of the token endpoint have members of the server itself.",
		Tempts:  ids{"rfc6749-5.2/error-json", "rfc6749-5.2/invalid-request", "rfc6749-5.2/invalid-grant"},
		Answer: func(r *http.Request, response *seam.Response) {
			if seam.IsTokenEndpoint(r) {
				onErrors(func(r *seam.Response) {
					seam.With("example_error_codes", []int{70000})(r)
					seam.With("example_trace_id", "4e1f")(r)
				})(r, response)
			}
		},
	},
	{
		Name:    "failed-authentication-at-revocation-as-400",
		Role:    AuthorizationServer,
		Allows:  "RFC 7009 section 2.2.1: the error conforms to RFC 6749 section 5.2, which requires 401 only where the client used the Authorization header",
		Summary: "A client that fails to authenticate in the body of a revocation gets invalid_client with status 400.",
		Tempts:  ids{"rfc7009-2.1/authenticated", "rfc7009-2.1/public-client"},
		Answer: func(r *http.Request, response *seam.Response) {
			if r.URL.Path == "/oauth/revoke" && r.Header.Get("Authorization") == "" {
				seam.OnError("invalid_client", func(response *seam.Response) {
					response.Status = http.StatusBadRequest
					response.Header.Del("WWW-Authenticate")
				})(response)
			}
		},
	},
	{
		Name:    "errors-with-a-page",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 5.2: error_uri is optional, a URI reference of a page about the error",
		Summary: "Errors of the token endpoint have error_uri.",
		Tempts:  ids{"rfc6749-5.2/error-uri", "rfc6749-5.2/error-json"},
		Answer: func(r *http.Request, response *seam.Response) {
			if seam.IsTokenEndpoint(r) {
				onErrors(seam.With("error_uri", "/docs/errors#token-endpoint"))(r, response)
			}
		},
	},
	{
		Name:    "failed-authentication-as-400",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 5.2: for invalid_client the server may return 401; it must where the client used the Authorization header",
		Summary: "A client that fails to authenticate in the body gets invalid_client with status 400.",
		Tempts:  ids{"rfc6749-5.2/invalid-client", "rfc6749-5.2/basic-challenge", "rfc7523-3.2/invalid-client", "rfc7009-2.1/authenticated"},
		Answer: func(r *http.Request, response *seam.Response) {
			if strings.HasPrefix(r.URL.Path, "/oauth/token") && r.Header.Get("Authorization") == "" {
				seam.OnError("invalid_client", func(response *seam.Response) {
					response.Status = http.StatusBadRequest
					response.Header.Del("WWW-Authenticate")
				})(response)
			}
		},
	},
	{
		Name:    "challenge-of-another-realm",
		Role:    AuthorizationServer,
		Allows:  "RFC 9110 section 11.1: the name of a scheme is case-insensitive; RFC 7617 section 2: charset is optional",
		Summary: "The challenge of a client that failed to authenticate is basic in lower case, without a charset.",
		Tempts:  ids{"rfc6749-5.2/basic-challenge", "rfc7662-2.3/error-status"},
		Answer:  onBasicChallenge(`basic realm="clients, all of them"`),
	},
	{
		Name:    "challenge-of-several-schemes",
		Role:    AuthorizationServer,
		Allows:  "RFC 9110 section 11.6.1: one field can contain several challenges",
		Summary: "The challenge of a client that failed to authenticate names another scheme before Basic.",
		Tempts:  ids{"rfc6749-5.2/basic-challenge", "rfc7662-2.3/error-status"},
		Answer:  onBasicChallenge(`Digest realm="clients", nonce="4e1f", qop="auth", Basic realm="clients"`),
	},
	{
		Name:    "challenge-in-several-lines",
		Role:    AuthorizationServer,
		Allows:  "RFC 9110 section 11.6.1: WWW-Authenticate can occur several times",
		Summary: "The challenge of a client that failed to authenticate comes in the second of two lines.",
		Tempts:  ids{"rfc6749-5.2/basic-challenge", "rfc7662-2.3/error-status"},
		Answer:  onBasicChallenge(`Negotiate`, `Basic realm="clients"`),
	},
	{
		Name:    "other-methods-not-found",
		Role:    AuthorizationServer,
		Allows:  "RFC 9110 section 15.5.5: 404 says that the server found no representation, or is not willing to disclose one",
		Summary: "A method that an endpoint does not have gets 404 without a body.",
		Tempts:  ids{"rfc6749-3.2/post", "rfc7009-2.1/post", "rfc7662-2.1/get-refused"},
		Departs: ids{"rfc7592-2/unsupported-method"},
		Answer: func(_ *http.Request, r *seam.Response) {
			if r.Status == http.StatusMethodNotAllowed {
				r.Status, r.Body = http.StatusNotFound, nil
				r.Header.Del("Allow")
			}
		},
	},
	{
		Name:    "refused-media-type-as-400",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 5.2: a request that is otherwise malformed is refused with invalid_request and status 400",
		Summary: "A form endpoint refuses another media type with 400 and invalid_request.",
		Tempts:  ids{"rfc6749-4.4.2/form-encoded", "rfc6749-5.2/error-status"},
		Answer: func(_ *http.Request, r *seam.Response) {
			if r.Status == http.StatusUnsupportedMediaType {
				seam.With("error", "invalid_request")(r)
				r.Status = http.StatusBadRequest
			}
		},
	},
})

// onErrors edits the errors that are JSON.
func onErrors(edit func(*seam.Response)) func(*http.Request, *seam.Response) {
	return onJSON(func(r *seam.Response) {
		if r.Status >= http.StatusBadRequest {
			edit(r)
		}
	})
}

// onBasicChallenge puts other lines in the place of the Basic challenge.
func onBasicChallenge(lines ...string) func(*http.Request, *seam.Response) {
	return func(_ *http.Request, r *seam.Response) {
		if strings.HasPrefix(r.Header.Get("WWW-Authenticate"), "Basic") {
			r.Header["Www-Authenticate"] = lines
		}
	}
}

package variant

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/grantproof/grantproof/impl/seam"
)

var (
	_ = add(challenges(ResourceServer, ""))
	_ = add(challenges(MCPServer, "mcp-"))
)

// temptedByChallenges are the requirements about challenges, of either role.
var temptedByChallenges = map[string]ids{
	ResourceServer: {"rfc6750-3/challenge", "rfc6750-3/auth-param", "rfc6750-3/attributes-once", "rfc6750-3/scope-characters", "rfc6750-3/error-characters",
		"rfc6750-3/error-uri", "rfc6750-3.1/no-error-without-credentials", "rfc6750-3.1/invalid-token", "rfc6750-3.1/insufficient-scope", "rfc9728-5.1/resource-metadata"},
	MCPServer: {"mcp-2026-07-28-token-handling/error-response", "mcp-2026-07-28-error-handling/missing-token-401", "mcp-2026-07-28-scope-selection-strategy/scope-in-challenge",
		"mcp-2026-07-28-runtime-insufficient-scope/challenge-members", "mcp-2026-07-28-protected-resource-metadata/discoverable", "mcp-2026-07-28-refresh-tokens/no-offline-access"},
}

// The names of those that put another challenge beside that of Bearer come last, as
// variants act in the order of their names.

// challenges are the forms that a challenge may have (RFC 9110 section 11.6.1,
// https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1), for one role.
func challenges(role, prefix string) []Variant {
	written := func(name Name, allows, summary string, edit func(challenge string) string) Variant {
		return Variant{Name: Name(prefix) + name, Role: role, Allows: allows, Summary: summary, Tempts: temptedByChallenges[role], Answer: seam.OnChallenge(edit)}
	}
	return []Variant{
		written("challenge-parameters-in-another-order", "RFC 9110 section 11.2: authentication parameters are a list without an order",
			"The parameters of a challenge come in reverse order.", parametersReversed),
		written("challenge-without-realm", "RFC 6750 section 3: a realm attribute may be included",
			"A challenge names no realm.", withoutRealm),
		written("challenge-with-quoted-realm", "RFC 9110 section 11.5: the realm value is a string that the origin server assigns",
			"The realm of a challenge has a comma and escaped quotes.", func(challenge string) string {
				return strings.Replace(challenge, `realm="`, `realm="the \"tasks\", scope=none, of `, 1)
			}),
		written("challenge-with-unknown-parameters", "RFC 6750 section 3: other auth-param attributes may be used as well",
			"A challenge has parameters that no specification names, with and without quotes.", func(challenge string) string {
				return challenge + `, charset=UTF-8, help="see https://docs.example/a,b"`
			}),
		written("challenge-error-as-token", "RFC 9110 section 11.2: the value of a parameter is a token or a quoted string",
			"The error in a challenge has no quotes.", func(challenge string) string {
				for _, code := range []string{"invalid_token", "invalid_request", "insufficient_scope"} {
					challenge = strings.Replace(challenge, `error="`+code+`"`, "error="+code, 1)
				}
				return challenge
			}),
		written("challenge-scheme-in-lower-case", "RFC 9110 section 11.1: the name of an authentication scheme is case-insensitive",
			"A challenge begins with bearer.", func(challenge string) string { return strings.Replace(challenge, "Bearer ", "bearer ", 1) }),
		written("challenge-parameter-names-in-capitals", "RFC 9110 section 11.2: parameter names are matched case-insensitively",
			"The parameter names of a challenge are written in capitals.", capitals),
		written("challenge-without-spaces", "RFC 9110 section 5.6.1: white space around the commas of a list is optional",
			"The parameters of a challenge are separated by commas alone.", func(challenge string) string { return strings.ReplaceAll(challenge, `", `, `",`) }),
		written("challenge-with-error-uri", "RFC 6750 section 3: the error_uri attribute may be included",
			"A challenge with an error has an error_uri.", func(challenge string) string {
				if !strings.Contains(challenge, "error=") {
					return challenge
				}
				return challenge + `, error_uri="https://docs.example/errors?code=1#token"`
			}),
		written("challenge-without-error-description", "RFC 6750 section 3: the error_description attribute may be included",
			"No challenge has an error_description.", seam.WithoutParameter("error_description")),
		written("other-challenge-first", "RFC 9110 section 11.6.1: a field value may hold more than one challenge, each with its parameters",
			"A challenge of another scheme precedes that of Bearer in one field value.", func(challenge string) string {
				return `Newauth realm="apps", type=1, title="Login to \"apps\"", ` + challenge
			}),
		written("other-challenge-last", "RFC 9110 section 11.6.1: a field value may hold more than one challenge, each with its parameters",
			"A challenge of another scheme follows that of Bearer in one field value.", func(challenge string) string {
				return challenge + `, Basic realm="people", charset="UTF-8"`
			}),
		written("other-challenges-with-token68", "RFC 9110 section 11.3: a challenge is a scheme alone, with a token68, or with parameters",
			"Challenges with a token68 and without parameters are the neighbours of that of Bearer.", func(challenge string) string {
				return "Negotiate oYG2MIGzoAMKAQE=, " + challenge + ", NTLM"
			}),
		{
			Name: Name(prefix + "other-challenges-written-apart"), Role: role, Tempts: temptedByChallenges[role],
			Allows:  "RFC 9110 section 11.6.1: WWW-Authenticate can occur several times",
			Summary: "A challenge of another scheme is in a header field before that of Bearer.",
			Answer: func(_ *http.Request, r *seam.Response) {
				if bearer := r.Header.Get("WWW-Authenticate"); bearer != "" {
					r.Header["Www-Authenticate"] = []string{`Basic realm="people"`, bearer}
				}
			},
		},
	}
}

// schemeAndParameters are the scheme of a challenge of the reference, and its parameters.
func schemeAndParameters(challenge string) (scheme string, parameters []string) {
	scheme, rest, _ := strings.Cut(challenge, " ")
	return scheme, strings.SplitAfter(rest, `", `)
}

func parametersReversed(challenge string) string {
	scheme, parameters := schemeAndParameters(challenge)
	var reversed []string
	for _, parameter := range parameters {
		reversed = append([]string{strings.TrimSuffix(parameter, ", ")}, reversed...)
	}
	return scheme + " " + strings.Join(reversed, ", ")
}

// realmParameter is that with its comma, which is before it where it is the last.
var realmParameter = regexp.MustCompile(`(?i)realm="(?:[^"\\]|\\.)*", ?|,? ?realm="(?:[^"\\]|\\.)*"$`)

// withoutRealm leaves the realm out: each challenge has another parameter.
func withoutRealm(challenge string) string { return realmParameter.ReplaceAllString(challenge, "") }

func capitals(challenge string) string {
	scheme, parameters := schemeAndParameters(challenge)
	for i, parameter := range parameters {
		name, value, _ := strings.Cut(parameter, "=")
		parameters[i] = strings.ToUpper(name) + "=" + value
	}
	return scheme + " " + strings.Join(parameters, "")
}

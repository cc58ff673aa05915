package bearer

import (
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/wire"
)

// challenge is the WWW-Authenticate of RFC 6750 section 3 with the
// resource_metadata of RFC 9728 section 5.1
// (https://www.rfc-editor.org/rfc/rfc6750#section-3,
// https://www.rfc-editor.org/rfc/rfc9728#section-5.1).
func challenge(at Resource, parameters ...string) string {
	parts := []string{`realm="` + at.Name + `"`}
	for i := 0; i < len(parameters); i += 2 {
		if parameters[i+1] != "" {
			parts = append(parts, parameters[i]+`="`+wire.Printable(parameters[i+1])+`"`)
		}
	}
	parts = append(parts, `resource_metadata="`+realm.WellKnown(at.Identifier, "oauth-protected-resource")+`"`)
	return "Bearer " + strings.Join(parts, ", ")
}

// unauthenticated: without any credentials the challenge names no error
// (RFC 6750 section 3.1, https://www.rfc-editor.org/rfc/rfc6750#section-3.1).
func unauthenticated(at Resource) *wire.Error {
	return &wire.Error{Status: http.StatusUnauthorized, Code: "unauthorized",
		Description: "send an access token: Authorization: Bearer TOKEN", Challenge: challenge(at, "scope", at.Scope)}
}

func invalidToken(at Resource) *wire.Error {
	const description = "the access token is expired, revoked, malformed or not meant for this resource"
	return &wire.Error{Status: http.StatusUnauthorized, Code: "invalid_token", Description: description,
		Challenge: challenge(at, "error", "invalid_token", "error_description", description, "scope", at.Scope)}
}

func invalidRequest(at Resource, description string) *wire.Error {
	return &wire.Error{Code: "invalid_request", Description: description,
		Challenge: challenge(at, "error", "invalid_request", "error_description", description)}
}

// InsufficientScope refuses a token that lacks the scope of an operation;
// needed names it for a person (RFC 6750 section 3.1,
// https://www.rfc-editor.org/rfc/rfc6750#section-3.1).
func InsufficientScope(at Resource, scope, needed string) *wire.Error {
	description := "this operation needs the scope " + needed
	return &wire.Error{Status: http.StatusForbidden, Code: "insufficient_scope", Description: description,
		Challenge: challenge(at, "error", "insufficient_scope", "error_description", description, "scope", scope),
		Members:   map[string]string{"required_scope": needed}}
}

func unavailable() *wire.Error {
	return &wire.Error{Status: http.StatusServiceUnavailable, Code: "temporarily_unavailable",
		Description: "the authorization server cannot be asked about the token; try again"}
}

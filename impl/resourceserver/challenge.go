package resourceserver

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
func challenge(r *realm.Realm, parameters ...string) string {
	parts := []string{`realm="task-api"`}
	for i := 0; i < len(parameters); i += 2 {
		parts = append(parts, parameters[i]+`="`+wire.Printable(parameters[i+1])+`"`)
	}
	parts = append(parts, `resource_metadata="`+metadataURL(r)+`"`)
	return "Bearer " + strings.Join(parts, ", ")
}

func metadataURL(r *realm.Realm) string {
	return realm.WellKnown(r.Resource, "oauth-protected-resource")
}

// unauthenticated: without any credentials the challenge names no error
// (RFC 6750 section 3.1, https://www.rfc-editor.org/rfc/rfc6750#section-3.1).
func unauthenticated(r *realm.Realm) *wire.Error {
	return &wire.Error{Status: http.StatusUnauthorized, Code: "unauthorized",
		Description: "send an access token: Authorization: Bearer TOKEN", Challenge: challenge(r)}
}

func invalidToken(r *realm.Realm) *wire.Error {
	const description = "the access token is expired, revoked, malformed or not meant for this resource"
	return &wire.Error{Status: http.StatusUnauthorized, Code: "invalid_token", Description: description,
		Challenge: challenge(r, "error", "invalid_token", "error_description", description)}
}

func invalidRequest(r *realm.Realm, description string) *wire.Error {
	return &wire.Error{Code: "invalid_request", Description: description,
		Challenge: challenge(r, "error", "invalid_request", "error_description", description)}
}

func insufficientScope(r *realm.Realm, needed anyOf) *wire.Error {
	description := "this operation needs the scope " + needed.String()
	return &wire.Error{Status: http.StatusForbidden, Code: "insufficient_scope", Description: description,
		Challenge: challenge(r, "error", "insufficient_scope", "error_description", description, "scope", needed[0]),
		Members:   map[string]string{"required_scope": needed.String()}}
}

func unavailable() *wire.Error {
	return &wire.Error{Status: http.StatusServiceUnavailable, Code: "temporarily_unavailable",
		Description: "the authorization server cannot be asked about the token; try again"}
}

func notFound(description string) *wire.Error {
	return &wire.Error{Status: http.StatusNotFound, Code: "not_found", Description: description}
}

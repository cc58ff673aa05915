package authserver

import (
	"net/http"

	"github.com/grantproof/grantproof/impl/wire"
)

// basicChallenge goes with every 401 (RFC 9110 section 11.6.1,
// https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1).
const basicChallenge = `Basic realm="grantproof", charset="UTF-8"`

func invalidClient(description string) *wire.Error {
	return &wire.Error{Status: http.StatusUnauthorized, Code: "invalid_client", Description: description, Challenge: basicChallenge}
}

func invalidGrant(description string) *wire.Error {
	return &wire.Error{Code: "invalid_grant", Description: description}
}

func invalidTarget(description string) *wire.Error {
	return &wire.Error{Code: "invalid_target", Description: description}
}

func invalidScope(description string) *wire.Error {
	return &wire.Error{Code: "invalid_scope", Description: description}
}

func unauthorizedClient(description string) *wire.Error {
	return &wire.Error{Code: "unauthorized_client", Description: description}
}

func unsupportedGrantType() *wire.Error {
	return &wire.Error{Code: "unsupported_grant_type", Description: "the metadata lists the grants that this server knows"}
}

func unsupportedResponseType() *wire.Error {
	return &wire.Error{Code: "unsupported_response_type", Description: "this server knows the response type code"}
}

func notFound() *wire.Error {
	return &wire.Error{Status: http.StatusNotFound, Code: "not_found", Description: "there is nothing at this path"}
}

func refuse(w http.ResponseWriter, _ *http.Request, err *wire.Error) { wire.WriteError(w, err) }

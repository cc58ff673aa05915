package authserver

import (
	"context"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/wire"
)

// documents are the operations that take client metadata.
func documents() (map[string]wire.Document, error) {
	spec, err := authserver.GetSpec()
	if err != nil {
		return nil, err
	}
	body := func(operation *openapi3.Operation) wire.Document {
		return wire.Document{Schema: operation.RequestBody.Value.Content.Get(wire.JSON).Schema.Value, Refuse: refuseMetadata}
	}
	return map[string]wire.Document{
		"POST /oauth/register":            body(spec.Paths.Value("/oauth/register").Post),
		"PUT /oauth/register/{client_id}": body(spec.Paths.Value("/oauth/register/{client_id}").Put),
	}, nil
}

// refuseMetadata gives the refusal of a member its registered code (RFC 7591
// section 3.2.2, https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2).
func refuseMetadata(w http.ResponseWriter, _ *http.Request, refused *wire.Error) {
	if refused.Code == wire.InvalidMember {
		refused.Code = "invalid_client_metadata"
		if strings.HasPrefix(refused.Description, "redirect_uris") {
			refused.Code = "invalid_redirect_uri"
		}
	}
	wire.WriteError(w, refused)
}

func invalidMetadata(description string) *wire.Error {
	return &wire.Error{Code: "invalid_client_metadata", Description: description}
}

func invalidRedirectURI(description string) *wire.Error {
	return &wire.Error{Code: "invalid_redirect_uri", Description: description}
}

// bearerToken is the token in the Authorization header. Without any the
// challenge names no error (RFC 6750 section 3.1,
// https://www.rfc-editor.org/rfc/rfc6750#section-3.1).
func bearerToken(ctx context.Context) (string, *wire.Error) {
	lines := wire.FromContext(ctx).Authorization
	if len(lines) > 1 {
		return "", wire.InvalidRequest("there may be one Authorization header only")
	}
	if len(lines) == 1 {
		scheme, raw, _ := strings.Cut(lines[0], " ")
		if strings.EqualFold(scheme, "Bearer") {
			return strings.TrimLeft(raw, " "), nil
		}
	}
	missing := invalidBearer("send the token: Authorization: Bearer TOKEN")
	missing.Challenge = `Bearer realm="grantproof"`
	return "", missing
}

// invalidBearer refuses a Bearer token (RFC 6750 section 3.1).
func invalidBearer(description string) *wire.Error {
	return &wire.Error{Status: http.StatusUnauthorized, Code: "invalid_token", Description: description,
		Challenge: `Bearer realm="grantproof", error="invalid_token"`}
}

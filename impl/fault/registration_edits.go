package fault

import (
	"net/http"
	"strings"
)

// registrationEdits change the answers of the registration of clients.
var registrationEdits = map[Name]func(*http.Request, *Response){
	JSONRegistrationRefused:        onRegistration("POST", http.StatusCreated, as(http.StatusBadRequest, `{"error":"invalid_request"}`)),
	RegistrationAsOK:               onRegistration("POST", http.StatusCreated, func(r *Response) { r.Status = http.StatusOK }),
	ClientIDsAreURLs:               onRegistration("POST", http.StatusCreated, with("client_id", "https://clients.example.com/1")),
	RegistrationWithoutClientID:    onRegistration("POST", http.StatusCreated, without("client_id")),
	SecretExpiryMissing:            onRegistration("POST", http.StatusCreated, without("client_secret_expires_at")),
	BothKeySourcesReturned:         onRegistration("POST", http.StatusCreated, with("jwks_uri", "https://client.example/keys")),
	RegistrationAccessTokenMissing: onRegistration("POST", http.StatusCreated, without("registration_access_token")),
	DefaultResponseTypesToken:      onRegistration("POST", http.StatusCreated, with("response_types", []string{"token"})),
	InconsistentTypesRegistered:    onRegistration("POST", http.StatusCreated, with("response_types", []string{"code"})),
	RegisteredMetadataNotReturned: onRegistration("*", 0, func(r *Response) {
		if len(r.Body) > 0 {
			without("client_name")(r)
			without("redirect_uris")(r)
		}
	}),
	RegistrationClientURIRelative: onRegistration("*", 0, func(r *Response) {
		if id, ok := members(r)["client_id"].(string); ok {
			with("registration_client_uri", "/oauth/register/"+id)(r)
		}
	}),
	RegistrationErrorsAsText:    onRegistration("POST", http.StatusBadRequest, asText),
	RegistrationErrorsRenamed:   onRegistration("POST", http.StatusBadRequest, with("error", "bad_request")),
	RegistrationReadNotFound:    onRegistration("GET", http.StatusOK, as(http.StatusNotFound, `{"error":"not_found"}`)),
	UpdateChangesClientID:       onRegistration("PUT", http.StatusOK, with("client_id", "client-of-another-name")),
	ReplacedMetadataNotReturned: onRegistration("PUT", http.StatusOK, without("token_endpoint_auth_method")),
	RegistrationMethodNotFound:  onRegistration("PATCH", http.StatusMethodNotAllowed, as(http.StatusNotFound, `{"error":"not_found"}`)),
	DeletionAsOK:                onRegistration("DELETE", http.StatusNoContent, func(r *Response) { r.Status = http.StatusOK }),
	DeletionBadRequest:          onRegistration("DELETE", http.StatusNoContent, as(http.StatusBadRequest, `{"error":"invalid_request"}`)),
}

// onRegistration edits the answers of the registration endpoint and those of
// the client configuration endpoints below it that have a status; 0 is any.
func onRegistration(method string, status int, edit func(*Response)) func(*http.Request, *Response) {
	return func(r *http.Request, response *Response) {
		if strings.HasPrefix(r.URL.Path, "/oauth/register") && (method == "*" || r.Method == method) && (status == 0 || response.Status == status) {
			edit(response)
		}
	}
}

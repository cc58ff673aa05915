package check

import (
	"fmt"
	"net/url"
	"slices"

	"github.com/grantproof/grantproof/harness/exchange"
)

// authorizationRules hold for what the authorization endpoint sends back to
// the client.
var authorizationRules = []Rule{
	{"authorization-response-issuer", "Every authorization response names its issuer.", isAuthorizationResponse, namesIssuer},
	{"authorization-parameters-once", "Every authorization response names each parameter once.", isAuthorizationResponse, namesParametersOnce},
	{"authorization-error-code", "Every authorization error is a defined code.", isAuthorizationError, hasDefinedCode},
	{"authorization-error-characters", "Every authorization error is written in the allowed characters.", isAuthorizationError, errorInAllowedCharacters},
	{"authorization-error-uri", "Every error_uri of the authorization endpoint is a URI.", isAuthorizationError, returnedErrorURI},
}

func isRedirect(e *exchange.Exchange) bool {
	return e.Endpoint == exchange.Authorization && e.Redirect() != ""
}

// isAuthorizationResponse: a redirect, or a form that posts itself, that carries
// a code or an error back to the client. What goes to a page of the server itself
// goes to no client.
func isAuthorizationResponse(e *exchange.Exchange) bool {
	if e.Endpoint != exchange.Authorization {
		return false
	}
	parameters := returned(e)
	return parameters.Has("code") || parameters.Has("error")
}

func returned(e *exchange.Exchange) url.Values {
	parameters := url.Values{}
	if e.LeavesServer() {
		parameters = redirected(e)
	}
	for _, form := range e.Forms() {
		posted(form, e.URL, parameters)
	}
	return parameters
}

// redirected are the parameters of a redirect, in its query and its fragment.
func redirected(e *exchange.Exchange) url.Values {
	location, err := url.Parse(e.Redirect())
	if err != nil {
		return url.Values{}
	}
	parameters := location.Query()
	if fragment, err := url.ParseQuery(location.Fragment); err == nil {
		for name, values := range fragment {
			parameters[name] = append(parameters[name], values...)
		}
	}
	return parameters
}

// posted adds what a form sends to another host.
func posted(form exchange.Form, from string, parameters url.Values) {
	page, err := url.Parse(from)
	if err != nil || form.Action == nil || form.Action.Host == page.Host {
		return
	}
	for _, input := range form.Inputs {
		if input.Name != "" {
			parameters.Add(input.Name, input.Value)
		}
	}
}

// namesIssuer: the issuer is the URL before the path of the endpoint of ours;
// the exact comparison is a scenario of its own.
func namesIssuer(e *exchange.Exchange) error {
	if returned(e).Get("iss") != "" {
		return nil
	}
	return Fail("an authorization response without iss", "iss")
}

func redirectWithoutSecret(e *exchange.Exchange) error {
	query := redirected(e)
	for _, name := range []string{"client_secret", "access_token", "code_verifier", "password"} {
		if query.Has(name) {
			return Fail(name+" in the Location", "no secret in the Location")
		}
	}
	return nil
}

func isAuthorizationError(e *exchange.Exchange) bool {
	return isAuthorizationResponse(e) && returned(e).Has("error")
}

func namesParametersOnce(e *exchange.Exchange) error {
	for name, values := range returned(e) {
		if len(values) > 1 {
			return Fail(name+" twice in the Location", "each parameter once")
		}
	}
	return nil
}

// authorizationCodes are the error codes of the authorization endpoint (RFC
// 6749 section 4.1.2.1) and of its extensions (the OAuth Extensions Error
// registry of IANA).
var authorizationCodes = []string{
	"invalid_request", "unauthorized_client", "access_denied", "unsupported_response_type", "invalid_scope", "server_error",
	"temporarily_unavailable", "invalid_target", "invalid_request_uri", "invalid_request_object", "request_not_supported",
	"request_uri_not_supported", "registration_not_supported", "interaction_required", "login_required",
	"account_selection_required", "consent_required", "unmet_authentication_requirements",
}

func hasDefinedCode(e *exchange.Exchange) error {
	if code := returned(e).Get("error"); !slices.Contains(authorizationCodes, code) {
		return Fail(fmt.Sprintf("error %q", code), "a defined error code")
	}
	return nil
}

func errorInAllowedCharacters(e *exchange.Exchange) error {
	for _, name := range []string{"error", "error_description"} {
		if !inAllowedCharacters(returned(e).Get(name)) {
			return Fail(name+" holds other characters", name+" of the characters %x20-21, %x23-5B and %x5D-7E")
		}
	}
	return nil
}

func returnedErrorURI(e *exchange.Exchange) error { return uriReference(returned(e).Get("error_uri")) }

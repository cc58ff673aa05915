package check

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
)

// tokenRules hold for the token endpoint.
var tokenRules = []Rule{
	{"token-response-is-json", "Every response with a token is JSON.", carriesToken, isTokenJSON},
	{"token-response-not-stored", "Every response with a token forbids its storage.", carriesToken, forbidsStorage},
	{"token-type-named", "Every token response names the type of its token.", isTokenResponse, TokenIssued},
	{"scope-stated", "Every token response states a scope that differs from the requested one.", isTokenResponse, statesScope},
	{"token-error-code", "Every error of the token endpoint is JSON with a registered code.", isTokenError, hasRegisteredCode},
	{"token-error-characters", "Every error of the token endpoint is written in the allowed characters.", isTokenError, allowedCharacters},
	{"token-error-status", "Every error of the token endpoint has status 400, or 401 for invalid_client.", isTokenError, errorStatus},
	{"token-response-pragma", "Every response with a token says Pragma: no-cache.", carriesToken, saysNoCache},
	{"token-members-once", "Every token response names each member once.", isTokenResponse, namesMembersOnce},
	{"no-null", "No JSON of the authorization server has a null.", isJSONOfServer, hasNoNull},
	{"token-error-uri", "Every error_uri of the token endpoint is a URI.", isTokenError, errorURI},
}

// carriesToken: in JSON, or in the form that some servers write instead.
func carriesToken(e *exchange.Exchange) bool {
	form, _ := url.ParseQuery(string(e.Content))
	return e.Endpoint == exchange.Token && (text(object(e)["access_token"]) != "" || form.Get("access_token") != "")
}

func isTokenResponse(e *exchange.Exchange) bool {
	return e.Endpoint == exchange.Token && e.Status == http.StatusOK
}

func isTokenError(e *exchange.Exchange) bool {
	return e.Endpoint == exchange.Token && e.Method == http.MethodPost && e.Status >= 400 && !slices.Contains(ofHTTP, e.Status)
}

// ofHTTP are refusals of requests that are too long to be read, or too many
// (RFC 9110 section 15.5.15, RFC 6585 sections 4 and 5,
// https://www.rfc-editor.org/rfc/rfc6585#section-4). Those by another method
// than POST are no token requests either (RFC 6749 section 3.2,
// https://www.rfc-editor.org/rfc/rfc6749#section-3.2).
var ofHTTP = []int{http.StatusRequestURITooLong, http.StatusRequestHeaderFieldsTooLarge, http.StatusTooManyRequests}

// isTokenJSON: texts are JSON strings, and numbers are JSON numbers (RFC 6749
// section 5.1, https://www.rfc-editor.org/rfc/rfc6749#section-5.1). About members
// that are null another rule decides.
func isTokenJSON(e *exchange.Exchange) error {
	body, err := Object(e)
	if err != nil {
		return err
	}
	if _, isNumber := body["expires_in"].(float64); !isNumber && body["expires_in"] != nil {
		return Fail("an expires_in that is no number", "expires_in as a JSON number")
	}
	for _, name := range []string{"token_type", "refresh_token", "scope"} {
		if _, isText := body[name].(string); !isText && body[name] != nil {
			return Fail("a "+name+" that is no text", name+" as a JSON string")
		}
	}
	return nil
}

func forbidsStorage(e *exchange.Exchange) error {
	if saysOfCaches(e, "no-store") {
		return nil
	}
	return Fail(fmt.Sprintf("Cache-Control: %q", e.Answer.Get("Cache-Control")), "Cache-Control: no-store")
}

// statesScope: the scope may be left out only where it is what was requested (RFC 6749
// section 5.1). For a request without one that is no scope; a JWT tells what was granted,
// and of another token nobody knows.
func statesScope(e *exchange.Exchange) error {
	answer := object(e)
	_, stated := answer["scope"].(string)
	if stated || e.Form().Has("scope") || e.Form().Get("grant_type") != "client_credentials" {
		return nil
	}
	token, _ := answer["access_token"].(string)
	parsed, err := proof.Parse(token)
	if granted := parsed.Claims["scope"]; err == nil && granted != nil && granted != "" {
		return Fail(fmt.Sprintf("a token for the scope %v, which the response does not state", granted), "the scope that was granted")
	}
	return nil
}

// registered are the error codes of the token endpoint (RFC 6749 section 5.2)
// and of its extensions (the OAuth Extensions Error registry of IANA).
var registered = []string{
	"invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope",
	"invalid_target", "invalid_dpop_proof", "use_dpop_nonce", "authorization_pending", "slow_down", "access_denied",
	"expired_token", "temporarily_unavailable",
}

func hasRegisteredCode(e *exchange.Exchange) error {
	body, err := Object(e)
	if err != nil {
		return err
	}
	if code := text(body["error"]); !slices.Contains(registered, code) {
		return Fail(fmt.Sprintf("error %q", code), "a registered error code")
	}
	return nil
}

func allowedCharacters(e *exchange.Exchange) error {
	for _, name := range []string{"error", "error_description"} {
		if !inAllowedCharacters(text(object(e)[name])) {
			return Fail(name+" holds other characters", name+" of the characters %x20-21, %x23-5B and %x5D-7E")
		}
	}
	return nil
}

func inAllowedCharacters(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < 0x20 || r > 0x7e || r == '"' || r == '\\' })
}

func errorStatus(e *exchange.Exchange) error {
	code := ErrorCode(e)
	allowed := []int{http.StatusBadRequest}
	switch {
	case code == "invalid_client" && e.Header.Get("Authorization") != "":
		allowed = []int{http.StatusUnauthorized}
	case code == "invalid_client":
		allowed = append(allowed, http.StatusUnauthorized)
	case code == "invalid_request":
		allowed = append(allowed, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	case code == "temporarily_unavailable" || code == "slow_down":
		allowed = append(allowed, http.StatusServiceUnavailable, http.StatusTooManyRequests)
	}
	if slices.Contains(allowed, e.Status) {
		return nil
	}
	return Fail(Describe(e), fmt.Sprintf("status %d", allowed[0]))
}

// saysNoCache: a second way to forbid storage, for caches of HTTP/1.0 (RFC 6749
// section 5.1, https://www.rfc-editor.org/rfc/rfc6749#section-5.1).
func saysNoCache(e *exchange.Exchange) error {
	if strings.EqualFold(e.Answer.Get("Pragma"), "no-cache") {
		return nil
	}
	return Fail(fmt.Sprintf("Pragma: %q", e.Answer.Get("Pragma")), "Pragma: no-cache")
}

// namesMembersOnce reads the JSON token by token, as an object hides what is
// there twice.
func namesMembersOnce(e *exchange.Exchange) error {
	decoder := json.NewDecoder(bytes.NewReader(e.Content))
	seen, depth, isName := map[string]bool{}, 0, true
	for {
		token, err := decoder.Token()
		if err != nil {
			return nil
		}
		switch token := token.(type) {
		case json.Delim:
			if token == '{' || token == '[' {
				depth++
			} else {
				depth--
			}
			isName = true
			continue
		case string:
			if depth == 1 && isName && seen[token] {
				return Fail("the member "+token+" twice", "each member once")
			}
			seen[token] = seen[token] || depth == 1 && isName
		}
		isName = !isName
	}
}

// isJSONOfServer: an MCP server answers in JSON-RPC, where the id of a request
// that has none is null (https://www.jsonrpc.org/specification#response_object).
func isJSONOfServer(e *exchange.Exchange) bool {
	return e.Endpoint != exchange.Resource && e.Endpoint != exchange.MCP && answered(e) && len(object(e)) > 0
}

func hasNoNull(e *exchange.Exchange) error {
	for name, value := range object(e) {
		if value == nil {
			return Fail(name+": null", "members without a value left out")
		}
	}
	return nil
}

func errorURI(e *exchange.Exchange) error { return uriReference(text(object(e)["error_uri"])) }

func uriReference(address string) error {
	if _, err := url.Parse(address); err != nil || !inAllowedCharacters(address) || strings.Contains(address, " ") {
		return Fail(fmt.Sprintf("error_uri: %q", address), "error_uri as a URI reference")
	}
	return nil
}

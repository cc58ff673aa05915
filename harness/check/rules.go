package check

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
)

// Rule holds for every exchange of every scenario. Its phrase is the Then of
// its scenario in every_exchange.feature, which holds its citation.
type Rule struct {
	Phrase  string
	Applies func(*exchange.Exchange) bool
	Check   func(*exchange.Exchange) error
}

// Rules are all of them.
var Rules = []Rule{
	{"every response with a token is JSON", carriesToken, isJSON},
	{"every response with a token forbids its storage", carriesToken, forbidsStorage},
	{"every token response names the type of its token", isTokenResponse, TokenIssued},
	{"every token response states a scope that differs from the requested one", isTokenResponse, statesScope},
	{"every error of the token endpoint is JSON with a registered code", isTokenError, hasRegisteredCode},
	{"every error of the token endpoint is written in the allowed characters", isTokenError, allowedCharacters},
	{"every error of the token endpoint has status 400, or 401 for invalid_client", isTokenError, errorStatus},
	{"every response with status 401 has a challenge", isUnauthorized, hasAnyChallenge},
	{"every authorization response names its issuer", isAuthorizationResponse, namesIssuer},
	{"no redirect carries a secret", isRedirect, redirectWithoutSecret},
	{"no error echoes a secret", isError, echoesNothing},
	{"no request is answered with a server error", answered, noServerError},
	{"no answer holds a secret that is none of the asker's business", answered, holdsNothingPlanted},
	{"no server log holds a secret", isServerLog, holdsNothingSecret},
}

func answered(e *exchange.Exchange) bool    { return e.Problem == nil && !isServerLog(e) }
func isServerLog(e *exchange.Exchange) bool { return e.Endpoint == exchange.ServerLog }

func object(e *exchange.Exchange) map[string]any {
	var object map[string]any
	_ = json.Unmarshal(e.Content, &object)
	return object
}

func carriesToken(e *exchange.Exchange) bool {
	return e.Endpoint == exchange.Token && text(object(e)["access_token"]) != ""
}

func isTokenResponse(e *exchange.Exchange) bool {
	return e.Endpoint == exchange.Token && e.Status == http.StatusOK
}

func isTokenError(e *exchange.Exchange) bool {
	return e.Endpoint == exchange.Token && e.Status >= 400 && e.Status != http.StatusMethodNotAllowed
}

func isUnauthorized(e *exchange.Exchange) bool { return e.Status == http.StatusUnauthorized }
func isError(e *exchange.Exchange) bool        { return e.Status >= 400 }

func isRedirect(e *exchange.Exchange) bool {
	return e.Endpoint == exchange.Authorization && e.Answer.Get("Location") != ""
}

// isAuthorizationResponse: a redirect that carries a code or an error back to
// the client.
func isAuthorizationResponse(e *exchange.Exchange) bool {
	query := returned(e)
	return isRedirect(e) && (query.Has("code") || query.Has("error"))
}

func returned(e *exchange.Exchange) url.Values {
	location, err := url.Parse(e.Answer.Get("Location"))
	if err != nil {
		return nil
	}
	return location.Query()
}

func isJSON(e *exchange.Exchange) error {
	_, err := Object(e)
	return err
}

func forbidsStorage(e *exchange.Exchange) error {
	if slices.ContainsFunc(strings.Split(strings.ToLower(e.Answer.Get("Cache-Control")), ","),
		func(directive string) bool { return strings.TrimSpace(directive) == "no-store" }) {
		return nil
	}
	return Fail(fmt.Sprintf("Cache-Control: %q", e.Answer.Get("Cache-Control")), "Cache-Control: no-store")
}

// statesScope: the scope may be left out only where it is what was requested
// (RFC 6749 section 5.1). What a request without a scope got is not known, so
// then it must be there too.
func statesScope(e *exchange.Exchange) error {
	if text(object(e)["scope"]) != "" || e.Form().Has("scope") || e.Form().Get("grant_type") != "client_credentials" {
		return nil
	}
	return Fail("a token for an unnamed scope", "the scope that was granted")
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
		if strings.ContainsFunc(text(object(e)[name]), func(r rune) bool { return r < 0x20 || r > 0x7e || r == '"' || r == '\\' }) {
			return Fail(name+" holds other characters", name+" of the characters %x20-21, %x23-5B and %x5D-7E")
		}
	}
	return nil
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

func hasAnyChallenge(e *exchange.Exchange) error {
	if e.Answer.Get("WWW-Authenticate") != "" {
		return nil
	}
	return Fail("status 401 without WWW-Authenticate", "a challenge in WWW-Authenticate")
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
	query := returned(e)
	for _, name := range []string{"client_secret", "access_token", "code_verifier", "password"} {
		if query.Has(name) {
			return Fail(name+" in the Location", "no secret in the Location")
		}
	}
	return nil
}

// echoesNothing looks for what was sent as a secret in the answer.
func echoesNothing(e *exchange.Exchange) error {
	form := e.Form()
	secrets := []string{strings.TrimPrefix(strings.TrimPrefix(e.Header.Get("Authorization"), "Basic "), "Bearer ")}
	for _, name := range []string{"client_secret", "code", "code_verifier", "token", "access_token", "refresh_token", "client_assertion"} {
		secrets = append(secrets, form.Get(name))
	}
	for _, secret := range secrets {
		if len(secret) >= 16 && strings.Contains(string(e.Content), secret) {
			return Fail("a secret of the request in the answer", "an answer without the secrets of the request")
		}
	}
	return nil
}

// holdsNothingPlanted looks for the secrets that were planted in the realm, of
// which the examiner knows without having asked.
func holdsNothingPlanted(e *exchange.Exchange) error {
	if e.LeaksPlanted() {
		return Fail("a secret of a client or of the server in an answer", "an answer without the secrets of others")
	}
	return nil
}

func holdsNothingSecret(e *exchange.Exchange) error {
	if e.LeaksSecret() {
		return Fail("a secret in the log of a server", "a log without codes, tokens, secrets and keys")
	}
	return nil
}

func noServerError(e *exchange.Exchange) error {
	if e.Status >= 500 && e.Status != http.StatusServiceUnavailable {
		return Fail(Describe(e), "a 4xx error")
	}
	return nil
}

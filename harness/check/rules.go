package check

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
)

// Rule holds for every exchange of every scenario. The scenario that names it in
// every_exchange.feature holds its citation.
type Rule struct {
	Name    string
	Says    string // In one sentence.
	Applies func(*exchange.Exchange) bool
	Check   func(*exchange.Exchange) error
}

// Rules are all of them.
var Rules = slices.Concat(generalRules, tokenRules, authorizationRules, challengeRules)

// RuleNamed finds a rule by its name, nil where none has it.
func RuleNamed(name string) *Rule {
	for i, rule := range Rules {
		if rule.Name == name {
			return &Rules[i]
		}
	}
	return nil
}

// RuleNames are the names of all rules.
func RuleNames() []string {
	var names []string
	for _, rule := range Rules {
		names = append(names, rule.Name)
	}
	return names
}

var generalRules = []Rule{
	{"401-has-challenge", "Every response with status 401 has a challenge.", isUnauthorized, hasAnyChallenge},
	{"no-secret-in-redirect", "No redirect carries a secret.", isRedirect, redirectWithoutSecret},
	{"no-secret-echoed", "No error echoes a secret.", isError, echoesNothing},
	{"no-server-error", "No request is answered with a server error.", answered, noServerError},
	{"no-secret-of-others", "No answer holds a secret that is none of the asker's business.", answered, holdsNothingPlanted},
	{"no-secret-in-log", "No server log holds a secret.", isServerLog, holdsNothingSecret},
	{"no-token-in-cookie", "No cookie holds a token.", answered, noTokenInCookie},
}

func answered(e *exchange.Exchange) bool    { return e.Problem == nil && !isServerLog(e) }
func isServerLog(e *exchange.Exchange) bool { return e.Endpoint == exchange.ServerLog }

func object(e *exchange.Exchange) map[string]any {
	var object map[string]any
	_ = json.Unmarshal(e.Content, &object)
	return object
}

func isUnauthorized(e *exchange.Exchange) bool { return e.Status == http.StatusUnauthorized }
func isError(e *exchange.Exchange) bool        { return e.Status >= 400 }

func hasAnyChallenge(e *exchange.Exchange) error {
	if e.Answer.Get("WWW-Authenticate") != "" {
		return nil
	}
	return Fail("status 401 without WWW-Authenticate", "a challenge in WWW-Authenticate")
}

// echoesNothing looks for what was sent as a secret in the answer.
func echoesNothing(e *exchange.Exchange) error {
	form := e.Form()
	secrets := []string{strings.TrimPrefix(strings.TrimPrefix(e.Header.Get("Authorization"), "Basic "), "Bearer ")}
	for _, name := range []string{"client_secret", "code", "code_verifier", "token", "access_token", "refresh_token", "client_assertion", "subject_token", "actor_token"} {
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

// noTokenInCookie: a browser sends cookies along that nobody meant to send, and
// without Secure in the clear (RFC 6750 section 5.3,
// https://www.rfc-editor.org/rfc/rfc6750#section-5.3).
func noTokenInCookie(e *exchange.Exchange) error {
	if e.CookieHoldsToken() {
		return Fail("a token in Set-Cookie", "cookies without tokens")
	}
	return nil
}

func noServerError(e *exchange.Exchange) error {
	if e.Status >= 500 && e.Status != http.StatusServiceUnavailable {
		return Fail(Describe(e), "a 4xx error")
	}
	return nil
}

package check

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
)

// challengeRules hold for the Bearer challenges of a protected resource (RFC
// 6750 section 3, https://www.rfc-editor.org/rfc/rfc6750#section-3).
var challengeRules = []Rule{
	{"challenge-parameter", "Every Bearer challenge has a parameter.", isBearerChallenge, eachChallenge(hasParameter)},
	{"challenge-attributes-once", "Every Bearer challenge gives an attribute once.", isBearerChallenge, eachChallenge(givesAttributesOnce)},
	{"challenge-scope-characters", "Every scope of a Bearer challenge is written in the allowed characters.", isBearerChallenge, eachChallenge(scopeInAllowedCharacters)},
	{"challenge-error-characters", "Every error of a Bearer challenge is written in the allowed characters.", isBearerChallenge, eachChallenge(challengeInAllowedCharacters)},
	{"challenge-error-uri", "Every error_uri of a Bearer challenge is a URI.", isBearerChallenge, eachChallenge(challengeErrorURI)},
	{"token-in-url-private", "Every answer to a token in a URL is private.", tookTokenFromURL, saysPrivate},
}

func isBearerChallenge(e *exchange.Exchange) bool { return len(bearerChallenges(e)) > 0 }

func bearerChallenges(e *exchange.Exchange) []proof.AuthChallenge {
	return slices.DeleteFunc(proof.Challenges(e.Answer.Values("WWW-Authenticate")), func(c proof.AuthChallenge) bool {
		return !strings.EqualFold(c.Scheme, "Bearer")
	})
}

func eachChallenge(check func(proof.AuthChallenge) error) func(*exchange.Exchange) error {
	return func(e *exchange.Exchange) error {
		for _, challenge := range bearerChallenges(e) {
			if err := check(challenge); err != nil {
				return err
			}
		}
		return nil
	}
}

func hasParameter(c proof.AuthChallenge) error {
	if len(c.Parameters) == 0 {
		return Fail("a Bearer challenge without a parameter", "at least one parameter")
	}
	return nil
}

func givesAttributesOnce(c proof.AuthChallenge) error {
	for _, name := range c.Repeated {
		if slices.Contains([]string{"realm", "scope", "error", "error_description", "error_uri"}, name) {
			return Fail(name+" twice in a challenge", name+" at most once")
		}
	}
	return nil
}

func scopeInAllowedCharacters(c proof.AuthChallenge) error {
	if !inAllowedCharacters(c.Parameters["scope"]) {
		return Fail(fmt.Sprintf("scope %q", c.Parameters["scope"]), "scope values of printable ASCII, parted by spaces")
	}
	return nil
}

func challengeInAllowedCharacters(c proof.AuthChallenge) error {
	for _, name := range []string{"error", "error_description"} {
		if !inAllowedCharacters(c.Parameters[name]) {
			return Fail(name+" holds other characters", name+" of the characters %x20-21, %x23-5B and %x5D-7E")
		}
	}
	return nil
}

func challengeErrorURI(c proof.AuthChallenge) error { return uriReference(c.Parameters["error_uri"]) }

func tookTokenFromURL(e *exchange.Exchange) bool {
	return e.Endpoint == exchange.Resource && e.Status/100 == 2 && strings.Contains(e.URL, "access_token=") && e.Header.Get("Authorization") == ""
}

func saysPrivate(e *exchange.Exchange) error {
	if saysOfCaches(e, "private") || e.Status >= http.StatusMultipleChoices {
		return nil
	}
	return Fail(fmt.Sprintf("Cache-Control: %q", e.Answer.Get("Cache-Control")), "Cache-Control: private")
}

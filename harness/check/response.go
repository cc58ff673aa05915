package check

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
)

// Object reads the JSON object in an answer.
func Object(e *exchange.Exchange) (map[string]any, error) {
	media, _, _ := mime.ParseMediaType(e.Answer.Get("Content-Type"))
	if !ofJSON(e.Endpoint, media) {
		return nil, Fail(fmt.Sprintf("status %d with Content-Type %q", e.Status, e.Answer.Get("Content-Type")), "a JSON object")
	}
	if len(e.Content) >= exchange.MaxContent {
		return nil, Fail(fmt.Sprintf("a body of %d bytes or more, of which no more was read", exchange.MaxContent), "a JSON object")
	}
	var object map[string]any
	if err := json.Unmarshal(e.Content, &object); err != nil || object == nil {
		return nil, Fail("a body that is not a JSON object", "a JSON object")
	}
	return object, nil
}

// ofJSON: answers to clients are application/json; a key set among the metadata
// has a media type of its own (RFC 7517 section 8.5.2,
// https://www.rfc-editor.org/rfc/rfc7517#section-8.5.2).
func ofJSON(endpoint exchange.Endpoint, media string) bool {
	return media == "application/json" || endpoint == exchange.Metadata && media == "application/jwk-set+json"
}

// TokenIssued requires a successful token response (RFC 6749 section 5.1,
// https://www.rfc-editor.org/rfc/rfc6749#section-5.1).
func TokenIssued(e *exchange.Exchange) error {
	if e.Status != http.StatusOK {
		return Fail(Describe(e), "status 200 with an access token")
	}
	object, err := Object(e)
	if err != nil {
		return err
	}
	if text(object["access_token"]) == "" || text(object["token_type"]) == "" {
		return Fail("a response without access_token or token_type", "access_token and token_type")
	}
	return nil
}

// NoToken requires that no member of the answer holds a token of the given name:
// in JSON, or in the form that some servers write instead.
func NoToken(e *exchange.Exchange, name string) error {
	var object map[string]any
	_ = json.Unmarshal(e.Content, &object)
	form, _ := url.ParseQuery(string(e.Content))
	if object[name] != nil && object[name] != "" || form.Get(name) != "" {
		return Fail(fmt.Sprintf("status %d with a %s", e.Status, name), "no "+name)
	}
	return nil
}

// RefusedWith requires an error response with one of the codes and no token
// (RFC 6749 section 5.2, https://www.rfc-editor.org/rfc/rfc6749#section-5.2).
func RefusedWith(e *exchange.Exchange, codes []string) error {
	if err := NoToken(e, "access_token"); err != nil {
		return Fail("an access token was issued", expectations(codes)...)
	}
	switch {
	case e.Status < 400 || e.Status > 499:
		return Fail(Describe(e), expectations(codes)...)
	case !slices.Contains(codes, ErrorCode(e)):
		return &Failure{Expected: expectations(codes), Actual: Describe(e), Kind: RefusedOtherwise, Refusal: &Refusal{string(e.Endpoint), codes}}
	}
	return nil
}

// RefusedBy is the failure of a refusal by another error code than those that were
// expected.
func RefusedBy(endpoint exchange.Endpoint, code string, codes []string) error {
	return &Failure{Expected: expectations(codes), Actual: fmt.Sprintf("error %q", code), Kind: RefusedOtherwise, Refusal: &Refusal{string(endpoint), codes}}
}

func expectations(codes []string) []string {
	var expected []string
	for _, code := range codes {
		expected = append(expected, fmt.Sprintf("an error response with error %q", code))
	}
	return expected
}

// ErrorCode is the error of the body, or of a Bearer challenge where the body
// has none (RFC 6750 section 3, https://www.rfc-editor.org/rfc/rfc6750#section-3).
func ErrorCode(e *exchange.Exchange) string {
	if e.Endpoint == exchange.Resource || e.Endpoint == exchange.MCP {
		for _, challenge := range proof.Challenges(e.Answer.Values("WWW-Authenticate")) {
			if code := challenge.Parameters["error"]; code != "" {
				return code
			}
		}
	}
	var object map[string]any
	_ = json.Unmarshal(e.Content, &object)
	return text(object["error"])
}

// Describe says in a few words what an answer was.
func Describe(e *exchange.Exchange) string {
	if e.Problem != nil {
		return e.Problem.Error()
	}
	description := fmt.Sprintf("status %d", e.Status)
	if code := ErrorCode(e); code != "" {
		description += fmt.Sprintf(" with error %q", code)
	}
	return description
}

// Status requires an HTTP status.
func Status(e *exchange.Exchange, want int) error {
	if e.Status == want {
		return nil
	}
	return Fail(Describe(e), "status "+strconv.Itoa(want))
}

// Challenge requires a challenge of a scheme and returns its parameters.
func Challenge(e *exchange.Exchange, scheme string) (map[string]string, error) {
	challenges := proof.Challenges(e.Answer.Values("WWW-Authenticate"))
	for _, challenge := range challenges {
		if strings.EqualFold(challenge.Scheme, scheme) {
			return challenge.Parameters, nil
		}
	}
	actual := "no WWW-Authenticate header"
	if lines := e.Answer.Values("WWW-Authenticate"); len(lines) > 0 {
		actual = "WWW-Authenticate: " + strings.Join(lines, ", ")
	}
	return nil, Fail(actual, "a "+scheme+" challenge in WWW-Authenticate")
}

func text(value any) string {
	s, _ := value.(string)
	return s
}

// ScopeReduced requires that a token response grants less than was requested
// and says so (RFC 6749 section 5.1,
// https://www.rfc-editor.org/rfc/rfc6749#section-5.1).
func ScopeReduced(e *exchange.Exchange, requested string) error {
	object, err := Object(e)
	if err != nil {
		return err
	}
	granted := text(object["scope"])
	if granted == "" || holds(granted, requested) && holds(requested, granted) {
		return Fail(fmt.Sprintf("a token with the scope %q", granted), "invalid_scope", "a token whose response names a smaller scope")
	}
	return nil
}

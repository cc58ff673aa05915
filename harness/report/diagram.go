package report

import (
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/report/sequence"
	"github.com/grantproof/grantproof/impl/printable"
)

// diagramOf draws the traffic of a scenario. What is judged stands out.
func diagramOf(exchanges []Exchange) template.HTML {
	if len(exchanges) == 0 {
		return ""
	}
	var messages []sequence.Message
	for i, e := range exchanges {
		if i > 0 && same(e, exchanges[i-1]) {
			continue
		}
		from, to, class := text(e.From), text(e.To), purpose(e)
		if e.Status >= 400 || e.Status == 0 {
			class += " refused"
		}
		messages = append(messages,
			sequence.Message{From: from, To: to, Text: drawn(called(e) + times(exchanges[i:])), Detail: drawn(sent(e)), Class: class},
			sequence.Message{From: to, To: from, Text: drawn(answered(e)), Detail: drawn(received(e)), Answer: true, Class: class})
	}
	return template.HTML(sequence.Draw(messages, "client", "agent", "MCP server", "user agent", "authorization server", "protected resource"))
}

// drawn is a text that was decoded from what was sent or received, and so may hold
// anything again.
func drawn(text string) string { return printable.Line(text) }

// same tells whether two exchanges look alike in a drawing.
func same(a, b Exchange) bool {
	return purpose(a) == purpose(b) && text(a.From) == text(b.From) && called(a) == called(b) && sent(a) == sent(b) && answered(a) == answered(b) && received(a) == received(b)
}

func purpose(e Exchange) string {
	if e.Purpose == nil {
		return ""
	}
	return string(*e.Purpose)
}

// times says how often the first of exchanges was repeated at once.
func times(exchanges []Exchange) string {
	n := 1
	for n < len(exchanges) && same(exchanges[n], exchanges[0]) {
		n++
	}
	if n == 1 {
		return ""
	}
	return fmt.Sprintf(", %d times", n)
}

// called names what is asked for: an endpoint of the protocol, else a path.
func called(e Exchange) string {
	if endpoint := text(e.Endpoint); endpoint != "" && endpoint != "resource" {
		return e.Method + " " + endpoint + " endpoint"
	}
	parsed, err := url.Parse(e.URL)
	if err != nil {
		return e.Method
	}
	parts := strings.Split(parsed.Path, "/")
	return e.Method + " …/" + strings.Join(parts[max(0, len(parts)-2):], "/")
}

// telling are the parameters that say what a request is about, by their
// importance.
var telling = []string{"grant_type", "response_type", "error", "scope", "code", "redirect_uri", "code_verifier", "code_challenge_method", "token", "client_id", "state"}

// sent are the parameters of a request that tell most.
func sent(e Exchange) string {
	parameters := url.Values{}
	if parsed, err := url.Parse(e.URL); err == nil {
		parameters = parsed.Query()
	}
	if _, body, ok := strings.Cut(e.Request, "\n\n"); ok && strings.Contains(e.Request, "x-www-form-urlencoded") {
		parameters, _ = url.ParseQuery(body)
	}
	var members map[string]any
	if _, body, ok := strings.Cut(e.Request, "\n\n"); ok && json.Unmarshal([]byte(body), &members) == nil {
		return strings.Join(slices.Sorted(maps.Keys(members)), ", ")
	}
	return tell(func(name string) (string, bool) { return parameters.Get(name), parameters.Has(name) })
}

func tell(get func(string) (string, bool)) string {
	var told []string
	for _, name := range telling {
		if value, ok := get(name); ok {
			told = append(told, name+"="+value)
		}
	}
	return strings.Join(told, " ")
}

func answered(e Exchange) string {
	if e.Status == 0 {
		return "no answer"
	}
	return fmt.Sprintf("%d%s", e.Status, reasonOf(e))
}

// reasonOf is the error of an answer, wherever it stands.
func reasonOf(e Exchange) string {
	headers, body, _ := strings.Cut(e.Response, "\n\n")
	var object map[string]any
	if json.Unmarshal([]byte(body), &object) == nil {
		if code, ok := object["error"].(string); ok {
			return " " + code
		}
	}
	for line := range strings.Lines(headers) {
		if _, challenge, ok := strings.Cut(line, `error="`); ok {
			code, _, _ := strings.Cut(challenge, `"`)
			return " " + code
		}
	}
	return ""
}

// received are the members of an answer, or the parameters of a redirect.
func received(e Exchange) string {
	headers, body, _ := strings.Cut(e.Response, "\n\n")
	for line := range strings.Lines(headers) {
		if location, ok := strings.CutPrefix(strings.TrimSpace(line), "Location: "); ok {
			if parsed, err := url.Parse(location); err == nil {
				query := parsed.Query()
				return "Location: " + tell(func(name string) (string, bool) { return query.Get(name), query.Has(name) })
			}
		}
	}
	var object map[string]any
	if json.Unmarshal([]byte(body), &object) != nil || object["error"] != nil {
		return ""
	}
	return strings.Join(slices.Sorted(maps.Keys(object)), ", ")
}

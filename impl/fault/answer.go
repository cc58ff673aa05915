package fault

import (
	"fmt"
	"github.com/grantproof/grantproof/impl/seam"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Answer is what a server answers otherwise than it would, for those who test
// clients. It is no fault: it may break a rule or not.
type Answer struct {
	Of      string // Which answers: see answers.
	Status  int    // 0: as it is.
	Members map[string]any
	Omitted []string
}

// ours are the servers themselves, which are told the truth about each other. A
// client of this project is one like any other.
var ours = []string{"grantproof-mcp-server", "grantproof-resource-server"}

// answers are the kinds, by the role that gives them and by what they are.
var answers = map[string]struct {
	role string
	is   func(*http.Request, *seam.Response) bool
	edit func(Answer, *seam.Response)
}{
	"authorization_server_metadata": {AuthorizationServer, atPath("/.well-known/oauth-authorization-server"), Answer.object},
	"openid_configuration":          {AuthorizationServer, atPath(seam.OpenIDConfiguration), Answer.object},
	"mcp_server_metadata":           {MCPServer, atPath("/.well-known/oauth-protected-resource/mcp"), Answer.object},
	"mcp_challenge": {MCPServer, func(_ *http.Request, r *seam.Response) bool {
		return r.Status == http.StatusUnauthorized || r.Status == http.StatusForbidden
	}, Answer.challenge},
	"authorization_response": {AuthorizationServer, func(r *http.Request, response *seam.Response) bool {
		return r.URL.Path == "/oauth/authorize" && response.Header.Get("Location") != ""
	}, Answer.location},
	"token_response":        {AuthorizationServer, atPath("/oauth/token"), Answer.object},
	"registration_response": {AuthorizationServer, atPath("/oauth/register"), Answer.object},
}

func atPath(path string) func(*http.Request, *seam.Response) bool {
	return func(r *http.Request, _ *seam.Response) bool { return r.URL.Path == path }
}

// editsOf are the answers of a role as edits of what it would answer.
func editsOf(role string, given []Answer) []func(*http.Request, *seam.Response) {
	var found []func(*http.Request, *seam.Response)
	for _, answer := range given {
		kind := answers[answer.Of]
		if kind.role != role {
			continue
		}
		found = append(found, func(r *http.Request, response *seam.Response) {
			if kind.is(r, response) && !slices.Contains(ours, r.UserAgent()) {
				kind.edit(answer, response)
				if answer.Status != 0 {
					response.Status = answer.Status
				}
			}
		})
	}
	return found
}

// object edits the members of a JSON object.
func (a Answer) object(r *seam.Response) {
	for name, value := range a.Members {
		seam.With(name, value)(r)
	}
	for _, name := range a.Omitted {
		seam.Without(name)(r)
	}
}

// challenge edits the parameters of a Bearer challenge; (challenge) is all of it.
func (a Answer) challenge(r *seam.Response) {
	challenge := r.Header.Get("WWW-Authenticate")
	names := slices.Clone(a.Omitted)
	for name := range a.Members {
		names = append(names, name)
	}
	for _, name := range names {
		challenge = seam.WithoutParameter(name)(challenge)
	}
	for name, value := range a.Members {
		challenge += fmt.Sprintf(", %s=%q", name, fmt.Sprint(value))
	}
	if whole, named := a.Members["(challenge)"]; named {
		challenge = fmt.Sprint(whole)
	}
	if r.Header.Set("WWW-Authenticate", challenge); slices.Contains(a.Omitted, "(challenge)") {
		r.Header.Del("WWW-Authenticate")
	}
}

// location edits the parameters with which the user agent returns. A list gives
// one of them several times.
func (a Answer) location(r *seam.Response) {
	location, err := url.Parse(r.Header.Get("Location"))
	if err != nil {
		return
	}
	query := location.Query()
	for name, value := range a.Members {
		query.Del(name)
		list, several := value.([]any)
		if !several {
			list = []any{value}
		}
		for _, each := range list {
			query.Add(name, fmt.Sprint(each))
		}
	}
	for _, name := range a.Omitted {
		query.Del(name)
	}
	location.RawQuery = query.Encode()
	r.Header.Set("Location", strings.TrimSuffix(location.String(), "?"))
}

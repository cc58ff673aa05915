package authserver

import (
	"fmt"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/clientmetadata"
	"github.com/grantproof/grantproof/impl/wire"
)

// The most characters of an authorization request. What it says is kept until a
// person has answered, so a stranger does not choose how much that is. A request
// by POST is as long as one by GET may be: every recipient reads URIs of 8000
// octets (RFC 9110 section 4.1, https://www.rfc-editor.org/rfc/rfc9110#section-4.1),
// and a longer one reaches no server reliably.
const (
	maxRequest   = 8000
	maxState     = 4096
	maxNonce     = 1024
	maxHint      = 4096
	maxWord      = 256
	maxResources = 16
)

// sized is one parameter with the most characters that it may have.
type sized struct {
	name  string
	value **string
	most  int
}

func (s sized) long() bool { return *s.value != nil && len(**s.value) > s.most }

// addressed are the parameters without which no client can be answered.
func addressed(request *authserver.AuthorizationRequest) []sized {
	return []sized{
		{"client_id", &request.ClientID, clientmetadata.MaxURI},
		{"redirect_uri", &request.RedirectURI, clientmetadata.MaxURI},
		{"state", &request.State, maxState},
		{"response_mode", &request.ResponseMode, maxWord},
	}
}

// asking are the others that are kept.
func asking(request *authserver.AuthorizationRequest) []sized {
	return []sized{
		{"response_type", &request.ResponseType, maxWord},
		{"nonce", &request.Nonce, maxNonce},
		{"scope", &request.Scope, clientmetadata.MaxURI},
		{"code_challenge", &request.CodeChallenge, maxWord},
		{"code_challenge_method", &request.CodeChallengeMethod, maxWord},
		{"id_token_hint", &request.IDTokenHint, maxHint},
		{"max_age", &request.MaxAge, maxWord},
		{"prompt", &request.Prompt, maxWord},
	}
}

// fit holds a request to these sizes. It refuses one that cannot be answered
// faithfully: an error goes to the client with the state as it was (RFC 6749
// section 4.1.2.1, https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1), after
// the person has signed in, and so the state would have to be kept. Of any other
// one the client is told what is too long.
func (i *interaction) fit() *wire.Error {
	for _, parameter := range addressed(&i.Request) {
		if parameter.long() {
			return tooLong(parameter.name, parameter.most)
		}
	}
	i.dropUnread()
	length := 0
	for _, parameter := range append(addressed(&i.Request), asking(&i.Request)...) {
		if parameter.long() {
			i.Refused = tooLong(parameter.name, parameter.most)
			*parameter.value = nil
		}
		length += len(value(*parameter.value))
	}
	length += i.fitResources()
	if length > maxRequest {
		i.Refused = tooLong("the request", maxRequest)
		i.empty()
	}
	return nil
}

// dropUnread keeps of a request object, which this server does not take, that
// there was one.
func (i *interaction) dropUnread() {
	for _, object := range []**string{&i.Request.Request, &i.Request.RequestURI} {
		if *object != nil {
			*object = new("")
		}
	}
}

// fitResources returns the characters of all resources.
func (i *interaction) fitResources() int {
	resources, length := requestedResources(i.Request), 0
	if len(resources) > maxResources {
		i.Refused = wire.InvalidRequest(fmt.Sprintf("there are more than %d resources", maxResources))
		i.Request.Resource = nil
		return 0
	}
	for _, resource := range resources {
		length += len(resource)
	}
	return length
}

// empty leaves of a request what it takes to refuse it.
func (i *interaction) empty() {
	for _, parameter := range asking(&i.Request) {
		if parameter.name != "prompt" {
			*parameter.value = nil
		}
	}
	i.Request.Resource = nil
}

func tooLong(name string, most int) *wire.Error {
	return wire.InvalidRequest(fmt.Sprintf("%s has more than %d characters", name, most))
}

package oauthclient

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/strictjson"
)

// maxAnswer is the most that is read of an answer.
const maxAnswer = 1 << 20

var errTooLong = errors.New("it is longer than 1 MiB")

// Do sends a request to the protected resource and turns every answer but
// success into an error of this package. Generated clients take it for their
// transport.
func (c *Client) Do(request *http.Request) (*http.Response, error) {
	response, err := c.http.Do(request)
	if err != nil {
		return nil, unreachable(StepAPI, c.resource, err, c.tokens.quote)
	}
	defer response.Body.Close()
	body, err := readAll(response.Body)
	if err != nil {
		return nil, c.broken(LayerNetwork, "gave an answer that cannot be read: %v", err)
	}
	if response.StatusCode/100 != 2 {
		return nil, c.refusal(response, body)
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

// Decode reads the JSON of a successful answer. It takes both results of an
// operation of a generated client, so that a call is one line.
func Decode[T any](response *http.Response, err error) (T, error) {
	var value T
	if err != nil {
		return value, err
	}
	defer response.Body.Close()
	if body, err := readAll(response.Body); err != nil || strictjson.Unmarshal(body, &value) != nil {
		request := response.Request
		return value, &ProtocolError{Step: StepAPI, Layer: LayerJSON, Server: resourceServer(request.URL.Scheme + "://" + request.URL.Host),
			Problem: "answered " + request.Method + " " + request.URL.Path + " with something else than the JSON that it should be"}
	}
	return value, nil
}

// refusal reads the challenge and the JSON of a protected resource.
func (c *Client) refusal(response *http.Response, body []byte) error {
	var said oauth.ResourceError
	_ = strictjson.Unmarshal(body, &said) // Best effort: the challenge may say it as well.
	challenge := bearerChallenge(response.Header)
	code := c.tokens.quote(cmp.Or(challenge["error"], said.Error))
	description := c.tokens.quote(cmp.Or(challenge["error_description"], text(said.ErrorDescription)))
	switch {
	case response.StatusCode == http.StatusUnauthorized:
		return &InvalidTokenError{Server: c.resource, Issuer: c.issuer, Code: code, Description: description}
	// The scope in the challenge is what the operation needs (RFC 6750
	// section 3, https://www.rfc-editor.org/rfc/rfc6750#section-3).
	case response.StatusCode == http.StatusForbidden && code == "insufficient_scope":
		needed := c.tokens.quote(cmp.Or(text(said.RequiredScope), challenge["scope"]))
		return &ScopeError{Server: c.resource, ClientID: c.id, Needed: needed, Granted: c.tokens.granted()}
	}
	return &ResourceError{Server: c.resource, Status: response.StatusCode, Code: code, Description: description}
}

func (c *Client) broken(layer Layer, format string, values ...any) error {
	return &ProtocolError{Step: StepAPI, Layer: layer, Server: c.resource, Problem: c.tokens.quote(fmt.Sprintf(format, values...))}
}

// readAll reads a body of bounded length.
func readAll(body io.Reader) ([]byte, error) {
	read, err := io.ReadAll(io.LimitReader(body, maxAnswer+1))
	if err == nil && len(read) > maxAnswer {
		err = errTooLong
	}
	return read, err
}

package setting

import (
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
)

// plane is a control plane that writes down what it is asked. It is its own
// transport, so that nothing listens.
type plane struct {
	refuses bool
	asked   []string // Method, path and body.
}

// answers are what it says, by method and path.
var answers = map[string]struct {
	status int
	body   string
}{
	"POST /realms":           {201, `{"id":"r","issuer":"https://as.test/r","resource":"https://api.test/r","canaries":["a-canary-of-the-realm"],"resource_client":{"client_id":"api","client_secret":"the-secret-of-the-api"},"user":{"id":"u","username":"owner","password":"the-password-of-the-owner"}}`},
	"PATCH /realms/r":        {200, `{}`},
	"DELETE /realms/r":       {204, ``},
	"POST /realms/r/clients": {201, `{"client_id":"made","client_secret":"the-secret-of-the-client","token_endpoint_auth_method":"client_secret_basic","grant_types":["authorization_code"],"redirect_uris":["http://127.0.0.1/callback"],"scope":"read"}`},
	"POST /realms/r/clock":   {204, ``},
	"POST /realms/r/keys":    {204, ``},
	"POST /realms/r/tokens":  {201, `{"access_token":"a-minted-access-token"}`},
	"GET /realms/r/traffic":  {200, `{"forgotten":0,"requests":[{"method":"GET","path":"/heard","role":"authorization-server","status":200}],"log":["a line"]}`},
}

// RoundTrip implements http.RoundTripper.
func (p *plane) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
	}
	call := r.Method + " " + r.URL.Path
	p.asked = append(p.asked, strings.TrimSpace(call+" "+string(body)))
	answer, known := answers[call]
	switch {
	case r.Header.Get("Authorization") != "Bearer the-token-of-the-control-plane":
		return nil, fmt.Errorf("%s without the token", call)
	case !known:
		return nil, fmt.Errorf("the control plane has no %s", call)
	case p.refuses:
		answer.status, answer.body = 400, `{"error":"invalid_request"}`
	}
	return &http.Response{StatusCode: answer.status, Status: fmt.Sprint(answer.status), Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(answer.body)), Request: r}, nil
}

// scenario is one whose realm the control plane makes.
func (p *plane) scenario() *world.World {
	t := target.Target{Control: target.Control{URL: "https://control.test", Token: "the-token-of-the-control-plane"}}
	run := &world.Run{Target: t, Setting: Of(t), HTTP: &http.Client{Transport: p}, Altered: world.Altered{Faults: []string{"a-fault"}}}
	return run.New()
}

// last is what it was asked last.
func (p *plane) last() string {
	if len(p.asked) == 0 {
		return ""
	}
	return p.asked[len(p.asked)-1]
}

//go:build linux

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// patience is how long a client tries again what was not answered; between two
// tries it pauses.
const (
	patience = 2 * time.Minute
	between  = 200 * time.Millisecond
)

// tally counts what the clients found.
type tally struct {
	figures
	restart                       time.Duration // How long PostgreSQL took.
	firstProblem, lastProblem     time.Time
	chains, lasting, revoked      int
	lost, doubtful, stillAccepted int
	longest                       int // Refreshes of one chain.
}

func (t *tally) count(n *int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	*n++
}

func (t *tally) trouble(name, problem string) {
	t.problem(name, problem)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lastProblem = time.Now()
	if t.firstProblem.IsZero() {
		t.firstProblem = t.lastProblem
	}
}

func (t *tally) finished(c *chain) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lasting++
	t.longest = max(t.longest, c.refreshes)
}

// print shows the figures, and returns the promises that were broken.
func (t *tally) print() (promises []string) {
	t.figures.print()
	fmt.Printf("\nPostgreSQL restarted within %s; answers were missing for %s in all\n", t.restart.Round(time.Millisecond), t.lastProblem.Sub(t.firstProblem).Round(time.Millisecond))
	fmt.Printf("%d grants, of which %d lasted with up to %d refreshes; %d revoked\n", t.chains, t.lasting, t.longest, t.revoked)
	fmt.Printf("refresh tokens lost: %d, of which %d after a request whose answer was missing; tokens accepted after their revocation: %d\n", t.lost, t.doubtful, t.stillAccepted)
	if t.lost > 0 {
		promises = append(promises, fmt.Sprintf("%d refresh tokens were lost", t.lost))
	}
	if t.stillAccepted > 0 {
		promises = append(promises, fmt.Sprintf("%d tokens were accepted after their revocation", t.stillAccepted))
	}
	return promises
}

// answer is what a server said.
type answer struct {
	status  int
	members map[string]any
	retried bool // Whether an answer was missing before.
}

func (a answer) text(name string) string {
	value, _ := a.members[name].(string)
	return value
}

var client = &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}

// ask sends a request until it is answered by something other than that the
// server cannot answer now, whether the load has ended meanwhile or not: what a
// client has begun it finishes.
func (s *system) ask(name string, request func() (*http.Request, error)) answer {
	var got answer
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(between) {
		began := time.Now()
		status, members, err := send(request)
		switch {
		case err != nil:
			s.tally.trouble(name, kindOf(err))
		case status >= 500 || status == http.StatusTooManyRequests:
			s.tally.trouble(name, http.StatusText(status))
		default:
			s.tally.answered(name, time.Since(began))
			got.status, got.members = status, members
			return got
		}
		got.retried = true
	}
	s.tally.trouble(name, "given up")
	return got
}

func send(make func() (*http.Request, error)) (int, map[string]any, error) {
	request, err := make()
	if err != nil {
		return 0, nil, err
	}
	response, err := client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	var members map[string]any
	_ = json.Unmarshal(content, &members) // Lists are of no interest.
	return response.StatusCode, members, err
}

// post sends a form of a client to a replica, each time to the next one.
func (s *system) post(name, path, id, secret string, form url.Values) answer {
	return s.ask(name, func() (*http.Request, error) {
		request, err := http.NewRequest(http.MethodPost, s.issuer()+path, strings.NewReader(form.Encode()))
		if err == nil {
			request.SetBasicAuth(id, secret)
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		return request, err
	})
}

func (s *system) tasks(token string) int {
	return s.ask("API", func() (*http.Request, error) {
		request, err := http.NewRequest(http.MethodGet, s.resource+"/api/tasks", nil)
		if err == nil {
			request.Header.Set("Authorization", "Bearer "+token)
		}
		return request, err
	}).status
}

func (s *system) active(token string) bool {
	answer := s.post("introspection", "/oauth/introspect", "task-api", "task-api-secret-24680", url.Values{"token": {token}})
	return answer.members["active"] == true
}

// useOwnToken has a client obtain a token for itself and call the API.
func (s *system) useOwnToken(ctx context.Context) {
	if ctx.Err() != nil {
		return
	}
	got := s.post("client credentials", "/oauth/token", "mcp-task-manager", "mcp-secret-12345", url.Values{"grant_type": {"client_credentials"}})
	if status := s.tasks(got.text("access_token")); status != http.StatusOK {
		s.tally.problem("API", fmt.Sprintf("%d with a token that is valid", status))
	}
}

// chain is a grant of a resource owner, and the newest tokens of it.
type chain struct {
	*system
	access, refreshToken string
	refreshes            int
}

const (
	webApp, webAppSecret = "web-app", "webapp-secret-abcdef"
	callback             = "http://localhost:3000/callback"
)

// begin obtains a code and redeems it.
func (c *chain) begin() {
	approval := `{"client_id":"` + webApp + `","user_id":"user-123","redirect_uri":"` + callback + `"}`
	code := c.ask("authorization", func() (*http.Request, error) {
		request, err := http.NewRequest(http.MethodPost, c.issuer()+"/oauth/authorize", strings.NewReader(approval))
		if err == nil {
			request.Header.Set("Content-Type", "application/json")
		}
		return request, err
	})
	got := c.post("redemption", "/oauth/token", webApp, webAppSecret, url.Values{"grant_type": {"authorization_code"}, "code": {code.text("code")}, "redirect_uri": {callback}})
	c.take(got)
	c.tally.count(&c.tally.chains)
}

func (c *chain) take(got answer) {
	c.access, c.refreshToken = got.text("access_token"), got.text("refresh_token")
}

// refresh refreshes the grant, or begins one where there is none.
func (c *chain) refresh(ctx context.Context) {
	if ctx.Err() != nil {
		return
	}
	if c.refreshToken == "" {
		c.begin()
		return
	}
	got := c.post("refresh", "/oauth/token", webApp, webAppSecret, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {c.refreshToken}})
	c.take(got)
	if got.status != http.StatusOK {
		c.tally.count(&c.tally.lost)
		if got.retried {
			c.tally.count(&c.tally.doubtful)
		}
		fmt.Fprintf(os.Stderr, "a refresh was refused after %d: %d %s\n", c.refreshes, got.status, got.text("error_description"))
		c.refreshes = 0
		return
	}
	c.refreshes++
	if !c.active(c.access) {
		c.tally.problem("introspection", "a token that is valid is not active")
	}
}

// revoke revokes the refresh token, and sees that nothing of the grant is
// accepted any more on either replica and by the API.
func (c *chain) revoke(ctx context.Context) {
	if c.refreshToken == "" || ctx.Err() != nil {
		return
	}
	if got := c.post("revocation", "/oauth/revoke", webApp, webAppSecret, url.Values{"token": {c.refreshToken}}); got.status != http.StatusOK {
		c.tally.problem("revocation", fmt.Sprintf("answered with %d", got.status))
		return
	}
	c.tally.count(&c.tally.revoked)
	refreshed := c.post("refresh after revocation", "/oauth/token", webApp, webAppSecret, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {c.refreshToken}})
	if refreshed.status == http.StatusOK || c.active(c.access) || c.active(c.access) || c.tasks(c.access) == http.StatusOK {
		c.tally.count(&c.tally.stillAccepted)
	}
}

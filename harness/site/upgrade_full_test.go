//go:build full

package site_test

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// askers is how many clients ask while the replicas are upgraded.
const askers = 16

// crowd is the clients that ask while the replicas are upgraded, and what they
// missed.
type crowd struct {
	base        string
	roots       *x509.CertPool
	own, webApp credentials
	cancel      context.CancelFunc
	group       sync.WaitGroup

	mu       sync.Mutex
	answered int
	missed   map[string]int
}

type credentials struct {
	ID     string `json:"client_id"`
	Secret string `json:"client_secret"`
}

const (
	callback = "https://app.example/callback"
	setUp    = `set -a; . ./grantproof.env; set +a
echo 'four words in a row' | grantproof users add grace
grantproof clients add --file - > web.json <<EOF
{"client_name": "Web", "redirect_uris": ["` + callback + `"], "grant_types": ["authorization_code", "refresh_token"], "scope": "tasks:read"}
EOF`
)

// startCrowd has clients work against the servers of the guide until end.
func startCrowd(t *testing.T, base, folder string, environment []string) *crowd {
	t.Helper()
	deploy(t, setUp, folder, environment)
	c := &crowd{base: base, roots: x509.NewCertPool(), missed: map[string]int{}}
	for name, into := range map[string]*credentials{"client.json": &c.own, "web.json": &c.webApp} {
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err == nil {
			err = json.Unmarshal(content, into)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	certificate, err := os.ReadFile(filepath.Join(folder, "as.pem"))
	if err != nil || !c.roots.AppendCertsFromPEM(certificate) {
		t.Fatalf("as.pem: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	c.cancel = cancel
	for range askers {
		c.group.Go(func() { c.work(ctx) })
	}
	return c
}

// end stops the clients, and fails the test for each answer that was missing or
// not as it should be.
func (c *crowd) end(t *testing.T) {
	t.Helper()
	c.cancel()
	c.group.Wait()
	t.Logf("%d answers to %d clients", c.answered, askers)
	for what, times := range c.missed {
		t.Errorf("missed %d times: %s", times, what)
	}
	if c.answered < 100*askers {
		t.Errorf("only %d answers came, that is no load", c.answered)
	}
}

// asker is one client, with its own connections and the session of its user.
type asker struct {
	*crowd
	http *http.Client
}

// work repeats what clients do. What was begun is finished.
func (c *crowd) work(ctx context.Context) {
	jar, _ := cookiejar.New(nil) // fails for no options
	a := asker{c, &http.Client{Timeout: 20 * time.Second, Jar: jar, Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: c.roots}, MaxIdleConnsPerHost: 4,
	}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	for ctx.Err() == nil {
		for range 3 {
			a.token("client credentials", c.own, url.Values{"grant_type": {"client_credentials"}}, "access_token")
		}
		verifier := rand.Text() + rand.Text()
		code := a.authorize(verifier)
		refresh := a.token("redemption", c.webApp, url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {callback}, "code_verifier": {verifier}}, "refresh_token")
		for range 3 {
			refresh = a.token("refresh", c.webApp, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {refresh}}, "refresh_token")
		}
	}
}

// token sends a token request and returns a member of the answer.
func (a asker) token(what string, by credentials, form url.Values, member string) string {
	request, _ := http.NewRequest(http.MethodPost, a.base+"/oauth/token", strings.NewReader(form.Encode()))
	request.SetBasicAuth(by.ID, by.Secret)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	_, body := a.send(what, request, http.StatusOK)
	var members map[string]any
	_ = json.Unmarshal([]byte(body), &members)
	value, _ := members[member].(string)
	return value
}

// send sends a request and notes whether it is answered as it should be.
func (a asker) send(what string, request *http.Request, want ...int) (header http.Header, body string) {
	response, err := a.http.Do(request)
	problem := ""
	if err == nil {
		content, readErr := io.ReadAll(response.Body)
		response.Body.Close()
		header, body, err = response.Header, string(content), readErr
		if !slices.Contains(want, response.StatusCode) {
			problem = fmt.Sprintf("%s: status %d: %.200s", what, response.StatusCode, body)
		}
	}
	if err != nil {
		problem = fmt.Sprintf("%s: %v", what, err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if problem != "" {
		a.missed[problem]++
	} else {
		a.answered++
	}
	return header, body
}

var (
	inputs = regexp.MustCompile(`<input[^>]*>`)
	action = regexp.MustCompile(`action="([^"]*)"`)
	member = regexp.MustCompile(`(name|value)="([^"]*)"`)
)

// authorize has the user sign in, where that is asked for, and consent.
func (a asker) authorize(verifier string) (code string) {
	challenge := sha256.Sum256([]byte(verifier))
	next := a.base + "/oauth/authorize?" + url.Values{
		"response_type": {"code"}, "client_id": {a.webApp.ID}, "redirect_uri": {callback}, "scope": {"tasks:read offline_access"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(challenge[:])}, "code_challenge_method": {"S256"}, "prompt": {"consent"},
	}.Encode()
	var form url.Values
	for range 8 {
		request, _ := http.NewRequest(http.MethodGet, next, nil)
		if form != nil {
			request, _ = http.NewRequest(http.MethodPost, next, strings.NewReader(form.Encode()))
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			request.Header.Set("Origin", a.base)
		}
		header, page := a.send("authorization", request, http.StatusOK, http.StatusFound, http.StatusSeeOther)
		if form = formOf(page); form != nil {
			next = a.base + action.FindStringSubmatch(page)[1]
			continue
		}
		to, err := request.URL.Parse(header.Get("Location"))
		if err != nil || header.Get("Location") == "" {
			return ""
		}
		if next = to.String(); strings.HasPrefix(next, callback) {
			return to.Query().Get("code")
		}
	}
	return ""
}

// formOf is the form of a page as the user fills it in; nil where there is none.
func formOf(page string) url.Values {
	var form url.Values
	for _, input := range inputs.FindAllString(page, -1) {
		one := map[string]string{}
		for _, pair := range member.FindAllStringSubmatch(input, -1) {
			one[pair[1]] = html.UnescapeString(pair[2])
		}
		if form == nil {
			form = url.Values{"decision": {"approve"}}
		}
		form.Add(one["name"], cmp.Or(map[string]string{"username": "grace", "password": "four words in a row"}[one["name"]], one["value"]))
	}
	return form
}

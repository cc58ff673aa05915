package agent_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/agent"
	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/oauthclient"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

const (
	atOnce     = 16
	maxSent    = 50               // Requests of one workflow; a sound one sends about ten.
	notForEver = 30 * time.Second // A sound workflow takes milliseconds.
)

// traced counts what a client sends, and remembers the secrets of it.
type traced struct {
	base http.RoundTripper

	mu      sync.Mutex
	sent    int
	secrets []string
	log     bytes.Buffer // What the client logs, too.
}

// secret are the names of what nobody may read in a message.
var secret = []string{"code", "code_verifier", "access_token", "refresh_token", "client_secret", "registration_access_token", "state"}

func (c *traced) RoundTrip(request *http.Request) (*http.Response, error) {
	var body []byte
	if request.GetBody != nil {
		reader, _ := request.GetBody()
		body, _ = io.ReadAll(reader)
	}
	form, _ := url.ParseQuery(string(body))
	c.keep(form, request.URL.Query())
	response, err := c.base.RoundTrip(request)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sent++; c.sent > maxSent {
		return nil, errors.New("a loop")
	}
	if err == nil {
		answer, cut := io.ReadAll(response.Body)
		response.Body.Close()
		response.Body = io.NopCloser(io.MultiReader(bytes.NewReader(answer), failing{cut}))
		c.secrets = append(c.secrets, secretsOf(answer)...)
	}
	return response, err
}

func (c *traced) keep(all ...url.Values) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, values := range all {
		for _, name := range secret {
			c.secrets = append(c.secrets, values[name]...)
		}
	}
}

func secretsOf(answer []byte) (found []string) {
	var object map[string]any
	_ = json.Unmarshal(answer, &object)
	for _, name := range secret {
		if value, ok := object[name].(string); ok {
			found = append(found, value)
		}
	}
	return found
}

// failing is the end of a body that was cut off.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	return 0, io.EOF
}

func (c *traced) Write(line []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.log.Write(line)
}

func (c *traced) client() *http.Client { return &http.Client{Transport: c} }

func (c *traced) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(c, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func atOnceWait(context.Context, time.Duration) error { return nil }

// browse is a browser whose person agreed before.
func (c *traced) browse(ctx context.Context, address string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	response, err := c.client().Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK && response.StatusCode != http.StatusGone {
		return fmt.Errorf("the browser shows status %d", response.StatusCode)
	}
	return nil
}

// byPerson is the whole way: discover, register, authorize, list tasks over MCP.
func byPerson(ctx context.Context, r *realm.Realm, c *traced) error {
	handler, err := oauthclient.NewHandler(oauthclient.HandlerConfig{
		Server: r.MCP, Registration: &oauth.ClientMetadata{ClientName: new("Agent")}, Browser: c.browse, Patience: 5 * time.Second,
		HTTPClient: c.client(), Wait: atOnceWait, Logger: c.logger(),
	})
	if err != nil {
		return err
	}
	remote, err := agent.Connect(ctx, r.MCP, handler, "")
	if err != nil {
		return err
	}
	_, err = remote.Run(ctx, "list-tasks", nil)
	_ = remote.Close() // Where it fails, nothing is left to be done.
	return err
}

const machineSecret = "a-canary-that-nobody-may-read"

// byItself acts for nobody but the client, at the API.
func byItself(ctx context.Context, r *realm.Realm, c *traced) error {
	err := r.Store().PutClient(ctx, store.Client{ID: "machine", AuthMethod: "client_secret_basic", Secret: new(token.HashOf(machineSecret)),
		GrantTypes: []string{"client_credentials"}, Scope: token.Scope{"tasks:read", "tasks:write"}, ActsFor: []string{r.User.ID}})
	if err != nil {
		return err
	}
	c.keep(url.Values{"client_secret": {machineSecret}})
	made, err := agent.New(oauthclient.Config{AuthServer: r.Issuer, ResourceServer: r.Resource, ClientID: "machine", ClientSecret: machineSecret,
		HTTPClient: c.client(), Wait: atOnceWait, Logger: c.logger()})
	if err != nil {
		return err
	}
	for _, action := range []string{"list-tasks", "create-task", "complete-all-pending"} {
		var arguments map[string]string
		if action == "create-task" {
			arguments = map[string]string{"title": "Cope"}
		}
		if _, err := made.Run(ctx, action, arguments); err != nil {
			return err
		}
	}
	return nil
}

// named is in each message: the step, and the layer.
var named = regexp.MustCompile(`\b(challenge|protected resource metadata|authorization server metadata|registration|authorization|token|API|MCP|MCP connection|tool list|tool call) \((network|HTTP|JSON|OAuth|MCP|browser)\): `)

// seeds: a thousand; a hundred in short tests.
func seeds() int {
	if testing.Short() {
		return 100
	}
	return 1000
}

// weather is what all seeds came to.
type weather struct {
	mu       sync.Mutex
	arrived  map[string]int
	messages map[string]int // By step and layer.
	occurred map[string]int
}

// Whatever happens on the way, our agent arrives or says where it stopped and why;
// it never hangs, asks without end, leaves anything behind, or tells a secret.
func TestAgentUnderChaos(t *testing.T) {
	// The server keeps a session for a while that a client could not end, as the
	// request to do so met something too.
	session := goleak.IgnoreAnyFunction("github.com/modelcontextprotocol/go-sdk/mcp.(*streamableServerConn).Read")
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent(), session)
	fixture, err := impl.Start(impl.Config{AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", MCPServer: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	defer fixture.Close()
	connections := &http.Transport{MaxIdleConnsPerHost: atOnce}
	defer connections.CloseIdleConnections()
	seen := weather{arrived: map[string]int{}, messages: map[string]int{}, occurred: map[string]int{}}
	next := make(chan int64)
	var workers sync.WaitGroup
	for range atOnce {
		workers.Go(func() {
			for seed := range next {
				seen.endure(t, fixture, connections, seed)
			}
		})
	}
	for seed := range int64(seeds()) {
		next <- seed
	}
	close(next)
	workers.Wait()
	seen.judge(t)
}

// endure does both workflows under one seed, each in a realm of its own.
func (w *weather) endure(t *testing.T, f *impl.Fixture, connections *http.Transport, seed int64) {
	for name, workflow := range map[string]func(context.Context, *realm.Realm, *traced) error{"by a person": byPerson, "by itself": byItself} {
		chaos, err := fault.NewChaos(seed, 0.15, nil)
		if err != nil {
			t.Error(err)
			return
		}
		chaos.Slow = 2 * time.Millisecond
		r, err := f.Realms.Create(realm.Policy{Registration: realm.RegistrationOpen, ResourceOwner: realm.Approves, Verify: realm.ByJWT})
		if err != nil {
			t.Error(err)
			return
		}
		r.Alter(realm.Chaos, chaos.Alter())
		ctx, cancel := context.WithTimeout(t.Context(), notForEver)
		c := &traced{base: connections}
		began := time.Now()
		err = workflow(ctx, r, c)
		cancel()
		w.note(name, r, err)
		for _, problem := range problems(c, err, time.Since(began)) {
			t.Errorf("seed %d, %s: %s\nit said: %v", seed, name, problem, err)
		}
		if _, err := f.Realms.Delete(context.Background(), r.ID); err != nil {
			t.Error(err)
		}
	}
}

func problems(c *traced, err error, took time.Duration) (all []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if took >= notForEver || errors.Is(err, context.DeadlineExceeded) {
		all = append(all, fmt.Sprintf("it hangs for %v", took))
	}
	if c.sent > maxSent {
		all = append(all, "it asks without end")
	}
	if err != nil && !named.MatchString(err.Error()) {
		all = append(all, "the message names no step and layer")
	}
	said := fmt.Sprint(err) + c.log.String()
	for _, secret := range c.secrets {
		if len(secret) > 8 && (strings.Contains(said, secret) || strings.Contains(said, url.QueryEscape(secret))) {
			all = append(all, "it tells the secret "+secret)
		}
	}
	return all
}

func (w *weather) note(workflow string, r *realm.Realm, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err == nil {
		w.arrived[workflow]++
	} else {
		w.messages[named.FindString(err.Error())]++
	}
	requests, _ := r.Traffic.All()
	for _, request := range requests {
		for _, name := range request.Departures {
			w.occurred[name]++
		}
	}
}

// judge makes sure that the chaos was one, and that one can live with it.
func (w *weather) judge(t *testing.T) {
	t.Logf("arrived: %v\nstopped: %v\nmet: %v", w.arrived, w.messages, w.occurred)
	for _, workflow := range []string{"by a person", "by itself"} {
		if n := w.arrived[workflow]; n < seeds()/10 || n > seeds()*9/10 {
			t.Errorf("%d of %d arrived %s", n, seeds(), workflow)
		}
	}
	for _, departure := range fault.Departures() {
		if !testing.Short() && w.occurred[string(departure.Name)] == 0 {
			t.Errorf("nobody met %s", departure.Name)
		}
	}
	if len(w.messages) < 10 {
		t.Errorf("the messages are of these steps and layers alone: %v", w.messages)
	}
}

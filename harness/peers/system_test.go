//go:build full

package peers_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/world"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
)

// callback is where clients are told that the browser comes back to. Nobody
// listens there: the browser stops before it.
const callback = "http://127.0.0.1:8765/callback"

// start starts the reference system as strict as it is for scenarios, open to
// whoever registers. A person has to sign in and to agree.
func start(t *testing.T, config impl.Config) *impl.Fixture {
	t.Helper()
	config.AuthServer, config.ResourceServer = "127.0.0.1:0", "127.0.0.1:0"
	config.Policy.Registration = realm.RegistrationOpen
	fixture, err := impl.Start(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = fixture.Close() })
	return fixture
}

// visit opens an authorization URL as a person in a browser without cookies,
// who signs in and allows what is asked, and returns the parameters with which
// the browser comes back to the client.
func visit(ctx context.Context, authorization string) (url.Values, error) {
	browser := useragent.New(&exchange.Log{Client: world.NewHTTPClient(10 * time.Second)})
	browser.Person = &useragent.Person{Username: "demo-user", Password: realm.DemoPassword, Decision: useragent.Approves}
	arrival, err := browser.Open(ctx, useragent.Visit{Address: authorization}, callback)
	if err != nil {
		return nil, err
	}
	if arrival.Returned == nil {
		return nil, fmt.Errorf("the browser stays at %s: %s", arrival.Last.URL, arrival.Last.Text())
	}
	return arrival.Returned, nil
}

// node runs a program of a peer, opens the address that it prints as
// {"open": URL}, writes it where the browser came back to, and reads the JSON
// object that it prints at its end into results.
func node(t *testing.T, folder, program string, results any, args ...string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "node", append([]string{program}, args...)...)
	command.Dir = folder
	var problems strings.Builder
	command.Stderr = &problems
	input, err1 := command.StdinPipe()
	output, err2 := command.StdoutPipe()
	if err1 != nil || err2 != nil || command.Start() != nil {
		t.Fatalf("node cannot be started: %v %v", err1, err2)
	}
	if err := converse(t.Context(), json.NewDecoder(output), input, results); err != nil {
		_ = command.Process.Kill()
		_ = command.Wait()
		t.Fatalf("%s: %v\n%s", program, err, problems.String())
	}
	if err := command.Wait(); err != nil {
		t.Fatalf("%s: %v\n%s", program, err, problems.String())
	}
}

func converse(ctx context.Context, said *json.Decoder, answer io.Writer, results any) error {
	for {
		var message json.RawMessage
		if err := said.Decode(&message); err != nil {
			return err
		}
		var request struct{ Open string }
		if json.Unmarshal(message, &request); request.Open == "" {
			return json.Unmarshal(message, results)
		}
		returned, err := visit(ctx, request.Open)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(answer, "%s?%s\n", callback, returned.Encode()); err != nil {
			return err
		}
	}
}

// get returns the status with which a protected resource answers a token.
func get(t *testing.T, address, accessToken string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+accessToken)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	return response.StatusCode
}

func binary(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "grantproof")
	if output, err := exec.CommandContext(t.Context(), "go", "build", "-o", file, "../cmd/grantproof").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return file
}

package oauthclient_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/oauthclient"
)

// process is this test as another process, which does one part of TestMain.
type process struct {
	*exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

const (
	partOf  = "GRANTPROOF_TEST_PART"
	storeOf = "GRANTPROOF_TEST_STORE"
	nameOf  = "GRANTPROOF_TEST_NAME"
	each    = 200 // Changes by one process.
)

// TestMain does the part of another process where it is one.
func TestMain(m *testing.M) {
	parts := map[string]func(oauthclient.Store, string) error{"change": changeOften, "call": callOften, "hold": hold}
	part, isPart := parts[os.Getenv(partOf)]
	if !isPart {
		os.Exit(m.Run())
	}
	if err := part(oauthclient.NewFileStore(os.Getenv(storeOf)), os.Getenv(nameOf)); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func start(t *testing.T, part, store, name string) *process {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), partOf+"="+part, storeOf+"="+store, nameOf+"="+name)
	command.Stderr = os.Stderr
	in, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = command.Wait() // What went wrong was said before.
	})
	return &process{command, in, bufio.NewScanner(out)}
}

func (p *process) says(t *testing.T, want string) {
	t.Helper()
	if p.out.Scan(); p.out.Text() != want {
		t.Fatalf("a process says %q, want %q", p.out.Text(), want)
	}
}

func (p *process) goOn() { _, _ = io.WriteString(p.in, "\n") }

func changeOften(store oauthclient.Store, name string) error {
	for i := range each {
		err := store.Update(func(s *oauthclient.Saved) {
			s.Tokens[fmt.Sprintf("%s %d", name, i)] = oauthclient.Tokens{AccessToken: name}
		})
		if err != nil {
			return err
		}
	}
	fmt.Println("done")
	return nil
}

// Two processes with one file lose nothing of each other's changes.
func TestProcessesKeepAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kept.json")
	first, second := start(t, "change", path, "first"), start(t, "change", path, "second")
	first.says(t, "done")
	second.says(t, "done")
	saved, err := oauthclient.NewFileStore(path).Load()
	if err != nil || len(saved.Tokens) != 2*each {
		t.Errorf("%d of %d changes are left, %v", len(saved.Tokens), 2*each, err)
	}
}

// callOften calls the MCP server at an address each time that it is told to; no
// person is there to authorize it.
func callOften(store oauthclient.Store, server string) error {
	told := bufio.NewScanner(os.Stdin)
	fmt.Println("ready")
	for told.Scan() {
		h, err := oauthclient.NewHandler(oauthclient.HandlerConfig{Server: server, Store: store, Registration: &oauth.ClientMetadata{ClientName: new("Test")},
			Browser: func(context.Context, string) error { return errors.New("a person is asked") }})
		if err != nil {
			return err
		}
		fmt.Println("calling")
		status, err := call(context.Background(), h, server)
		fmt.Println(status, err)
	}
	return nil
}

// Two processes that find the access token over, or refused, redeem the refresh
// token once: a second time would end its family, and a person would be asked.
func TestProcessesRefreshOnce(t *testing.T) {
	const rounds = 5
	s := newSystem(t)
	path := filepath.Join(t.TempDir(), "kept.json")
	config := s.handlerConfig()
	config.Store, config.Now = oauthclient.NewFileStore(path), time.Now
	mustCall(t, newHandler(t, config), s)
	processes := []*process{start(t, "call", path, s.server()), start(t, "call", path, s.server())}
	for _, p := range processes {
		p.says(t, "ready")
	}
	for round := range 2 * rounds {
		both, refused := make(chan struct{}), round%2 == 1
		s.change(func() { s.answers["/token"] = afterBoth(both, s.serveToken) })
		if refused {
			s.revoke()
		} else if err := config.Store.Update(expire); err != nil {
			t.Fatal(err)
		}
		for _, p := range processes {
			p.goOn()
		}
		for _, p := range processes {
			p.says(t, "calling")
		}
		close(both)
		for _, p := range processes {
			p.says(t, "200 <nil>")
		}
	}
	if len(s.authorizations) != 1 || len(s.requests) != 1+2*rounds {
		t.Errorf("%d authorizations and %d token requests, want 1 and %d", len(s.authorizations), len(s.requests), 1+2*rounds)
	}
}

// Two users of one file that find the client unregistered register it once: a second
// registration would replace the one that tokens are bound to.
func TestProcessesRegisterOnce(t *testing.T) {
	s := newSystem(t)
	config := s.handlerConfig()
	config.Store = oauthclient.NewFileStore(filepath.Join(t.TempDir(), "kept.json"))
	refused, handlers := refusal(t, s), make(chan *oauthclient.Handler, 2)
	for range cap(handlers) {
		handlers <- newHandler(t, config)
	}
	together(cap(handlers), func() {
		if err := (<-handlers).Authorize(t.Context(), refused.Request, copyOf(refused)); err != nil {
			t.Error(err)
		}
	})
	if len(s.registered) != 1 {
		t.Errorf("%d registrations", len(s.registered))
	}
}

// A process whose refresh ends after another has authorized the client anew, well or
// not, leaves what the other has kept, and uses it.
func TestAuthorizedMeanwhile(t *testing.T) {
	for name, refresh := range map[string]func(*system, http.ResponseWriter, *http.Request){
		"the refresh succeeds": (*system).serveToken,
		"the refresh is refused": func(_ *system, w http.ResponseWriter, _ *http.Request) {
			writeJSON(w, 400, object{"error": "invalid_grant"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSystem(t)
			config := s.handlerConfig()
			config.Store = oauthclient.NewFileStore(filepath.Join(t.TempDir(), "kept.json"))
			h := newHandler(t, config)
			mustCall(t, h, s)
			s.revoke()
			s.change(func() {
				s.answers["/token"] = func(w http.ResponseWriter, r *http.Request) {
					s.change(func() { s.valid["of-another"] = "tasks:read" })
					err := config.Store.Update(func(saved *oauthclient.Saved) {
						tokens := saved.Tokens[s.server()]
						tokens.AccessToken, tokens.RefreshToken = "of-another", "refresh-of-another"
						saved.Tokens[s.server()] = tokens
					})
					if err != nil {
						t.Error(err)
					}
					refresh(s, w, r)
				}
			})
			status, err := call(t.Context(), h, s.server())
			saved, loadErr := config.Store.Load()
			if kept := saved.Tokens[s.server()]; loadErr != nil || kept.RefreshToken != "refresh-of-another" || kept.AccessToken != "of-another" {
				t.Errorf("it keeps %+v, %v", kept, loadErr)
			}
			if err != nil || status != 200 || s.shown[len(s.shown)-1] != "of-another" || len(s.authorizations) != 1 {
				t.Errorf("status %d, %v, with %q after %d authorizations", status, err, s.shown[len(s.shown)-1], len(s.authorizations))
			}
		})
	}
}

// afterBoth answers once both processes are under way, and gives a second request
// the time to come.
func afterBoth(both chan struct{}, answer http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		<-both
		time.Sleep(20 * time.Millisecond)
		answer(w, r)
	}
}

func expire(s *oauthclient.Saved) {
	for resource, tokens := range s.Tokens {
		tokens.ExpiresAt = time.Unix(1, 0)
		tokens.RenewAt = tokens.ExpiresAt
		s.Tokens[resource] = tokens
	}
}

// hold has the lock of a purpose until it is told to go on, or killed.
func hold(store oauthclient.Store, purpose string) error {
	return store.Alone(context.Background(), purpose, func(context.Context) error {
		fmt.Println("held")
		bufio.NewScanner(os.Stdin).Scan()
		return nil
	})
}

// A process waits for another no longer than it may, says what it waits for, and
// goes on where the other has ended.
func TestProcessThatHolds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kept.json")
	other := start(t, "hold", path, "x")
	other.says(t, "held")
	store := oauthclient.NewFileStore(path)
	limited, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	err := store.Alone(limited, "x", func(context.Context) error { t.Error("both work at once"); return nil })
	if err == nil || !strings.Contains(err.Error(), "another process holds the lock "+path) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it gets %v", err)
	}
	worked := false
	work := func(context.Context) error { worked = true; return nil }
	if err := store.Alone(t.Context(), "y", work); err != nil || !worked {
		t.Errorf("for another purpose it works: %v, %v", worked, err)
	}
	if err := other.Process.Kill(); err != nil { // It gives nothing back.
		t.Fatal(err)
	}
	worked = false
	if err := store.Alone(t.Context(), "x", work); err != nil || !worked {
		t.Errorf("after the other it works: %v, %v", worked, err)
	}
}

//go:build full

package main

import (
	"encoding/json"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/store/storetest"
)

const (
	crashes  = 10
	visitors = 8 // Clients that work at the same time.
)

// A server that is killed under load, ten times, loses no refresh token that it
// gave out, and takes no code and no refresh token twice.
func TestCrash(t *testing.T) {
	command := filepath.Join(t.TempDir(), "grantproof")
	if output, err := exec.CommandContext(t.Context(), "go", "build", "-o", command, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	for name, store := range map[string]string{
		"SQLite": "sqlite:" + filepath.Join(t.TempDir(), "store.db"), "PostgreSQL": storetest.Postgres(t),
	} {
		t.Run(name, func(t *testing.T) {
			server := &victim{command: command, address: freeAddress(t), store: store}
			kept := 0
			for range crashes {
				server.start(t)
				grants := server.load(200*time.Millisecond + rand.N(300*time.Millisecond))
				server.start(t)
				kept += server.examine(t, grants)
				server.kill()
			}
			t.Logf("%d grants outlived %d crashes", kept, crashes)
			if kept < 10*crashes {
				t.Errorf("only %d grants were examined, that is no load", kept)
			}
		})
	}
}

// victim is a server process.
type victim struct {
	command, address, store string
	process                 *exec.Cmd
}

func (v *victim) start(t *testing.T) {
	t.Helper()
	v.process = exec.Command(v.command, "serve", "authserver", "--store", v.store, "--authserver", v.address, "--control", "")
	v.process.Env = append(os.Environ(), storeKey+"="+storetest.Key)
	v.process.Stderr = os.Stderr
	if err := v.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(v.kill)
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		response, err := http.Get("http://" + v.address + "/health")
		if err == nil {
			response.Body.Close()
			return
		}
	}
	t.Fatal("the server does not start")
}

// kill is kill -9.
func (v *victim) kill() {
	if v.process != nil {
		v.process.Process.Kill()
		v.process.Wait()
		v.process = nil
	}
}

// load has clients obtain codes, redeem them and refresh, until the server is
// killed after d. It returns what they have in their hands.
func (v *victim) load(d time.Duration) []*held {
	var mu sync.Mutex
	var all []*held
	var group sync.WaitGroup
	for range visitors {
		group.Go(func() {
			for alive := true; alive; {
				grant := &held{}
				alive = v.visit(grant)
				mu.Lock()
				all = append(all, grant)
				mu.Unlock()
			}
		})
	}
	time.Sleep(d)
	v.kill()
	group.Wait()
	return all
}

// held is what a client has of one grant.
type held struct {
	spent   []url.Values // Requests that were answered with tokens.
	unknown url.Values   // The request whose answer never came.
	current string       // The newest refresh token, where there is one that was not sent.
	refused bool         // Whether the server refused what it had given out.
}

// visit obtains a grant and refreshes it up to three times; it tells whether
// the server still lives.
func (v *victim) visit(grant *held) bool {
	code, alive := v.code()
	if code == "" {
		return alive
	}
	request := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {callback}}
	for range 1 + rand.IntN(4) {
		grant.current = ""
		refresh, alive := v.tokens(request)
		if !alive {
			grant.unknown = request
			return false
		}
		if grant.refused = refresh == ""; grant.refused {
			return true
		}
		grant.spent, grant.current = append(grant.spent, request), refresh
		request = refreshing(refresh)
	}
	return true
}

// examine presents to the server what its clients hold, and counts the grants
// whose newest refresh token it knew.
func (v *victim) examine(t *testing.T, grants []*held) int {
	t.Helper()
	kept := 0
	for _, grant := range grants {
		if grant.refused {
			t.Error("the server refused what it had given out")
		}
		if grant.current != "" {
			kept++
			if refresh, _ := v.tokens(refreshing(grant.current)); refresh == "" {
				t.Error("a refresh token was lost")
			}
			grant.spent = append(grant.spent, refreshing(grant.current))
		}
		// Whether this one was taken nobody knows; after now it is.
		if grant.unknown != nil {
			v.tokens(grant.unknown)
			grant.spent = append(grant.spent, grant.unknown)
		}
		for _, request := range grant.spent {
			if refresh, alive := v.tokens(request); refresh != "" || !alive {
				t.Errorf("%s was accepted twice, or the server is gone", request.Get("grant_type"))
			}
		}
	}
	return kept
}

const callback = "http://localhost:3000/callback"

func refreshing(refresh string) url.Values {
	return url.Values{"grant_type": {"refresh_token"}, "refresh_token": {refresh}}
}

// tokens sends a token request of web-app; the refresh token is empty where it
// is refused.
func (v *victim) tokens(request url.Values) (refresh string, alive bool) {
	body := request.Encode() + "&client_id=web-app&client_secret=webapp-secret-abcdef"
	return v.post("/oauth/token", "application/x-www-form-urlencoded", body, "refresh_token")
}

func (v *victim) code() (code string, alive bool) {
	return v.post("/oauth/authorize", "application/json", `{"client_id":"web-app","user_id":"user-123","redirect_uri":"`+callback+`"}`, "code")
}

func (v *victim) post(path, media, body, member string) (value string, alive bool) {
	response, err := http.Post("http://"+v.address+path, media, strings.NewReader(body))
	if err != nil {
		return "", false
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	var members map[string]any
	if err != nil || json.Unmarshal(content, &members) != nil {
		return "", false
	}
	value, _ = members[member].(string)
	return value, true
}

// freeAddress returns one below the ports that connections are given.
func freeAddress(t *testing.T) string {
	t.Helper()
	for range 100 {
		listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(10_000+rand.IntN(10_000))))
		if err == nil {
			defer listener.Close()
			return listener.Addr().String()
		}
	}
	t.Fatal("no port is free")
	return ""
}

//go:build full

package impl_test

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/store/storetest"
)

// With the database gone the answer is 503 and no token; when it is back, so
// are the servers.
func TestStoreGone(t *testing.T) {
	location, err := url.Parse(storetest.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	way := &way{to: location.Host}
	location.Host = way.open(t, "127.0.0.1:0")
	server := stored(t, impl.Config{AuthServer: "127.0.0.1:0", Store: location.String()})
	_, _, tokens := send(t, "POST", server.Issuer+"/oauth/token", form, redemption(code(t, server.Issuer)))
	refresh := members(t, tokens)["refresh_token"].(string)
	requests := map[string]string{
		"/oauth/token":      webApp + "&grant_type=refresh_token&refresh_token=" + refresh,
		"/oauth/revoke":     webApp + "&token=" + refresh,
		"/oauth/introspect": webApp + "&token=" + refresh,
	}
	way.close()
	for path, request := range requests {
		status, header, body := send(t, "POST", server.Issuer+path, form, request)
		if status != 503 || members(t, body)["error"] == nil || members(t, body)["access_token"] != nil {
			t.Errorf("%s: %d %v %s, want 503", path, status, header, body)
		}
	}
	way.open(t, location.Host)
	if status, _, body := send(t, "POST", server.Issuer+"/oauth/token", form, requests["/oauth/token"]); status != 200 {
		t.Errorf("when the database is back: %d %s", status, body)
	}
}

// way is a way to a server that can be closed.
type way struct {
	to          string
	mu          sync.Mutex
	listener    net.Listener
	connections []net.Conn
}

func (w *way) open(t *testing.T, address string) string {
	t.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	w.listener = listener
	t.Cleanup(w.close)
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", w.to)
			if err != nil {
				near.Close()
				continue
			}
			w.mu.Lock()
			w.connections = append(w.connections, near, far)
			w.mu.Unlock()
			go func() { io.Copy(far, near); far.Close() }()
			go func() { io.Copy(near, far); near.Close() }()
		}
	}()
	return listener.Addr().String()
}

func (w *way) close() {
	w.listener.Close()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, connection := range w.connections {
		connection.Close()
	}
	w.connections = nil
}

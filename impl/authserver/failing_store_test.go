package authserver_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/store/memory"
)

// failing is a store that cannot write some things while it is told so.
type failing struct {
	store.Store
	refreshTokens, events, probes atomic.Bool
}

func (f *failing) PutRefreshToken(ctx context.Context, t store.RefreshToken) error {
	if f.refreshTokens.Load() {
		return store.ErrUnavailable
	}
	return f.Store.PutRefreshToken(ctx, t)
}

func (f *failing) PutEvents(ctx context.Context, events []store.Event) error {
	if f.events.Load() {
		return store.ErrUnavailable
	}
	return f.Store.PutEvents(ctx, events)
}

func (f *failing) Probe(ctx context.Context, now time.Time) error {
	if f.probes.Load() {
		return store.ErrUnavailable
	}
	return f.Store.Probe(ctx, now)
}

func (f *failing) Realm(string) store.Store           { return f }
func (*failing) Forget(context.Context, string) error { return nil }
func (*failing) Close() error                         { return nil }

func askingOf(t *testing.T, stores *failing, log *audit.Log) asking {
	t.Helper()
	return askingWith(t, realm.Options{Stores: stores, Audit: log, Policy: realm.Policy{Documented: true}})
}

func (a asking) refresh(token string) (status int, next string) {
	w := a.send("127.0.0.1", "POST", "/oauth/token", "grant_type=refresh_token&client_id=web-app&client_secret=webapp-secret-abcdef&refresh_token="+url.QueryEscape(token))
	var answer map[string]any
	_ = json.Unmarshal(w.Body.Bytes(), &answer)
	next, _ = answer["refresh_token"].(string)
	return w.Code, next
}

// A store that fails in the middle of a refresh costs the client no refresh
// token, and reuse is still noticed.
func TestRefreshOutlivesFailure(t *testing.T) {
	stores := &failing{Store: memory.New()}
	a := askingOf(t, stores, nil)
	first := granted(t, a.root)
	stores.refreshTokens.Store(true)
	if status, _ := a.refresh(first); status != 503 {
		t.Fatalf("status %d while the store fails, want 503", status)
	}
	stores.refreshTokens.Store(false)
	status, second := a.refresh(first)
	if status != 200 || second == "" {
		t.Fatalf("status %d after the store recovered, want 200", status)
	}
	if status, _ := a.refresh(first); status != 400 {
		t.Errorf("status %d for a refresh token that was used, want 400", status)
	}
	if status, _ := a.refresh(second); status != 400 {
		t.Errorf("status %d for the family of a reused refresh token, want 400", status)
	}
}

// A store that can be read and not written, such as a full disk, is not ready.
func TestReadyWrites(t *testing.T) {
	stores := &failing{Store: memory.New()}
	a := askingOf(t, stores, nil)
	a.want(200, a.send("127.0.0.1", "GET", "/ready", ""))
	stores.probes.Store(true)
	a.root.SetPolicy(a.root.Policy()) // Asks the store anew.
	a.want(503, a.send("127.0.0.1", "GET", "/ready", ""))
	a.want(200, a.send("127.0.0.1", "GET", "/health", ""))
}

// written is a file of lines that cannot be written while it is told so.
type written struct {
	text bytes.Buffer
	full bool
}

func (w *written) Write(line []byte) (int, error) {
	if w.full {
		return 0, errors.New("no space left on device")
	}
	return w.text.Write(line)
}

// While no event can be kept, nobody gets rights; they can still be taken away.
func TestAuditRequired(t *testing.T) {
	const revoke = "client_id=web-app&client_secret=webapp-secret-abcdef&token=x"
	for _, test := range []struct {
		name                    string
		required                bool
		lines, linesFull, table bool // What there is, and whether it fails.
		tableFails              bool
		want                    int
	}{
		{"all is well", true, true, false, true, false, 200},
		{"the table fails and the lines do not", true, true, false, true, true, 200},
		{"the lines fail and the table does not", true, true, true, true, false, 200},
		{"both fail", true, true, true, true, true, 503},
		{"the only one fails: the table", true, false, false, true, true, 503},
		{"the only one fails: the lines", true, true, true, false, false, 503},
		{"both fail, and no record is required", false, true, true, true, true, 200},
		{"there is no record at all", true, false, false, false, false, 200},
	} {
		t.Run(test.name, func(t *testing.T) {
			stores, lines, log := &failing{Store: memory.New()}, &written{full: test.linesFull}, &audit.Log{Required: test.required}
			if test.lines {
				log.Lines = audit.Lines(lines)
			}
			if test.table {
				log.Kept = time.Hour
			}
			stores.events.Store(test.tableFails)
			a := askingOf(t, stores, log)
			a.root.Audit.Tell(t.Context(), audit.SignedIn, "") // The failure is found out.
			_ = a.root.Audit.Flush(t.Context())
			a.want(test.want, a.token("127.0.0.1", "mcp-task-manager", "mcp-secret-12345"))
			a.want(test.want, a.send("127.0.0.1", "GET", "/ready", ""))
			a.want(200, a.send("127.0.0.1", "POST", "/oauth/revoke", revoke))
			lines.full = false
			stores.events.Store(false)
			a.token("127.0.0.1", "mcp-task-manager", "mcp-secret-12345") // Writes a line.
			if err := a.root.Audit.Flush(t.Context()); err != nil {
				t.Fatal(err)
			}
			a.want(200, a.token("127.0.0.1", "mcp-task-manager", "mcp-secret-12345"))
			if test.want == 503 && test.lines && !strings.Contains(lines.text.String(), audit.DecisionRefused) {
				t.Errorf("no line says that decisions were refused: %s", lines.text.String())
			}
		})
	}
}

// Every endpoint that gives rights asks whether its decision can be recorded.
func TestAuditRequiredEverywhere(t *testing.T) {
	stores := &failing{Store: memory.New()}
	stores.events.Store(true)
	a := askingOf(t, stores, &audit.Log{Required: true, Kept: time.Hour})
	a.root.Audit.Tell(t.Context(), audit.SignedIn, "")
	_ = a.root.Audit.Flush(t.Context())
	for _, request := range []string{
		"POST /oauth/token", "GET /oauth/authorize", "POST /oauth/authorize", "POST /oauth/register", "POST /sign-in", "POST /consent",
		"PUT /oauth/register/web-app",
	} {
		method, path, _ := strings.Cut(request, " ")
		if w := a.send("127.0.0.1", method, path, ""); w.Code != 503 || w.Header().Get("Retry-After") == "" {
			t.Errorf("%s answers with %d, want 503 with Retry-After", request, w.Code)
		}
	}
	for _, path := range []string{"/.well-known/jwks.json", "/health"} {
		a.want(200, a.send("127.0.0.1", "GET", path, ""))
	}
}

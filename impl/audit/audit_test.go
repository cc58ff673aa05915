package audit_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/store/memory"
	"github.com/grantproof/grantproof/impl/wire"
)

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

// An event is a line at once, with what the request found out, and in the table
// after the next flush.
func TestEvent(t *testing.T) {
	var lines bytes.Buffer
	var heard []store.Event
	kept := memory.New()
	log := &audit.Log{Lines: audit.Lines(&lines), Seen: func(e store.Event) { heard = append(heard, e) }, Kept: time.Hour}
	trail := log.Trail("r1", clock, kept)
	decide := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		audit.About(r.Context()).ClientID = "app"
		trail.Decided(r.Context(), audit.TokenIssued, audit.TokenRefused, &wire.Error{Code: "invalid_scope", Description: "a secret text"})
	})
	request := httptest.NewRequest("POST", "/oauth/token", nil)
	request.RemoteAddr = "[2001:db8::1]:1234"
	decide.ServeHTTP(httptest.NewRecorder(), request.WithContext(audit.Of(request)))

	var line map[string]any
	if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
		t.Fatalf("%v: %s", err, lines.String())
	}
	for name, want := range map[string]any{
		"time": "2026-01-02T12:00:00Z", "event": "token-refused", "realm": "r1", "client_id": "app",
		"remote_address": "2001:db8::1", "reason": "invalid_scope", "level": nil, "user_id": nil,
	} {
		if line[name] != want {
			t.Errorf("%s is %v, want %v", name, line[name], want)
		}
	}
	if err := trail.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	events, err := kept.Events(t.Context(), noon)
	if err != nil || len(events) != 1 || events[0] != heard[0] || !events[0].ExpiresAt.Equal(noon.Add(time.Hour)) {
		t.Errorf("the table has %+v, %v; heard was %+v", events, err, heard)
	}
}

func TestReason(t *testing.T) {
	for want, err := range map[string]error{
		"invalid_client": &wire.Error{Code: "invalid_client"}, "store_unavailable": store.ErrUnavailable, "server_error": errors.New("x"),
	} {
		if got := audit.Reason(err); got != want {
			t.Errorf("%v is %s, want %s", err, got, want)
		}
	}
}

// Without a log everything is silent.
func TestNoLog(t *testing.T) {
	var none *audit.Log
	trail := none.Trail("", clock, memory.New())
	trail.Tell(t.Context(), audit.SignedIn, "")
	if err := trail.Flush(t.Context()); err != nil {
		t.Error(err)
	}
}

// shaky is a store that is gone at first.
type shaky struct {
	failures int
	mu       sync.Mutex
	events   []store.Event
}

func (s *shaky) PutEvents(_ context.Context, events []store.Event) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failures > 0 {
		s.failures--
		return store.ErrUnavailable
	}
	s.events = append(s.events, events...)
	return nil
}

func (s *shaky) Events(context.Context, time.Time) ([]store.Event, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.events, nil
}

// What cannot be written waits, up to a bound, and what is lost is said.
func TestStoreGone(t *testing.T) {
	kept := &shaky{failures: 1}
	trail := (&audit.Log{Kept: time.Hour}).Trail("", clock, kept)
	for range 20_010 {
		trail.Record(t.Context(), store.Event{Name: audit.SignedIn})
	}
	if err := trail.Flush(t.Context()); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("%v, want ErrUnavailable", err)
	}
	if err := trail.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	events, _ := kept.Events(t.Context(), noon)
	lost := ""
	for _, event := range events {
		if event.Name == audit.EventsDropped {
			lost = event.Reason
		}
	}
	if lost != "10" {
		t.Errorf("%q events are said to be lost, want 10", lost)
	}
}

// The table is kept in the background.
func TestKeep(t *testing.T) {
	kept := &shaky{failures: 1}
	trail := (&audit.Log{Kept: time.Hour}).Trail("", clock, kept)
	trail.Record(t.Context(), store.Event{Name: audit.SignedIn})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	problems := make(chan error, 10)
	go trail.Keep(ctx, func(err error) { problems <- err })
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if events, _ := kept.Events(t.Context(), noon); len(events) == 1 {
			if len(problems) != 1 {
				t.Errorf("%d problems were told, want 1", len(problems))
			}
			return
		}
	}
	t.Error("nothing is in the table")
}

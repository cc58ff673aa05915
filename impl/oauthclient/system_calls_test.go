package oauthclient_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/oauthclient"
)

// change replaces something while the servers run.
func (s *system) change(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

// revoke makes every access token invalid.
func (s *system) revoke() { s.change(func() { clear(s.valid) }) }

// handlerConfig is that of a client that registers itself, with a person who
// agrees at once.
func (s *system) handlerConfig() oauthclient.HandlerConfig {
	return oauthclient.HandlerConfig{
		Server: s.server(), Registration: &oauth.ClientMetadata{ClientName: new("Test")}, Browser: visit, Now: new(clock).now,
		Logger: slog.New(slog.NewTextHandler(&s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
}

// visit is a person's browser.
func visit(ctx context.Context, address string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", response.StatusCode)
	}
	return nil
}

func newHandler(t *testing.T, config oauthclient.HandlerConfig) *oauthclient.Handler {
	t.Helper()
	h, err := oauthclient.NewHandler(config)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// call sends a request to the MCP server as the SDK does: it asks for a token,
// and once for another.
func call(ctx context.Context, h *oauthclient.Handler, server string) (status int, err error) {
	for range 2 {
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, server, strings.NewReader("{}"))
		if err != nil {
			return 0, err
		}
		source, err := h.TokenSource(ctx)
		if err != nil {
			return 0, err
		}
		if source != nil {
			token, err := source.Token()
			if err != nil && !invalidGrant(err) {
				return 0, err
			} else if err == nil {
				token.SetAuthHeader(request)
			}
		}
		response, err := h.HTTPClient().Do(request)
		if err != nil {
			return 0, err
		}
		if status = response.StatusCode; status != 401 && status != 403 {
			return status, response.Body.Close()
		}
		if err := h.Authorize(ctx, request, response); err != nil {
			return status, err
		}
	}
	return status, nil
}

func mustCall(t *testing.T, h *oauthclient.Handler, s *system) {
	t.Helper()
	if status, err := call(t.Context(), h, s.server()); err != nil || status != 200 {
		t.Fatalf("the MCP server answers with %d, %v", status, err)
	}
}

// mustFail calls, and returns the step that failed.
func mustFail(t *testing.T, h *oauthclient.Handler, s *system) *oauthclient.StepError {
	t.Helper()
	status, err := call(t.Context(), h, s.server())
	failed := new(oauthclient.StepError)
	if !errors.As(err, &failed) {
		t.Fatalf("status %d and %v, want a step that failed", status, err)
	}
	if strings.Contains(err.Error(), canary) || strings.ContainsAny(err.Error(), "\n\r\x1b") {
		t.Errorf("the error shows too much: %v", err)
	}
	if failed.Problem == "" || failed.Advice == "" || failed.URL == "" || failed.Step == "" {
		t.Errorf("the error says too little: %+v", failed)
	}
	return failed
}

// wants holds a failed step against its step and a part of its sentence.
func wants(t *testing.T, failed *oauthclient.StepError, step oauthclient.Step, part string) {
	t.Helper()
	if failed.Step != step || !strings.Contains(failed.Error(), part) {
		t.Errorf("got %q, want %s with %q", failed, step, part)
	}
}

// syncBuffer is a buffer for many.
type syncBuffer struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

// Write implements io.Writer.
func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.String()
}

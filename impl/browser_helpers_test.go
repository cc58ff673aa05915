//go:build full

package impl_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

// application is a client that a browser returns to: it shows what it was
// sent, and from /moved it sends the browser on to another host of its own.
type application struct{ *httptest.Server }

func startApplication(t *testing.T) application {
	t.Helper()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<p id=done>arrived elsewhere</p>") }))
	t.Cleanup(elsewhere.Close)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/moved" {
			http.Redirect(w, r, strings.Replace(elsewhere.URL, "127.0.0.1", "localhost", 1), http.StatusFound)
			return
		}
		_ = r.ParseForm()
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, "<p id=done>%s code=%t error=%s</p>", r.Method, r.Form.Get("code") != "", r.Form.Get("error"))
	}))
	t.Cleanup(server.Close)
	return application{server}
}

// register makes a client that returns to the application.
func (a application) register(t *testing.T, f *impl.Fixture, client store.Client) {
	t.Helper()
	client.RedirectURIs = append(client.RedirectURIs, a.URL+"/callback")
	client.GrantTypes, client.Scope = []string{"authorization_code", "refresh_token"}, realm.Scopes
	if err := f.Realms.Root().Store().PutClient(t.Context(), client); err != nil {
		t.Fatal(err)
	}
}

// request is the address of an authorization request.
func (a application) request(f *impl.Fixture, clientID string, more ...string) string {
	sum := sha256.Sum256([]byte("verifier"))
	parameters := url.Values{
		"response_type": {"code"}, "client_id": {clientID}, "redirect_uri": {a.URL + "/callback"}, "state": {"s"},
		"scope": {"tasks:read tasks:write"}, "code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"},
	}
	for i := 0; i < len(more); i += 2 {
		parameters.Set(more[i], more[i+1])
	}
	return f.Issuer + "/oauth/authorize?" + parameters.Encode()
}

// tab is a headless Chromium with a fresh profile.
type tab struct {
	*testing.T
	ctx context.Context
}

func openBrowser(t *testing.T) tab {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.NoFirstRun, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-sync", true))
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return tab{t, ctx}
}

func (b tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatalf("the browser failed; is Chromium installed? %v", err)
	}
}

func (b tab) open(address string) { b.Helper(); b.do(chromedp.Navigate(address)) }

// press presses a button and waits for the page that follows, in which wanted
// is there.
func (b tab) press(button, wanted chromedp.CSS) {
	b.Helper()
	b.do(chromedp.Click(button), chromedp.WaitReady(wanted))
}

func (b tab) signIn(password string, wanted chromedp.CSS) {
	b.Helper()
	b.do(chromedp.SetValue(chromedp.CSS("#username"), "demo-user"), chromedp.SetValue(chromedp.CSS("#password"), password))
	b.press("button", wanted)
}

// tabTo goes on with the tab key until the field or button with a name has the
// focus.
func (b tab) tabTo(name string) {
	b.Helper()
	for range 10 {
		if evaluated[string](b, `document.readyState === "complete" && document.activeElement.name || ""`) == name {
			return
		}
		b.do(chromedp.KeyEvent("\t"))
	}
	b.Fatalf("the tab key does not reach %s", name)
}

// text is what the page says.
func (b tab) text() string {
	b.Helper()
	return evaluated[string](b, `document.body.innerText`)
}

func (b tab) says(wanted string) {
	b.Helper()
	if text := b.text(); !strings.Contains(text, wanted) {
		b.Errorf("the page does not say %q: %s", wanted, text)
	}
}

func evaluated[T any](b tab, expression string) T {
	b.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return value
}

// pictures keeps the page as people see it, light, dark and on a phone, in the
// folder that GRANTPROOF_SCREENSHOTS names, else with the artifacts of the test.
func (b tab) pictures(name string) {
	b.Helper()
	folder := os.Getenv("GRANTPROOF_SCREENSHOTS")
	if folder == "" {
		folder = b.ArtifactDir()
	}
	for _, look := range []struct {
		name, scheme  string
		width, height int64
	}{{"light", "light", 1000, 800}, {"dark", "dark", 1000, 800}, {"phone", "light", 390, 844}} {
		b.do(chromedp.EmulateViewport(look.width, look.height))
		scheme := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: look.scheme}}}
		if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, scheme); err != nil {
			b.Fatal(err)
		}
		if wide := evaluated[int64](b, `document.documentElement.scrollWidth`); wide > look.width {
			b.Errorf("%s: at %d pixels the page is %d wide", name, look.width, wide)
		}
		picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
		if err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "page-"+name+"-"+look.name+".png"), picture, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	b.do(chromedp.EmulateViewport(1000, 800))
}

//go:build full

package impl_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

const (
	allow   = chromedp.CSS("button[value=approve]")
	deny    = chromedp.CSS("button[value=deny]")
	arrived = chromedp.CSS("#done")
)

// A person signs in, allows one application and denies another, looks at what
// they allowed, ends it and signs out.
func TestPersonInBrowser(t *testing.T) {
	f, app, b := start(t, realm.Policy{Documented: true}), startApplication(t), openBrowser(t)
	app.register(t, f, store.Client{ID: "printer", ClientMetadata: store.ClientMetadata{Name: "Photo printer"}, AuthMethod: "client_secret_basic", RedirectURIs: []string{"https://printer.example/callback"}})
	app.register(t, f, store.Client{ID: "notes", ClientMetadata: store.ClientMetadata{Name: "Notes on my laptop"}, AuthMethod: "none", SelfRegistered: true})

	b.open(app.request(f, "printer"))
	b.says("to go on to Photo printer")
	b.pictures("sign-in")
	b.signIn("a wrong password", "#problem")
	b.says("The user name or the password is wrong.")
	if summary := evaluated[string](b, `document.querySelector("#password").getAttribute("aria-describedby") + document.querySelector("#problem a").getAttribute("href") + document.title.slice(0, 6)`); summary != "problem#usernameError:" {
		t.Errorf("the problem is not tied to its field: %s", summary)
	}
	b.pictures("wrong-password")
	b.signIn(realm.DemoPassword, allow)
	b.says("create, change and delete your tasks")
	b.pictures("consent")
	b.press(allow, arrived)
	b.says("GET code=true error=")

	b.open(app.request(f, "printer"))
	b.says("GET code=true")
	b.open(app.request(f, "printer", "response_mode", "form_post"))
	b.do(chromedp.WaitReady(arrived))
	b.says("POST code=true")

	b.open(app.request(f, "notes"))
	b.says("Nobody has verified this application")
	b.says("This is an address on your own computer")
	b.pictures("consent-unverified")
	b.press(deny, arrived)
	b.says("error=access_denied")
	b.open(app.request(f, "notes"))
	b.press(allow, arrived)

	b.open(f.Issuer + "/account/grants")
	b.says("Photo printer")
	b.says("Notes on my laptop")
	b.pictures("grants")
	b.press("section:has(input[value=printer]) button", ".done")
	if text := b.text(); strings.Contains(text, "Photo printer") || !strings.Contains(text, "Notes on my laptop") {
		t.Errorf("after the access of one application ended: %s", text)
	}
	b.pictures("grants-ended")
	b.open(app.request(f, "printer"))
	b.says("Allow Photo printer")

	b.open(f.Issuer + "/sign-out")
	b.pictures("sign-out")
	b.press("button", "a[href$='/sign-in']")
	b.says("You are signed out")
	b.pictures("signed-out")
	b.open(app.request(f, "printer"))
	b.do(chromedp.WaitReady(chromedp.CSS("#password")))
}

// The pages work by keyboard alone, without any script, and for a client that
// sends the browser on to another host, which Chromium holds against the
// policy of the form.
func TestPagesByKeyboardWithoutScript(t *testing.T) {
	f, app, b := start(t, realm.Policy{Documented: true}), startApplication(t), openBrowser(t)
	app.register(t, f, store.Client{ID: "mover", AuthMethod: "client_secret_basic", RedirectURIs: []string{app.URL + "/moved"}})
	b.open(app.request(f, "mover", "redirect_uri", app.URL+"/moved"))
	b.tabTo("username")
	b.do(chromedp.KeyEvent("demo-user"))
	b.tabTo("password")
	b.do(chromedp.KeyEvent(realm.DemoPassword+"\r"), chromedp.WaitReady(allow))
	b.tabTo("decision")
	b.do(chromedp.KeyEvent("\r"), chromedp.WaitReady(arrived))
	b.says("arrived elsewhere")

	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	b.open(app.request(f, "mover", "response_mode", "form_post"))
	b.do(chromedp.WaitReady(chromedp.CSS("form")))
	b.pictures("form-post")
	b.press("button", arrived)
	b.says("POST code=true")
}

// A page of another site changes nothing, and no answer counts twice.
func TestForgedAndRepeatedForms(t *testing.T) {
	f, app, b := start(t, realm.Policy{Documented: true}), startApplication(t), openBrowser(t)
	app.register(t, f, store.Client{ID: "printer", ClientMetadata: store.ClientMetadata{Name: "Photo printer"}, AuthMethod: "none"})
	b.open(app.request(f, "printer"))
	b.signIn(realm.DemoPassword, allow)
	stolen := evaluated[string](b, `document.querySelector("form").outerHTML`)
	b.press(allow, arrived)
	b.open(f.Issuer + "/account/grants")
	evaluated[bool](b, fmt.Sprintf(`(() => { document.body.innerHTML = %q; return true; })()`, stolen))
	b.press(allow, "main")
	b.says("answered before")
	b.pictures("answered")

	for path, fields := range map[string]string{
		"/sign-in":        `<input name="username" value="demo-user"><input name="password" value="` + realm.DemoPassword + `">`,
		"/account/grants": `<input name="client_id" value="printer">`,
		"/sign-out":       "",
		"/consent":        strings.TrimSuffix(stolen[strings.Index(stolen, ">")+1:], "</form>"),
	} {
		attacker := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprintf(w, `<form method="post" action="%s%s">%s<input name="decision" value="approve"><button id="go">Win</button></form>`, f.Issuer, path, fields)
		}))
		b.open(strings.Replace(attacker.URL, "127.0.0.1", "localhost", 1))
		b.press("#go", "main")
		b.says("did not come from our page")
		attacker.Close()
	}
	b.pictures("forged")
	b.open(f.Issuer + "/account/grants")
	b.says("Photo printer")
}

// What can stand on the pages fits: long names, the schemes of apps, mistakes.
func TestUnusualPages(t *testing.T) {
	f, app, b := start(t, realm.Policy{Documented: true}), startApplication(t), openBrowser(t)
	long := strings.Repeat("Überlange", 12) + " <script>alert(1)</script> الاسم"
	app.register(t, f, store.Client{ID: "long", ClientMetadata: store.ClientMetadata{Name: long}, AuthMethod: "none", SelfRegistered: true, RedirectURIs: []string{"com.example.app:/oauth2redirect", "https://" + strings.Repeat("subdomain.", 12) + "example/callback"}})
	b.open(app.request(f, "long", "redirect_uri", "com.example.app:/oauth2redirect"))
	b.signIn(realm.DemoPassword, allow)
	b.says("To the app on this device that opens com.example.app:")
	b.pictures("consent-app")
	b.open(app.request(f, "long", "redirect_uri", "https://"+strings.Repeat("subdomain.", 12)+"example/callback"))
	b.pictures("consent-long")
	b.press(deny, ".button")
	b.says("You denied the application access")
	b.pictures("goodbye")
	b.open(app.request(f, "nobody"))
	b.pictures("mistake")
	for range 6 {
		b.open(f.Issuer + "/sign-in")
		b.signIn("wrong", "#problem")
	}
	b.says("too many wrong passwords")
	b.pictures("locked")
	f.Realms.Root().SetPolicy(realm.Policy{StoreDown: true})
	b.open(f.Issuer + "/account/grants")
	b.do(chromedp.Sleep(100 * time.Millisecond))
	b.says("cannot answer at the moment")
	b.pictures("store-down")
}

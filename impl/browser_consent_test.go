//go:build full

package impl_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/grantproof/grantproof/impl/cimd"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

// startLogo serves a logo.
func startLogo(t *testing.T) string {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 128, 128))
	draw.Draw(picture, picture.Bounds(), image.NewUniform(color.RGBA{R: 0x1f, G: 0x7a, B: 0x3d, A: 0xff}), image.Point{}, draw.Src)
	draw.Draw(picture, image.Rect(40, 40, 88, 88), image.White, image.Point{}, draw.Src)
	var content bytes.Buffer
	if err := png.Encode(&content, picture); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(content.Bytes()) }))
	t.Cleanup(server.Close)
	return server.URL + "/logo.png"
}

// A person sees what an application says of itself, allows a part of what it
// asks for, and ends all access as they sign out.
func TestPartOfConsentInBrowser(t *testing.T) {
	f, app, b := start(t, realm.Policy{Documented: true, ClientPages: cimd.Rules{Loopback: true}}), startApplication(t), openBrowser(t)
	about := store.ClientMetadata{Name: "Photo printer", LogoURI: startLogo(t), URI: "https://printer.example/", TermsURI: "https://printer.example/terms", PolicyURI: "https://printer.example/privacy"}
	app.register(t, f, store.Client{ID: "printer", ClientMetadata: about, AuthMethod: "client_secret_basic", RedirectURIs: []string{"https://printer.example/callback"}})
	scope := []string{"scope", "openid tasks:read tasks:write offline_access"}

	b.open(app.request(f, "printer", scope...))
	b.signIn(realm.DemoPassword, allow)
	if shown := evaluated[bool](b, `document.querySelector("img.logo").naturalWidth === 128`); !shown {
		t.Error("the logo is not shown")
	}
	b.says("privacy policy")
	b.says("know that it is you")
	b.pictures("consent-about")
	b.do(chromedp.Click(chromedp.CSS("input[value='tasks:read']")), chromedp.Click(chromedp.CSS("input[value='tasks:write']")))
	b.do(chromedp.Click(chromedp.CSS("input[value='offline_access']")))
	b.pictures("consent-part")
	b.press(allow, arrived)
	b.says("GET code=true error=")
	b.open(f.Issuer + "/account/grants")
	if text := b.text(); !strings.Contains(text, "know that it is you") || strings.Contains(text, "tasks") {
		t.Errorf("after the consent to a part: %s", text)
	}

	b.open(app.request(f, "printer"))
	b.do(chromedp.Click(chromedp.CSS("input[value='tasks:read']")), chromedp.Click(chromedp.CSS("input[value='tasks:write']")))
	b.press(allow, "#problem")
	b.says("Nothing is allowed yet")
	b.pictures("consent-nothing")

	b.open(f.Issuer + "/sign-out")
	b.do(chromedp.Click(chromedp.CSS("input[name=end_access]")))
	b.pictures("sign-out-ending")
	b.press("button", "a[href$='/sign-in']")
	b.open(f.Issuer + "/sign-in")
	b.signIn(realm.DemoPassword, "a[href$='/sign-out']")
	b.says("No application has access to your account")
}

// Every warning is on the page, and all of them fit.
func TestWarningsInBrowser(t *testing.T) {
	f, app, b := start(t, realm.Policy{Documented: true}), startApplication(t), openBrowser(t)
	app.register(t, f, store.Client{ID: "genuine", ClientMetadata: store.ClientMetadata{Name: "Photo printer"}, AuthMethod: "none"})
	app.register(t, f, store.Client{ID: "impostor", ClientMetadata: store.ClientMetadata{Name: "photo  Printer", URI: "https://printer.example/"}, AuthMethod: "none", SelfRegistered: true, RedirectURIs: []string{"http://attacker.example/cb"}})
	b.open(app.request(f, "impostor", "redirect_uri", "http://attacker.example/cb"))
	b.signIn(realm.DemoPassword, allow)
	b.says("This is not the application that you may know by this name")
	b.says("The way there is not encrypted")
	if text := b.text(); strings.Contains(text, "website") {
		t.Error("an application leads to a page that is not its own")
	}
	b.pictures("consent-impostor")
}

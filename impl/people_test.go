package impl_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
)

var hidden = regexp.MustCompile(`name="(csrf|request)" value="([^"]*)"`)

// formOn reads the hidden fields of a page, and the session from its cookie.
func formOn(t *testing.T, address, cookie string) (url.Values, string) {
	t.Helper()
	_, header, page := send(t, "GET", address, "", "", "Cookie", cookie)
	fields := url.Values{}
	for _, match := range hidden.FindAllStringSubmatch(page, -1) {
		fields.Set(match[1], match[2])
	}
	if set, _ := cookieIn(header, "grantproof"); set != "" {
		cookie = set
	}
	return fields, cookie
}

// cookieIn is the cookie with a name that an answer sets, as a browser sends it
// back, and its attributes.
func cookieIn(header http.Header, name string) (cookie, attributes string) {
	for _, set := range header.Values("Set-Cookie") {
		if strings.HasPrefix(set, name+"=") {
			cookie, attributes, _ = strings.Cut(set, ";")
		}
	}
	return cookie, attributes
}

const request = "/oauth/authorize?response_type=code&client_id=web-app&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcallback&scope=tasks%3Aread"

// consentForm signs the demo user in and returns the consent form with its
// session.
func consentForm(t *testing.T, f *impl.Fixture) (url.Values, string) {
	t.Helper()
	return consentFormFor(t, f, request)
}

func consentFormFor(t *testing.T, f *impl.Fixture, request string) (url.Values, string) {
	t.Helper()
	_, header, _ := send(t, "GET", f.Issuer+request, "", "")
	fields, anonymous := formOn(t, f.Issuer+header.Get("Location"), "")
	fields.Set("username", "demo-user")
	fields.Set("password", realm.DemoPassword)
	status, header, _ := send(t, "POST", f.Issuer+"/sign-in", form, fields.Encode(), "Cookie", anonymous)
	cookie, attributes := cookieIn(header, "grantproof")
	if status != http.StatusSeeOther || cookie == anonymous || !strings.Contains(attributes, "HttpOnly; SameSite=Lax") {
		t.Fatalf("signed in with status %d and the cookie %s;%s; want a fresh one", status, cookie, attributes)
	}
	fields, _ = formOn(t, f.Issuer+header.Get("Location"), cookie)
	return fields, cookie
}

// Of many who send the same approval at once, one gets a code.
func TestApprovalCountsOnce(t *testing.T) {
	f := start(t, realm.Policy{Documented: true})
	fields, cookie := consentForm(t, f)
	fields.Set("decision", "approve")
	var codes atomic.Int32
	var group sync.WaitGroup
	for range 10 {
		group.Go(func() {
			if _, header, _ := send(t, "POST", f.Issuer+"/consent", form, fields.Encode(), "Cookie", cookie); strings.Contains(header.Get("Location"), "code=") {
				codes.Add(1)
			}
		})
	}
	group.Wait()
	if codes.Load() != 1 {
		t.Errorf("one approval brought %d codes", codes.Load())
	}
}

// Who allows no access while they are away gives no refresh token, and what a
// form adds to the request is not granted.
func TestConsentToAPart(t *testing.T) {
	for ticked, want := range map[string]struct {
		scope     string
		refreshes bool
	}{
		"tasks:read offline_access":    {"offline_access tasks:read", true},
		"tasks:read":                   {"tasks:read", false},
		"tasks:write admin tasks:read": {"tasks:read tasks:write", false},
	} {
		f := start(t, realm.Policy{Documented: true})
		fields, cookie := consentFormFor(t, f, strings.Replace(request, "tasks%3Aread", "tasks%3Aread+tasks%3Awrite+offline_access", 1))
		fields.Set("decision", "approve")
		fields["scope"] = strings.Fields(ticked)
		_, header, _ := send(t, "POST", f.Issuer+"/consent", form, fields.Encode(), "Cookie", cookie)
		back, err := url.Parse(header.Get("Location"))
		if err != nil {
			t.Fatal(err)
		}
		redemption := url.Values{
			"grant_type": {"authorization_code"}, "code": {back.Query().Get("code")}, "redirect_uri": {"http://localhost:3000/callback"},
			"client_id": {"web-app"}, "client_secret": {"webapp-secret-abcdef"},
		}
		status, _, body := send(t, "POST", f.Issuer+"/oauth/token", form, redemption.Encode())
		if status != http.StatusOK || !strings.Contains(body, `"scope":"`+want.scope+`"`) || strings.Contains(body, "refresh_token") != want.refreshes {
			t.Errorf("%s: status %d, %s; want the scope %s, and a refresh token: %v", ticked, status, body, want.scope, want.refreshes)
		}
	}
}

// Whatever a form says, the answer is a page and never a fault of ours.
func TestBadForms(t *testing.T) {
	f := start(t, realm.Policy{Documented: true})
	fields, cookie := consentForm(t, f)
	for _, path := range []string{"/sign-in", "/consent", "/sign-out", "/account/grants"} {
		for _, body := range []string{"", "%zz", "csrf=a&csrf=b", "decision=approve", "csrf=" + fields.Get("csrf") + "&decision=maybe&request=" + fields.Get("request"), "a=\x00", strings.Repeat("x", 70_000)} {
			status, header, _ := send(t, "POST", f.Issuer+path, form, body, "Cookie", cookie)
			if status/100 == 5 || status == http.StatusOK || !strings.HasPrefix(header.Get("Content-Type"), "text/html") && status != http.StatusSeeOther {
				t.Errorf("POST %s of %.40q: status %d, %s", path, body, status, header.Get("Content-Type"))
			}
		}
		if status, _, _ := send(t, "POST", f.Issuer+path, "application/json", `{}`, "Cookie", cookie); status != http.StatusBadRequest {
			t.Errorf("POST %s of JSON: status %d", path, status)
		}
		if status, _, _ := send(t, "GET", f.Issuer+path+"?request=unknown", "", "", "Cookie", "grantproof=unknown"); status/100 == 5 {
			t.Errorf("GET %s of an unknown request: status %d", path, status)
		}
	}
}

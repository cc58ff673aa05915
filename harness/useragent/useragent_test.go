package useragent_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/useragent"
)

const callback = "http://127.0.0.1:8765/callback"

// server answers POSTs by where they lead, and GETs by a page.
type server struct {
	pages map[string]string                            // By path.
	posts map[string]func(r *http.Request) (to string) // By path.
}

func (s server) start(t *testing.T) string {
	t.Helper()
	listening := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if post, ok := s.posts[r.URL.Path]; ok && r.Method == http.MethodPost {
			http.Redirect(w, r, post(r), http.StatusSeeOther)
			return
		}
		if to, elsewhere := strings.CutPrefix(s.pages[r.URL.Path], "to "); elsewhere {
			http.Redirect(w, r, to, http.StatusFound)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, s.pages[r.URL.Path])
	}))
	t.Cleanup(listening.Close)
	return listening.URL
}

func browser(decision useragent.Decision) *useragent.Browser {
	client := &http.Client{Timeout: 5 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	b := useragent.New(&exchange.Log{Client: client})
	b.Person = &useragent.Person{Username: "demo", Password: "right", Decision: decision}
	return b
}

func open(t *testing.T, b *useragent.Browser, address string) useragent.Arrival {
	t.Helper()
	arrival, err := b.Open(t.Context(), useragent.Visit{Address: address}, callback)
	if err != nil {
		t.Fatal(err)
	}
	return arrival
}

func when(right bool, to string) string {
	if right {
		return to
	}
	return "/refused"
}

// The name and the password have pages of their own, and the consent is one
// button.
func TestNameBeforePassword(t *testing.T) {
	address := server{
		pages: map[string]string{
			"/authorize": `<form method=post action=/name><input type=search name=q><input name=identifier autocomplete=username><input type=hidden name=csrf value=1><button>Next</button></form>`,
			"/password":  `<form method=post action=/password><input type=password name=secret><button>Sign in</button></form>`,
			"/consent":   `<form method=post action=/consent><button name=answer value=no>Cancel</button><button name=answer value=yes>Allow</button></form>`,
		},
		posts: map[string]func(*http.Request) string{
			"/name": func(r *http.Request) string {
				return when(r.PostFormValue("identifier") == "demo" && r.PostFormValue("csrf") == "1", "/password")
			},
			"/password": func(r *http.Request) string { return when(r.PostFormValue("secret") == "right", "/consent") },
			"/consent":  func(r *http.Request) string { return callback + "?code=" + r.PostFormValue("answer") },
		},
	}.start(t)
	for decision, code := range map[useragent.Decision]string{useragent.Approves: "yes", useragent.Denies: "no"} {
		if arrival := open(t, browser(decision), address+"/authorize"); arrival.Returned.Get("code") != code {
			t.Errorf("who %s comes back with %v (%s)", decision, arrival.Returned, arrival.Stuck)
		}
	}
}

// What is unusual is declared, and what is not is told.
func TestDeclaredSteps(t *testing.T) {
	address := server{
		pages: map[string]string{
			"/authorize": `<h1>Welcome</h1><form method=post action=/welcome><button name=go value=1>Los</button></form>`,
			"/who":       `<h1>Who are you?</h1><form method=post action=/who><input name=a><input name=b><button>Los</button></form>`,
			"/may":       `<h1>Darf die Anwendung?</h1><form method=post action=/may><button name=answer value=n>Nein</button><button name=answer value=j>Ja</button></form>`,
		},
		posts: map[string]func(*http.Request) string{
			"/welcome": func(*http.Request) string { return "/who" },
			"/who": func(r *http.Request) string {
				return when(r.PostFormValue("a") == "demo" && r.PostFormValue("b") == "right", "/may")
			},
			"/may": func(r *http.Request) string { return callback + "?code=" + r.PostFormValue("answer") },
		},
	}.start(t) + "/authorize"
	steps := []useragent.Step{
		{Page: "/authorize", Press: "Los"},
		{Page: "who are you", Fill: map[string]string{"a": "(username)", "b": "(password)"}, Press: "Los"},
		{Page: "Darf", Approve: "Ja", Deny: "Nein"},
	}
	for known, stuck := range map[int]string{0: "/authorize", 1: "Who are you?", 2: "resource_owner.steps"} {
		b := browser(useragent.Approves)
		b.Steps = steps[:known]
		if arrival := open(t, b, address); arrival.Returned != nil || !strings.Contains(arrival.Stuck, stuck) {
			t.Errorf("with %d steps the person is stuck as %q (%v); want %q", known, arrival.Stuck, arrival.Returned, stuck)
		}
	}
	for decision, code := range map[useragent.Decision]string{useragent.Approves: "j", useragent.Denies: "n"} {
		b := browser(decision)
		b.Steps = steps
		if arrival := open(t, b, address); arrival.Returned.Get("code") != code {
			t.Errorf("who %s comes back with %v (%s)", decision, arrival.Returned, arrival.Stuck)
		}
	}
}

// A person signs in on another host only where that is known.
func TestOtherHosts(t *testing.T) {
	signIn := server{
		pages: map[string]string{"/": `<form method=post><input name=username><input type=password name=password><button>Sign in</button></form>`},
		posts: map[string]func(*http.Request) string{"/": func(r *http.Request) string {
			return when(r.PostFormValue("password") == "right", callback+"?code=1")
		}},
	}.start(t)
	address := server{pages: map[string]string{"/authorize": "to " + signIn + "/"}}.start(t) + "/authorize"
	host := strings.TrimPrefix(signIn, "http://")
	b := browser(useragent.Approves)
	if arrival := open(t, b, address); arrival.Returned != nil || !strings.Contains(arrival.Stuck, host) {
		t.Errorf("the person came back with %v, stuck as %q", arrival.Returned, arrival.Stuck)
	}
	b.Hosts = []string{host}
	if arrival := open(t, b, address); arrival.Returned.Get("code") != "1" {
		t.Errorf("the person is stuck as %q", arrival.Stuck)
	}
	b = browser(useragent.Approves)
	b.Hosts, b.Person.Password = []string{host}, "wrong"
	if arrival := open(t, b, address); arrival.Returned != nil {
		t.Errorf("a wrong password comes back with %v", arrival.Returned)
	}
}

// Redirects in circles end.
func TestCircle(t *testing.T) {
	address := server{pages: map[string]string{"/authorize": "to /b", "/b": "to /authorize"}}.start(t)
	_, err := browser(useragent.Approves).Open(t.Context(), useragent.Visit{Address: address + "/authorize"}, callback)
	if err == nil || !strings.Contains(err.Error(), "has not come back") {
		t.Errorf("it ends with %v", err)
	}
}

// A person in a browser of their own comes back by the redirect URI, or types
// where the browser ended, or says that it stays.
func TestTerminal(t *testing.T) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	local := "http://" + free.Addr().String() + "/callback"
	free.Close()
	typed, person := io.Pipe()
	told := make(told, 16)
	terminal := useragent.NewTerminal(typed, told)
	terminal.Patience = 5 * time.Second
	visit := func(redirectURI string) url.Values {
		t.Helper()
		values, err := terminal.Open(t.Context(), "https://as.example.com/authorize", redirectURI, "approve")
		if err != nil {
			t.Error(err)
		}
		return values
	}
	for range 2 { // The listener of the first is gone when the second begins.
		go func() { told.wait("by itself"); get(local + "?code=1") }()
		if got := visit(local); got.Get("code") != "1" {
			t.Errorf("the browser came back with %v", got)
		}
	}
	go func() { told.wait("by itself"); fmt.Fprintln(person) }()
	if got := visit(local); got != nil {
		t.Errorf("a browser that stays came back with %v", got)
	}
	go func() {
		told.wait("paste")
		fmt.Fprintln(person, "https://elsewhere.example/?code=2")
		told.wait("does not begin")
		fmt.Fprintln(person, "https://app.example/callback?code=3")
	}()
	if got := visit("https://app.example/callback"); got.Get("code") != "3" {
		t.Errorf("the browser came back with %v", got)
	}
	terminal.Patience = time.Millisecond
	if _, err := terminal.Open(t.Context(), "https://as.example.com/authorize", local, "approve"); err == nil || !strings.Contains(err.Error(), "did not come back") {
		t.Errorf("a person who does nothing ends it with %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := terminal.Open(ended, "https://as.example.com/authorize", local, "approve"); err == nil {
		t.Error("an interrupted run waits on")
	}
}

// told is what the person reads.
type told chan string

func (t told) Write(text []byte) (int, error) {
	t <- string(text)
	return len(text), nil
}

func (t told) wait(text string) {
	for !strings.Contains(<-t, text) {
	}
}

func get(address string) {
	if response, err := http.Get(address); err == nil {
		response.Body.Close()
	}
}

// What comes in the fragment is read where the client asked for it there, and
// nowhere else.
func TestFragment(t *testing.T) {
	address := server{pages: map[string]string{"/authorize": "to " + callback + "?state=1#error=unsupported_response_type"}}.start(t) + "/authorize"
	for reads, code := range map[bool]string{true: "unsupported_response_type", false: ""} {
		b := browser(useragent.Approves)
		b.Fragment = reads
		if returned := open(t, b, address).Returned; returned.Get("error") != code || returned.Get("state") != "1" {
			t.Errorf("a client that reads the fragment (%v) got %v", reads, returned)
		}
	}
}

// A button belongs to the form that it names, wherever it is on the page.
func TestButtonOutsideItsForm(t *testing.T) {
	address := server{
		pages: map[string]string{"/authorize": `<form id=other method=post action=/other></form><form id=consent method=post action=/consent><input type=hidden name=csrf value=1></form>
<button form=consent name=answer value=no>No, go back</button><button form=consent name=answer value=yes>Yes, allow</button>`},
		posts: map[string]func(*http.Request) string{"/consent": func(r *http.Request) string {
			return when(r.PostFormValue("csrf") == "1", callback+"?code="+r.PostFormValue("answer"))
		}},
	}.start(t)
	for decision, code := range map[useragent.Decision]string{useragent.Approves: "yes", useragent.Denies: "no"} {
		if arrival := open(t, browser(decision), address+"/authorize"); arrival.Returned.Get("code") != code {
			t.Errorf("who %s comes back with %v (%s)", decision, arrival.Returned, arrival.Stuck)
		}
	}
}

// Who denies presses a link where there is no button for it.
func TestDenialByLink(t *testing.T) {
	address := server{pages: map[string]string{
		"/authorize": `<form method=post action=/consent><button>Continue</button></form><a href=/terms>Nothing of note</a> <a href=/abort>[ Cancel ]</a>`,
		"/abort":     "to " + callback + "?error=access_denied",
	}}.start(t) + "/authorize"
	if arrival := open(t, browser(useragent.Denies), address); arrival.Returned.Get("error") != "access_denied" {
		t.Errorf("who denies comes back with %v (%s)", arrival.Returned, arrival.Stuck)
	}
}

// A sign-in page that sends the password elsewhere gets none, on whatever way the
// page is recognized.
func TestPasswordStays(t *testing.T) {
	var heard []string
	collects := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		heard = append(heard, r.Form.Encode())
	}))
	t.Cleanup(collects.Close)
	elsewhere, _ := url.Parse(collects.URL)
	address := server{pages: map[string]string{
		"/both":   `<form method=post action="` + collects.URL + `/in"><input name=username><input type=password name=secret><button>Sign in</button></form>`,
		"/name":   `<form action="` + collects.URL + `/in"><input name=username><button>Next</button></form>`,
		"/step":   `<h1>Who</h1><form method=post action="` + collects.URL + `/in"><input name=a><input name=b><button>Go</button></form>`,
		"/leads":  "to " + collects.URL + "/page",
		"/mailto": `<form method=post action="mailto:in@example.com"><input name=username><input type=password name=secret><button>Sign in</button></form>`,
	}}.start(t)
	for path := range strings.FieldsSeq("/both /name /step /leads /mailto") {
		b := browser(useragent.Approves)
		b.Hosts = []string{elsewhere.Host} // It may be visited, and gets no password.
		b.Trusts = func(to *url.URL) bool { return strings.HasPrefix(address, to.Scheme+"://"+to.Host) }
		b.Steps = []useragent.Step{{Page: "Who", Fill: map[string]string{"a": "(username)", "b": "(password)"}, Press: "Go"}}
		arrival := open(t, b, address+path)
		if strings.Contains(strings.Join(heard, " "), "right") || strings.Contains(strings.Join(heard, " "), "demo") {
			t.Errorf("%s: sent %q", path, heard)
		}
		if path != "/leads" && !strings.Contains(arrival.Stuck, "resource_owner.hosts") {
			t.Errorf("%s: stuck is %q", path, arrival.Stuck)
		}
	}
}

// All cookies are in one field, and none of them is advised to go out of TLS.
func TestCookiesAndTLS(t *testing.T) {
	var fields []string
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/authorize":
			http.SetCookie(w, &http.Cookie{Name: "a", Value: "1"})
			http.SetCookie(w, &http.Cookie{Name: "b", Value: "2"})
			http.Redirect(w, r, "/next", http.StatusFound)
		default:
			fields = r.Header.Values("Cookie")
			http.Redirect(w, r, "http://127.0.0.1:8080/login", http.StatusFound)
		}
	}))
	t.Cleanup(server.Close)
	b := browser(useragent.Approves)
	b.Log.Client.Transport = server.Client().Transport
	arrival := open(t, b, server.URL+"/authorize")
	if len(fields) != 1 || fields[0] != "a=1; b=2" {
		t.Errorf("the cookies are sent as %q", fields)
	}
	if !strings.Contains(arrival.Stuck, "no TLS") || strings.Contains(arrival.Stuck, "resource_owner.hosts") {
		t.Errorf("it says %q", arrival.Stuck)
	}
}

// A person goes on from a page that only leads on, confirms on a second page, and
// follows the link back to the client.
func TestPagesInARow(t *testing.T) {
	address := server{
		pages: map[string]string{
			"/authorize": `<h1>Welcome</h1><form action=/consent><input type=hidden name=request value=1><button>Continue</button></form>`,
			"/consent":   `<h1>May it?</h1><form method=post action=/consent><button name=a value=no>Deny</button><button name=a value=yes>Allow</button></form>`,
			"/sure":      `<h1>Sure?</h1><form method=post action=/sure><button name=a value=no>Cancel</button><button name=a value=yes>Confirm</button></form>`,
			"/bye":       `<a href="` + callback + `?error=access_denied&amp;state=1">Back</a>`,
		},
		posts: map[string]func(*http.Request) string{
			"/consent": func(r *http.Request) string {
				if r.PostFormValue("a") == "no" {
					return "/bye"
				}
				return "/sure"
			},
			"/sure": func(r *http.Request) string { return callback + "?code=" + r.PostFormValue("a") },
		},
	}.start(t)
	for decision, want := range map[useragent.Decision]string{useragent.Approves: "code=yes", useragent.Denies: "error=access_denied&state=1", useragent.Undecided: ""} {
		b := browser(decision)
		if arrival := open(t, b, address+"/authorize"); arrival.Returned.Encode() != want || b.AsksToConsent(b.Shown) != (decision == useragent.Undecided) {
			t.Errorf("who %s comes back with %v (%s)", decision, arrival.Returned, arrival.Stuck)
		}
	}
}

// A page of another site gets no cookie along that is for its own site.
func TestCookiesOfOwnSite(t *testing.T) {
	var sent string
	listening := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent = r.Header.Get("Cookie")
		http.SetCookie(w, &http.Cookie{Name: "lax", Value: "1", SameSite: http.SameSiteLaxMode})
		http.SetCookie(w, &http.Cookie{Name: "none", Value: "2", SameSite: http.SameSiteNoneMode})
	}))
	t.Cleanup(listening.Close)
	b := browser(useragent.Approves)
	for _, test := range []struct {
		visit useragent.Visit
		want  string
	}{
		{useragent.Visit{}, ""},
		{useragent.Visit{Form: []byte("a=1")}, "lax=1; none=2"},
		{useragent.Visit{Form: []byte("a=1"), Foreign: true}, "none=2"},
		{useragent.Visit{Foreign: true}, "lax=1; none=2"},
	} {
		test.visit.Address = listening.URL
		if _, err := b.Open(t.Context(), test.visit, callback); err != nil || sent != test.want {
			t.Errorf("%+v sends the cookies %q, want %q (%v)", test.visit, sent, test.want, err)
		}
	}
}

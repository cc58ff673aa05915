package repro

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/http/httpguts"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/impl/printable"
)

// hostile are texts that a shell, curl, grep, sed or a terminal could obey.
var hostile = []string{
	"", "abcdef", "$(touch pwned)", "`touch pwned`", "'; touch pwned; '", `"; touch pwned; "`, "${PATH}", "$PATH$((1))", `\`, `'\''`, "''''''''", `"'"'"'"`,
	"'http:", "'http://as.example", "-K/etc/passwd", "-o pwned", "@/etc/passwd", "--", "line\ntouch pwned\n", "line\r\ntouch pwned", "trailing\n\n\n", "%s%n%d %%", `\012\\`,
	"\x1b]52;c;cHduZWQ=\x07", "\x9b31m", "\u009b31m", "\u202egnp.exe", "\u200b\u2028\u2029", "\xff\xfe\xc3(", "tab\tbell\a", "nul\x00nul", "PATH", "LD_PRELOAD", "http_proxy", "a.*[b]/c&d\\1",
	"ünï·cödé", "שלום", "👩\u200d👩\u200d👧", "with space", "a+b/c==", "%24%28touch%20pwned%29", "{\"a\":1}", "x=1&y=2", "access_token", "~root", "!!", "#comment", "*", "http://127.0.0.1:4019",
	"a!b !x ^a^b", "-rf", "-n", "-e \\n", "-", "a\\\nb", "$'\\x41'", `$"a"`, "a;touch pwned&", "a|touch pwned>x", "<(touch pwned)", "{a,b}", "EOF\ntouch pwned\nEOF", "\r", "\v\f\b", "\x7f\x01",
	"\xc0\x80", "\xe2\x80", "a\xff'$(touch pwned)'", "\u0085\u00ad\ufeff", "＄(touch pwned)", "’; touch pwned; ‘", "\x00$(touch pwned)", "\x00", "a\x00\n'", "%0a%27", "</pre><script>alert(1)</script>", "verdict=reproduced",
}

// made is a scenario in which a server answers with a name and a value, which are
// then sent in every place.
func made(name, value string, content, body []byte) Scenario {
	location := "https://app.example/callback?" + url.Values{name: {value}}.Encode()
	members, _ := json.Marshal(map[string]any{"nested": []any{map[string]any{name: value}}, "number": 1})
	answers := []*exchange.Exchange{
		{Status: http.StatusFound, Answer: http.Header{"Location": {location}}, Content: content},
		{Status: http.StatusOK, Answer: http.Header{"Content-Type": {"application/json"}}, Content: members},
	}
	for _, e := range answers {
		e.Request = exchange.Request{Endpoint: exchange.Authorization, Method: http.MethodGet, URL: "https://as.example/authorize"}
	}
	sent := func(method, address, media string, body []byte) *exchange.Exchange {
		header := http.Header{"X-Before": {""}}
		if media != "" {
			header.Set("Content-Type", media)
		}
		if httpguts.ValidHeaderFieldValue(value) && value == strings.TrimSpace(value) {
			header["Authorization"] = []string{"Bearer " + value}
		}
		return &exchange.Exchange{Request: exchange.Request{Endpoint: exchange.Endpoint(value), Method: method, URL: address, Header: header, Body: body}, Status: http.StatusOK, Answer: http.Header{}}
	}
	inJSON, _ := json.Marshal(map[string]any{name: value, "s": "x" + value + "y", "secret": aSecret})
	return Scenario{
		ID: name, Name: value, Verdict: value, Expected: []string{name, value}, Environment: map[string]string{"answer": aSecret},
		Derived: []exchange.Derived{{Name: name, Value: "dGVzdDo=", Command: "basic", Arguments: []string{value, name}}},
		Exchanges: append(answers,
			sent(http.MethodPost, "https://as.example/token?"+url.Values{name: {value}}.Encode(), "application/x-www-form-urlencoded", []byte(url.Values{"code": {value}, "more": {"a " + value}, "secret": {aSecret}}.Encode())),
			sent(http.MethodPut, "https://as.example/p/"+url.PathEscape(value), "application/json", inJSON),
			sent(http.MethodPost, "https://as.example/raw?"+value, "", append([]byte("@"+value), body...)),
			sent(http.MethodHead, "https://as.example/", "", nil),
		),
	}
}

// A shell gives curl exactly what was sent, whatever the answers are.
func checkExact(t *testing.T, s Scenario) {
	t.Helper()
	if slices.ContainsFunc(s.Derived, func(d exchange.Derived) bool { return slices.ContainsFunc(d.Arguments, hasNULText) }) {
		s.Derived = nil // No argument of a program holds NUL.
	}
	script := Script(s)
	if !strings.HasPrefix(script, "#!/bin/sh\n") || printable.Text(script) != script {
		t.Errorf("a person does not see all of the script:\n%q", script)
	}
	if strings.Contains(script, aSecret) || strings.Contains(script, url.QueryEscape(aSecret)) {
		t.Errorf("the script holds the secret of the environment:\n%s", script)
	}
	var answers []string
	var want []*exchange.Exchange
	for _, e := range s.Exchanges {
		if _, ok := asSent(e); ok {
			answers, want = append(answers, raw(e)), append(want, e)
		}
	}
	for _, shell := range shells() {
		done := perform(t, shell, script, answers)
		if done.err != nil || len(done.sent) != len(want) {
			t.Errorf("%s: %v after %d of %d requests\n%s\n%s", shell, done.err, len(done.sent), len(want), script, done.output)
			continue
		}
		for i, e := range want {
			request, _ := asSent(e)
			got := done.sent[i]
			if got.method != e.Method || got.address != request.URL.String() || string(got.body) != string(e.Body) || !sameHeader(got.header, e.Header) {
				t.Errorf("%s sent\n%q\nand not\n%q %q %q %q\n%s", shell, got, e.Method, request.URL, e.Header, e.Body, script)
			}
		}
	}
}

func hasNULText(text string) bool { return strings.Contains(text, "\x00") }

func sameHeader(got, want http.Header) bool {
	if len(got) != len(want) {
		return false
	}
	for name := range want {
		if !slices.Equal(got[name], want[name]) {
			return false
		}
	}
	return true
}

func TestScriptSendsWhatWasSent(t *testing.T) {
	for i, text := range hostile {
		t.Run(printable.Line(text), func(t *testing.T) {
			if testing.Short() && i%4 != 0 {
				t.Skip("make full has every text")
			}
			t.Parallel()
			checkExact(t, made(hostile[(i+7)%len(hostile)], text, []byte(text), []byte(strings.Repeat(text, 3))))
		})
	}
}

// What no argument holds is sent from a file.
func TestScriptSendsWhatNoArgumentHolds(t *testing.T) {
	checkExact(t, made("code", "the-fresh-code", nil, []byte("\x00\x01\n%s\\-'\"\xff\x00")))
	checkExact(t, made("code", "the-fresh-code", nil, []byte(strings.Repeat("long % \\ text\n", 20_000))))
}

func FuzzScript(f *testing.F) {
	for i, text := range hostile[:8] {
		f.Add(text, hostile[i+10], []byte(text), []byte(hostile[i+20]))
	}
	f.Fuzz(func(t *testing.T, name, value string, content, body []byte) {
		if len(name)+len(value)+len(content)+len(body) > 4<<10 {
			return
		}
		checkExact(t, made(name, value, content, body))
	})
}

// Fresh answers may be others than those of the examination: they are values where
// the ones before them were, encoded once, and lead to no other host.
func TestScriptWithOtherAnswers(t *testing.T) {
	const code, endpoint = "the-code-of-the-run", "https://as.example/token"
	answered := func(code, endpoint string) *exchange.Exchange {
		content, _ := json.Marshal(map[string]string{"code": code, "endpoint": endpoint})
		return &exchange.Exchange{Request: exchange.Request{Endpoint: exchange.Metadata, Method: http.MethodGet, URL: "https://as.example/start"}, Status: http.StatusOK, Answer: http.Header{}, Content: content}
	}
	request := &exchange.Exchange{Request: exchange.Request{Endpoint: exchange.Token, Method: http.MethodPost, URL: endpoint, Body: []byte("grant_type=x&code=" + code + "&from=" + url.QueryEscape(endpoint) + "&secret=" + url.QueryEscape(aSecret)),
		Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "X-Code": {code}}}, Status: http.StatusOK, Answer: http.Header{}}
	script := Script(Scenario{Exchanges: []*exchange.Exchange{answered(code, endpoint), request}, Environment: map[string]string{"A_SECRET": aSecret}})
	for _, fresh := range hostile {
		t.Run(printable.Line(fresh), func(t *testing.T) {
			t.Parallel()
			for _, shell := range shells() {
				done := perform(t, shell, script, []string{raw(answered(fresh, "file:///etc/passwd")), raw(request)})
				if !isTaken(fresh) {
					if done.err == nil || len(done.sent) != 1 {
						t.Errorf("%s: goes on with the value %q: %q", shell, fresh, done.sent)
					}
					continue
				}
				fresh := string([]rune(fresh)) // JSON has no other text than valid UTF-8.
				want := url.Values{"grant_type": {"x"}, "code": {fresh}, "from": {"file:///etc/passwd"}, "secret": {aSecret}}
				if done.err != nil || len(done.sent) != 2 {
					t.Fatalf("%s: %v\n%s\n%s", shell, done.err, script, done.output)
				}
				got, err := url.ParseQuery(string(done.sent[1].body))
				if err != nil || got.Encode() != want.Encode() || done.sent[1].address != endpoint || done.sent[1].header.Get("X-Code") != fresh {
					t.Errorf("%s sent %q to %s, want %q", shell, done.sent[1].body, done.sent[1].address, want.Encode())
				}
			}
		})
	}
}

// A request that got no answer gets none again, and the script goes on.
func TestScriptGoesOnWithoutAnAnswer(t *testing.T) {
	lost := &exchange.Exchange{Request: exchange.Request{Method: http.MethodGet, URL: "https://as.example/lost"}, Problem: errors.New("lost")}
	next := &exchange.Exchange{Request: exchange.Request{Method: http.MethodGet, URL: "https://as.example/next"}, Status: http.StatusOK, Answer: http.Header{}}
	never := &exchange.Exchange{Request: exchange.Request{Method: "NO METHOD\n$(touch pwned)", URL: "https://as.example/\x00"}, Problem: errors.New("impossible")}
	script := Script(Scenario{Exchanges: []*exchange.Exchange{never, lost, next}})
	for _, shell := range shells() {
		done := perform(t, shell, script, []string{"", raw(next)})
		if done.err != nil || len(done.sent) != 2 {
			t.Errorf("%s: %v after %q\n%s", shell, done.err, done.sent, done.output)
		}
	}
}

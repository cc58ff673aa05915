package exchange_test

import (
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/grantproof/grantproof/harness/exchange"
)

type answering func(*http.Request) (*http.Response, error)

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) { return a(r) }

// logOf is a log whose requests are all answered with a status and a body.
func logOf(status int, body io.Reader) *exchange.Log {
	return &exchange.Log{Client: &http.Client{Transport: answering(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(body), Request: r}, nil
	})}}
}

func send(t *testing.T, log *exchange.Log) *exchange.Exchange {
	t.Helper()
	e, _ := log.Send(t.Context(), exchange.Request{Endpoint: exchange.Token, Method: http.MethodPost, URL: "https://as.example/token", Body: []byte("code=a-code-of-a-scenario")})
	return e
}

// A secret is shortened in every text, whatever stands around it and however it is
// encoded, and what is no secret stays.
func TestRedact(t *testing.T) {
	log := &exchange.Log{}
	for _, secret := range []string{"a secret+1", "a secret+1 that is longer", "short"} {
		log.Secret(secret)
	}
	for text, want := range map[string]string{
		"":                                    "",
		"a secret+1":                          "a se…",
		"xa secret+1x":                        "xa se…x",
		"a secret+1 a secret+1":               "a se… a se…",
		"a secret+1 that is longer":           "a se…",
		"a=a+secret%2B1&b":                    "a=a+se…&b",
		"a+secret%2B1+that+is+longer":         "a+se…",
		"A secret+1":                          "A secret+1",
		"a secret-1":                          "a secret-1",
		"a secret+":                           "a secret+",
		"short":                               "short",
		"a secret+1 that is longe":            "a se… that is longe",
		"before a secret+1 that is longer, …": "before a se…, …",
	} {
		if got := log.Redact(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

// Credentials are encoded as a client encodes them, and kept secret.
func TestBasicCredentials(t *testing.T) {
	for credentials, want := range map[[2]string]string{
		{"client", "secret"}: "client:secret", {"a:b", "c d"}: "a%3Ab:c+d", {"ä", "%"}: "%C3%A4:%25", {"", ""}: ":",
	} {
		log := &exchange.Log{}
		encoded, isBasic := strings.CutPrefix(log.BasicCredentials(credentials[0], credentials[1]), "Basic ")
		plain, err := base64.StdEncoding.DecodeString(encoded)
		if !isBasic || err != nil || string(plain) != want {
			t.Errorf("%q are sent as %q", credentials, plain)
		}
		if len(encoded) >= 8 && log.Redact(encoded) == encoded {
			t.Errorf("%q are shown", encoded)
		}
		if made := log.Derivations(); len(made) != 1 || made[0].Value != encoded || made[0].Command != "basic" {
			t.Errorf("they are derived as %+v", made)
		}
	}
}

// What a server leaks is found in its answer, in each form.
func TestLeaks(t *testing.T) {
	for name, test := range map[string]struct {
		body             string
		planted, secrets bool
	}{
		"nothing":            {"a harmless text", false, false},
		"a planted secret":   {"x a planted/secret x", true, true},
		"encoded":            {"x=a+planted%2Fsecret", true, true},
		"a known one":        {"a known secret", false, true},
		"in other letters":   {"A Planted/Secret", false, false},
		"without an end":     {"a planted/secre", false, false},
		"in pieces":          {"a planted/\nsecret", false, false},
		"a secret too short": {"brief", false, false},
	} {
		log := logOf(200, strings.NewReader(test.body))
		log.Plant("a planted/secret")
		log.Secret("a known secret")
		log.Plant("brief")
		e := send(t, log)
		if e.LeaksPlanted() != test.planted || e.LeaksSecret() != test.secrets {
			t.Errorf("%s: it leaks a planted secret: %v, a secret: %v", name, e.LeaksPlanted(), e.LeaksSecret())
		}
		if logged := log.Logged([]string{"x", test.body}); logged.LeaksSecret() != test.secrets {
			t.Errorf("%s: a log leaks: %v", name, logged.LeaksSecret())
		}
	}
}

// failing gives some bytes, and then an error.
func failing(bytes string) io.Reader {
	return io.MultiReader(strings.NewReader(bytes), readerFunc(func([]byte) (int, error) { return 0, errors.New("cut") }))
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// An answer is read up to a bound; one that breaks off is none, unless it refuses
// a request that is too long.
func TestSend(t *testing.T) {
	for name, test := range map[string]struct {
		status  int
		body    io.Reader
		read    int
		problem bool
	}{
		"an answer":             {200, strings.NewReader("abc"), 3, false},
		"no content":            {204, strings.NewReader(""), 0, false},
		"one without end":       {200, readerFunc(func(p []byte) (int, error) { return len(p), nil }), exchange.MaxContent, false},
		"one that breaks off":   {200, failing("abc"), 3, true},
		"a refusal that does":   {413, failing("abc"), 3, false},
		"an error that does":    {400, failing("abc"), 3, true},
		"a refusal of the line": {414, failing(""), 0, false},
	} {
		log := logOf(test.status, test.body)
		log.Begin(exchange.Action)
		e := send(t, log)
		if len(e.Content) != test.read || (e.Problem != nil) != test.problem || e.Status != test.status || e.Purpose != exchange.Action {
			t.Errorf("%s: %d bytes of status %d, %v", name, len(e.Content), e.Status, e.Problem)
		}
		if len(log.All()) != 1 || (log.Received(e) == "") != (test.read == 0 && !test.problem) {
			t.Errorf("%s: the log has %d exchanges, and shows %q", name, len(log.All()), log.Received(e))
		}
	}
	if e := send(t, &exchange.Log{Client: &http.Client{Transport: answering(func(*http.Request) (*http.Response, error) { return nil, errors.New("refused") })}}); e.Problem == nil || e.Status != 0 {
		t.Errorf("without a server the status is %d, %v", e.Status, e.Problem)
	}
}

// What arranges a fixture is no part of what is examined, and a control is told
// from what it controls.
func TestLog(t *testing.T) {
	log, control := logOf(200, strings.NewReader("")), logOf(200, strings.NewReader(""))
	request, _ := http.NewRequest(http.MethodPost, "http://127.0.0.1:1/realms", strings.NewReader("{}"))
	if _, err := log.Do(request); err != nil {
		t.Fatal(err)
	}
	send(t, log)
	control.Secret("a-code-of-a-scenario")
	send(t, control)
	log.Adopt(control)
	all := log.All()
	if len(log.Everything()) != 3 || len(all) != 2 || all[1].Purpose != exchange.Control || control.All()[0].Purpose == exchange.Control {
		t.Errorf("%d exchanges, %d of them examined", len(log.Everything()), len(all))
	}
	if sent := log.Sent(all[1]); strings.Contains(sent, "a-code-of") || !strings.Contains(sent, "a-co…") {
		t.Errorf("the secret of a control is shown: %s", sent)
	}
}

// What is shown of an answer is text, and not without end.
func TestShown(t *testing.T) {
	log := logOf(200, strings.NewReader(strings.Repeat("x", 20_000)+"\xff"))
	e := send(t, log)
	if text := log.Received(e); len(text) > 9_000 || !strings.HasSuffix(text, "…") {
		t.Errorf("%d bytes are shown", len(text))
	}
	log = logOf(200, strings.NewReader("a\xffb"))
	if text := log.Received(send(t, log)); !utf8.ValidString(text) || !strings.Contains(text, "a?b") {
		t.Errorf("%q is shown", text)
	}
}

// A cookie gives a token away unless the browser keeps it to TLS.
func TestCookieHoldsToken(t *testing.T) {
	for cookie, want := range map[string]bool{
		"t=a-long-token": true, "t=a-long-token; HttpOnly": true, "t=a-long-token; Secure": false, "t=a-long-token;SECURE": false, "t=a-long-token; secure=": false,
		"t=a-long-token; Path=/secure": true, "t=a-long-token; InSecure": true, "secure=a-long-token": true, "t=xa-long-tokenx": true, "t=a-long-toke": false, "t=A-LONG-TOKEN": false, "": false,
	} {
		log := logOf(200, strings.NewReader(`{"access_token":"a-long-token","refresh_token":"brief"}`))
		e := send(t, log)
		e.Answer = http.Header{"Set-Cookie": {cookie}}
		if e.CookieHoldsToken() != want {
			t.Errorf("%q holds a token: %v", cookie, !want)
		}
	}
}

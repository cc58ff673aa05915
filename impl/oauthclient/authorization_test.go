package oauthclient_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl/oauthclient"
)

// The four rows of the table, and spellings that only a normalization would
// take for the same
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#authorization-response-validation).
func TestIssuerOfTheResponse(t *testing.T) {
	same := func(issuer string) string { return issuer }
	gone := func(string) string { return "" }
	for name, test := range map[string]struct {
		advertised any
		iss        func(issuer string) string
		refused    bool
	}{
		"advertised, the same":       {true, same, false},
		"advertised, absent":         {true, gone, true},
		"advertised, another":        {true, func(string) string { return "https://evil.example" }, true},
		"not advertised, the same":   {nil, same, false},
		"not advertised, absent":     {nil, gone, false},
		"not advertised, another":    {nil, func(string) string { return "https://evil.example" }, true},
		"said to be without, absent": {false, gone, false},
		"a trailing slash":           {true, func(issuer string) string { return issuer + "/" }, true},
		"capitals":                   {true, func(issuer string) string { return strings.Replace(issuer, "http", "HTTP", 1) }, true},
		"another port":               {true, func(issuer string) string { return issuer[:strings.LastIndex(issuer, ":")] }, true},
		"percent encoded":            {true, func(issuer string) string { return strings.Replace(issuer, "127", "%3127", 1) }, true},
		"another, unasked":           {false, func(issuer string) string { return issuer + "/" }, true},
	} {
		for _, answer := range []string{"code", "error"} {
			t.Run(name+" with "+answer, func(t *testing.T) {
				s := newSystem(t)
				s.metadata = object{"authorization_response_iss_parameter_supported": test.advertised}
				s.returned.Set("iss", test.iss(s.AS.URL))
				if answer == "error" {
					s.returned.Set("code", "")
					s.returned.Set("error", "shown-error")
					s.returned.Set("error_description", "shown-description")
				}
				s.judgeAnswer(t, test.refused, answer == "error")
			})
		}
	}
}

func (s *system) judgeAnswer(t *testing.T, refused, isError bool) {
	t.Helper()
	h := newHandler(t, s.handlerConfig())
	if !refused && !isError {
		mustCall(t, h, s)
		return
	}
	failed := mustFail(t, h, s)
	if failed.Step != oauthclient.StepAuthorization || len(s.requests) != 0 {
		t.Errorf("got %v after %d token requests", failed, len(s.requests))
	}
	if shown := strings.Contains(failed.Error()+failed.Code+s.log.String(), "shown-"); shown == refused {
		t.Errorf("the error of the response is shown: %v, in %v", shown, failed)
	}
}

// An answer with the right state that says too much, or too little, ends the wait.
func TestAmbiguousResponse(t *testing.T) {
	for name, change := range map[string]func(answer url.Values){
		"no code":  func(answer url.Values) { answer.Del("code") },
		"two code": func(answer url.Values) { answer.Add("code", "other") },
		"two iss":  func(answer url.Values) { answer.Add("iss", "other") },
	} {
		t.Run(name, func(t *testing.T) {
			s := newSystem(t)
			config := s.handlerConfig()
			config.Browser = func(ctx context.Context, address string) error {
				answer := s.answerTo(address)
				change(answer)
				return visit(ctx, query(address).Get("redirect_uri")+"?"+answer.Encode())
			}
			if failed := mustFail(t, newHandler(t, config), s); failed.Step != oauthclient.StepAuthorization || len(s.requests) != 0 {
				t.Errorf("got %v after %d token requests", failed, len(s.requests))
			}
		})
	}
}

// answerTo is the right answer to an authorization request.
func (s *system) answerTo(address string) url.Values {
	return url.Values{"state": {query(address).Get("state")}, "code": {"code-" + canary}, "iss": {s.AS.URL}}
}

func query(address string) url.Values {
	u, _ := url.Parse(address)
	return u.Query()
}

func TestErrorOfTheAuthorizationServer(t *testing.T) {
	s := newSystem(t)
	s.returned = url.Values{"error": {"access_denied"}, "error_description": {"she\x1b said\nno"}, "code": {""}}
	failed := mustFail(t, newHandler(t, s.handlerConfig()), s)
	wants(t, failed, oauthclient.StepAuthorization, `access_denied (she\u001b said\nno); authorize anew, and agree`)
	if failed.Code != "access_denied" {
		t.Errorf("the code is %q", failed.Code)
	}
}

func TestOpenBrowser(t *testing.T) {
	t.Setenv("PATH", "")
	const noURL, noCharacters = "no https URL", "characters that no URL has"
	for address, says := range map[string]string{
		"javascript:alert(1)": noURL, "file:///etc/passwd": noURL, "-x": noURL, "data:text/html,x": noURL, "vbscript:x": noURL, "": noURL, "https:as.example": noURL,
		"https://": noURL, "https://:443/": noURL, "http://as.example/": noURL, "--https://as.example/": noURL, " https://as.example/": noURL, "//as.example/": noURL,
		"https://as.example/\x00": noURL, "https://as.example/\n--version": noURL, "https://good.example@as.example/": "it has a user",
		"https://as.example/?a b": noCharacters, "https://as.example/?`id`": noCharacters, "https://as.example/?\"": noCharacters, "https://as.example/|x": noCharacters,
		"https://as.example/?\\": noCharacters, "https://as.example/\u202e": noCharacters,
		"https://as.example/": "no browser was found", "http://127.0.0.1:4000/a?b=c%20d&e=f": "no browser was found", "HTTPS://AS.example": "no browser was found",
		"http://localhost:4000/": "no browser was found", "http://[::1]:4000/": "no browser was found",
	} {
		if err := oauthclient.OpenBrowser(t.Context(), address); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", address, err, says)
		}
	}
}

package oauthclient_test

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
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

func TestStateOfTheResponse(t *testing.T) {
	for name, change := range map[string]func(answer url.Values){
		"another":  func(answer url.Values) { answer.Set("state", "x") },
		"absent":   func(answer url.Values) { answer.Del("state") },
		"empty":    func(answer url.Values) { answer.Set("state", "") },
		"twice":    func(answer url.Values) { answer.Add("state", answer.Get("state")) },
		"no code":  func(answer url.Values) { answer.Del("code") },
		"two code": func(answer url.Values) { answer.Add("code", "other") },
		"two iss":  func(answer url.Values) { answer.Add("iss", "other") },
	} {
		t.Run(name, func(t *testing.T) {
			s := newSystem(t)
			config := s.handlerConfig()
			config.Browser = func(ctx context.Context, address string) error {
				asked := query(address)
				answer := url.Values{"state": {asked.Get("state")}, "code": {"code-" + canary}, "iss": {s.AS.URL}}
				change(answer)
				return visit(ctx, asked.Get("redirect_uri")+"?"+answer.Encode())
			}
			if failed := mustFail(t, newHandler(t, config), s); failed.Step != oauthclient.StepAuthorization || len(s.requests) != 0 {
				t.Errorf("got %v after %d token requests", failed, len(s.requests))
			}
		})
	}
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

// The listener is on this machine alone, at a new port each time; it looks at one
// answer, and is gone after it.
func TestCallback(t *testing.T) {
	s := newSystem(t)
	config := s.handlerConfig()
	var statuses []int
	var uris []string
	done := make(chan struct{})
	config.Browser = func(_ context.Context, address string) error {
		defer close(done)
		asked := query(address)
		uri := asked.Get("redirect_uri")
		uris = append(uris, uri)
		right := "?" + url.Values{"state": {asked.Get("state")}, "code": {"code-" + canary}, "iss": {s.AS.URL}}.Encode()
		get := func(address string) {
			response, err := http.Get(address)
			if err != nil {
				statuses = append(statuses, 0)
				return
			}
			defer response.Body.Close()
			statuses = append(statuses, response.StatusCode)
			if response.Header.Get("Cache-Control") != "no-store" || response.Header.Get("Referrer-Policy") != "no-referrer" {
				t.Errorf("%s is answered with %v", address, response.Header)
			}
		}
		s.change(func() { s.authorizations = append(s.authorizations, asked) })
		get(strings.Replace(uri, "/callback", "/favicon.ico", 1))
		get(uri) // Nothing is in it.
		get(uri + right)
		response, err := http.Get(uri + right)
		if err == nil {
			defer response.Body.Close()
			page, _ := io.ReadAll(response.Body)
			if response.StatusCode != http.StatusGone || !strings.Contains(string(page), "has arrived") {
				t.Errorf("the second answer is taken with status %d and %q", response.StatusCode, page)
			}
		}
		return nil
	}
	h := newHandler(t, config)
	mustCall(t, h, s)
	<-done
	if !slices.Equal(statuses, []int{404, 404, 200}) {
		t.Errorf("the callback answers with %v", statuses)
	}
	if u, _ := url.Parse(uris[0]); u.Hostname() != "127.0.0.1" || u.Port() == "" || u.Path != "/callback" {
		t.Errorf("the redirect URI is %s", uris[0])
	}
	if _, err := http.Get(uris[0]); err == nil {
		t.Error("it still listens")
	}
}

func TestOpenBrowser(t *testing.T) {
	t.Setenv("PATH", "")
	for address, says := range map[string]string{
		"javascript:alert(1)": "no http or https URL", "file:///etc/passwd": "no http or https URL", "-x": "no http or https URL",
		"data:text/html,x": "no http or https URL", "vbscript:x": "no http or https URL", "https://as.example/": "no browser was found",
	} {
		if err := oauthclient.OpenBrowser(t.Context(), address); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

package exchange

import (
	"net/http"
	"testing"
)

// A redirect is by Location or by a refresh; it may stay on the server.
func TestRedirect(t *testing.T) {
	page := func(content string) *Exchange {
		return &Exchange{Request: Request{URL: "https://as.example/authorize"}, Status: 200, Answer: http.Header{"Content-Type": {"text/html"}}, Content: []byte(content)}
	}
	located := func(status int, location string) *Exchange {
		return &Exchange{Request: Request{URL: "https://as.example/authorize"}, Status: status, Answer: http.Header{"Location": {location}}}
	}
	for _, test := range []struct {
		answer *Exchange
		to     string
		leaves bool
	}{
		{located(302, "https://client.example/cb?code=1"), "https://client.example/cb?code=1", true},
		{located(303, "/error?error=x"), "/error?error=x", false},
		{located(303, "com.example.app:/cb?code=1"), "com.example.app:/cb?code=1", true},
		{located(201, "https://client.example/"), "", false},
		{page(`<meta http-equiv="Refresh" content="0; URL='https://client.example/?a=1&amp;b=2'">`), "https://client.example/?a=1&b=2", true},
		{page(`<meta http-equiv=refresh content="300">`), "", false},
		{page(`<p>nothing</p>`), "", false},
	} {
		if to := test.answer.Redirect(); to != test.to || test.answer.LeavesServer() != test.leaves {
			t.Errorf("it leads to %q, want %q; leaves: %t", to, test.to, test.answer.LeavesServer())
		}
	}
}

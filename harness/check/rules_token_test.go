package check

import (
	"net/http"
	"testing"

	"github.com/grantproof/grantproof/harness/exchange"
)

// A token comes in JSON, its texts as strings and its lifetime as a number.
func TestTokensAreJSON(t *testing.T) {
	for name, test := range map[string]struct {
		media, body   string
		applies, fits bool
	}{
		"sound":                     {"application/json", `{"access_token":"a","token_type":"Bearer","expires_in":60,"scope":"read"}`, true, true},
		"without a lifetime":        {"application/json", `{"access_token":"a","token_type":"Bearer"}`, true, true},
		"a form":                    {"application/x-www-form-urlencoded", `access_token=a&token_type=bearer`, true, false},
		"HTML":                      {"text/html", `{"access_token":"a","token_type":"Bearer"}`, true, false},
		"a lifetime in quotes":      {"application/json", `{"access_token":"a","token_type":"Bearer","expires_in":"60"}`, true, false},
		"a list of scopes":          {"application/json", `{"access_token":"a","token_type":"Bearer","scope":["read"]}`, true, false},
		"a refresh token of null":   {"application/json", `{"access_token":"a","token_type":"Bearer","refresh_token":null}`, true, true},
		"an error":                  {"application/json", `{"error":"invalid_grant"}`, false, false},
		"a page about access_token": {"text/html", `<p>No access_token for you.</p>`, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			e := &exchange.Exchange{Request: exchange.Request{Endpoint: exchange.Token}, Status: http.StatusOK, Answer: http.Header{"Content-Type": {test.media}}, Content: []byte(test.body)}
			if carriesToken(e) != test.applies {
				t.Fatalf("carries a token: %v", !test.applies)
			}
			if err := isTokenJSON(e); test.applies && (err == nil) != test.fits {
				t.Errorf("fits: %v", err)
			}
		})
	}
}

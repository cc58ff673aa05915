package authserver

import (
	"encoding/json"
	"testing"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/token"
)

// The aud of an introspection response is a string or a list of strings (RFC 7662
// section 2.2): several audiences are not one that has spaces.
func TestIntrospectedAudience(t *testing.T) {
	for want, audience := range map[string][]string{
		`{"active":true,"aud":"https://api.example"}`:                         {"https://api.example"},
		`{"active":true,"aud":["https://api.example","https://mcp.example"]}`: {"https://api.example", "https://mcp.example"},
		`{"active":true}`: nil,
	} {
		got, err := json.Marshal(oauth.IntrospectionResponse{Active: true, Aud: audienceOf(token.Access{Audience: audience})})
		if err != nil || string(got) != want {
			t.Errorf("got %s (%v), want %s", got, err, want)
		}
	}
}

package clientmetadata

import (
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
)

// sound is a client without a flaw.
func sound() store.Client {
	return store.Client{ID: "c", AuthMethod: "none", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{"https://app.example/cb"},
		ClientMetadata: store.ClientMetadata{ApplicationType: "web", Name: strings.Repeat("ü", MaxText), URI: "https://app.example/",
			Localized: map[string]string{"client_name#de": "Ä", "policy_uri#de": "https://app.example/de"}}}
}

// A flaw names the member that has it.
func TestJudge(t *testing.T) {
	if wrong := Judge.Sound(rule.Replaced{}, sound()); wrong != nil {
		t.Fatalf("a sound client: %v", wrong)
	}
	long := strings.Repeat("a", MaxURI+1)
	for member, change := range map[string]func(*store.Client){
		"application_type":           func(c *store.Client) { c.ApplicationType = "" },
		"redirect_uris":              func(c *store.Client) { c.RedirectURIs = append(c.RedirectURIs, "javascript:alert(1)") },
		"client_name":                func(c *store.Client) { c.Name += "ü" },
		"client_name#de":             func(c *store.Client) { c.Localized["client_name#de"] = long },
		"policy_uri#de":              func(c *store.Client) { c.Localized["policy_uri#de"] = "https://another.example/" },
		"logo_uri":                   func(c *store.Client) { c.LogoURI = "data:image/png;base64,x" },
		"tos_uri":                    func(c *store.Client) { c.TermsURI = "https://app.example.attacker.example/" },
		"contacts":                   func(c *store.Client) { c.Contacts = make([]string, MaxList+1) },
		"grant_types":                func(c *store.Client) { c.GrantTypes = []string{long} },
		"software_id":                func(c *store.Client) { c.SoftwareID = long },
		"software_statement":         func(c *store.Client) { c.SoftwareStatement = strings.Repeat("a", MaxStatement+1) },
		"scope":                      func(c *store.Client) { c.Scope = []string{long} },
		"jwks":                       func(c *store.Client) { c.JWKS = []byte(`[]`) },
		"jwks_uri":                   func(c *store.Client) { c.JWKSURI = "file:///keys" },
		"jwks and jwks_uri":          func(c *store.Client) { c.JWKS, c.JWKSURI = []byte(`{"keys":[]}`), "https://app.example/keys" },
		"jwks or jwks_uri":           func(c *store.Client) { c.AuthMethod = "private_key_jwt" },
		"token_endpoint_auth_method": func(c *store.Client) { c.AuthMethod = long },
	} {
		client := sound()
		change(&client)
		if wrong := Judge.Sound(rule.Replaced{}, client); wrong == nil || wrong.Member != member {
			t.Errorf("%s: %v", member, wrong)
		}
	}
}

// A metadata document is written for all servers: what it names elsewhere is not
// shown, and refuses nobody.
func TestPagesOfDocument(t *testing.T) {
	client := sound()
	client.ID, client.TermsURI = "https://app.example/client.json", "https://legal.example/terms"
	if wrong := Judge.Sound(rule.Replaced{}, client); wrong != nil {
		t.Error(wrong)
	}
	client.TermsURI = "javascript:alert(1)"
	if Judge.Sound(rule.Replaced{}, client) == nil {
		t.Error("its terms are a script")
	}
}

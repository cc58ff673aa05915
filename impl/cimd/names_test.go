package cimd

import "testing"

// A document describes its client by the exact names of members, each once (RFC 7591
// section 4.1.1, https://www.rfc-editor.org/rfc/rfc7591#section-4.1.1: "This name is case
// sensitive"; RFC 8259 section 4, https://www.rfc-editor.org/rfc/rfc8259#section-4).
func TestNamesOfADocument(t *testing.T) {
	const sound = `"client_id":"https://a.example/c","client_name":"A","redirect_uris":["https://a.example/cb"]`
	for more, accepted := range map[string]bool{
		``: true, `,"unknown":1`: true,
		`,"Redirect_URIs":["https://evil.example/cb"]`: true, `,"CLIENT_NAME":"B"`: true, `,"client_\u0073ecret":"x"`: false, `,"Client_Secret":"x"`: true,
		`,"redirect_uris":["https://evil.example/cb"]`: false, `,"unknown":1,"unknown":2`: false, `,"jwks":{"keys":[],"keys":[]}`: false,
	} {
		client, refused := Document.Sound(Rules{}, []byte(`{`+sound+more+`}`), "https://a.example/c")
		if (refused == nil) != accepted {
			t.Errorf("%s: %v, want it accepted: %v", more, refused, accepted)
		}
		if refused == nil && (len(client.RedirectURIs) != 1 || client.RedirectURIs[0] != "https://a.example/cb" || client.Name != "A") {
			t.Errorf("%s describes %+v", more, client)
		}
	}
}

package cimd

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/clientmetadata"
	"github.com/grantproof/grantproof/impl/printable"
	"github.com/grantproof/grantproof/impl/redirecturi"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/strictjson"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// document is what a client says of itself (RFC 7591 section 2,
// https://www.rfc-editor.org/rfc/rfc7591#section-2).
type document struct {
	ClientID     string          `json:"client_id"`
	ClientName   string          `json:"client_name"`
	ClientURI    string          `json:"client_uri"`
	LogoURI      string          `json:"logo_uri"`
	TermsURI     string          `json:"tos_uri"`
	PolicyURI    string          `json:"policy_uri"`
	RedirectURIs []string        `json:"redirect_uris"`
	GrantTypes   []string        `json:"grant_types"`
	AuthMethod   string          `json:"token_endpoint_auth_method"`
	Scope        string          `json:"scope"`
	JWKS         json.RawMessage `json:"jwks"`
	JWKSURI      string          `json:"jwks_uri"`
	Type         string          `json:"application_type"`
	Secret       json.RawMessage `json:"client_secret"`
	SecretEnds   json.RawMessage `json:"client_secret_expires_at"`
}

// Document judges a document and returns the client that it describes (section 4.1).
var Document = rule.New(func(in rule.Place, body []byte, clientID string) (store.Client, *wire.Error) {
	var d document
	if err := strictjson.Unmarshal(body, &d); err != nil {
		return store.Client{}, refused("the document about the application is not a JSON object of client metadata")
	}
	if refused := d.judge(clientID); refused != nil {
		return store.Client{}, refused
	}
	scope, ok := token.ParseScope(d.Scope)
	if !ok {
		return store.Client{}, refused("the scope in the document is not a list of scope tokens")
	}
	grantTypes := d.GrantTypes
	if grantTypes == nil {
		grantTypes = []string{"authorization_code"}
	}
	// Such a client has no secret, and uses no grant that needs one.
	grantTypes = slices.DeleteFunc(slices.Clone(grantTypes), func(name string) bool {
		return name != "authorization_code" && name != "refresh_token"
	})
	client := store.Client{
		ID: clientID, SelfRegistered: true, AuthMethod: cmp.Or(d.AuthMethod, "none"), GrantTypes: grantTypes, RedirectURIs: d.RedirectURIs, Scope: scope,
		JWKS: d.JWKS, JWKSURI: d.JWKSURI, ClientMetadata: store.ClientMetadata{
			Name: d.ClientName, URI: d.ClientURI, LogoURI: d.LogoURI, TermsURI: d.TermsURI, PolicyURI: d.PolicyURI,
			ApplicationType: cmp.Or(d.Type, redirecturi.ApplicationType(d.RedirectURIs)),
		},
	}
	// A document is held to the rules of a registration, whose metadata it has
	// (section 4.1).
	if flaw := clientmetadata.Judge.In(in)(in, client); flaw != nil {
		return store.Client{}, refused("in the document about the application, " + flaw.Error())
	}
	return client, nil
})

func (d document) judge(clientID string) *wire.Error {
	switch {
	// The document speaks for its own URL, character by character (section 4.1).
	case d.ClientID != clientID:
		return refused("the document at the client_id is about another client_id")
	case d.ClientName == "":
		return refused("the document about the application has no client_name")
	case !printable.IsName(d.ClientName):
		return refused("the client_name in the document has characters that nobody sees, such as control characters; publish a name that is shown as it is")
	case len(d.RedirectURIs) == 0:
		return refused("the document about the application has no redirect_uris")
	// A secret that anybody can read is none (section 4.1).
	case d.Secret != nil || d.SecretEnds != nil:
		return refused("a public document cannot hold a client_secret")
	case strings.HasPrefix(d.AuthMethod, "client_secret_"):
		return refused("a client with a public document cannot authenticate with a shared secret")
	case d.AuthMethod != "" && d.AuthMethod != "none" && d.AuthMethod != privateKeyJWT:
		return refused("this server does not support the token_endpoint_auth_method of the document")
	}
	return nil
}

const privateKeyJWT = "private_key_jwt"

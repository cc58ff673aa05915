package oauthclient

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/strictjson"
)

// Document is the client ID metadata document of the client, to be published at
// its MetadataURL as application/json. It is made of the Registration, which
// needs a ClientName, and the public key of a Key in its Jwks or at its JwksURI
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization/client-registration#client-id-metadata-documents).
func (c HandlerConfig) Document() ([]byte, error) {
	c = c.withDefaults()
	switch {
	case !isDocumentURL(c.MetadataURL):
		return nil, fmt.Errorf("the client metadata document %q is at no https URL with a path: publish it at one", quotable(c.MetadataURL, nil))
	case c.Registration == nil || text(c.Registration.ClientName) == "":
		return nil, errors.New("the client has no name for people to know it by: give a ClientName in the Registration")
	case c.Key != nil && c.Registration.Jwks == nil && c.Registration.JwksURI == nil:
		return nil, errors.New("the client authenticates by a key of which nobody knows the public part: give it in the Registration, as Jwks or by a JwksURI")
	}
	metadata := described(*c.Registration, c.RedirectURI)
	if metadata.GrantTypes == nil {
		metadata.GrantTypes = &[]string{GrantAuthorizationCode, grantRefreshToken}
	}
	// Whatever is published, nobody can keep a secret in it.
	metadata.TokenEndpointAuthMethod = new(methodNone)
	if c.Key != nil {
		metadata.TokenEndpointAuthMethod = new(methodPrivateKeyJWT)
	}
	return withID(metadata, c.MetadataURL)
}

func withID(metadata oauth.ClientMetadata, clientID string) ([]byte, error) {
	members := map[string]any{}
	content, err := json.Marshal(metadata)
	if err != nil {
		return nil, err
	}
	if err := strictjson.Unmarshal(content, &members); err != nil {
		return nil, err
	}
	delete(members, "client_secret")
	delete(members, "client_secret_expires_at")
	members["client_id"] = clientID
	return json.MarshalIndent(members, "", "  ")
}

// DocumentHandler serves the client ID metadata document, for those who publish
// it by a server of their own, at the path of the MetadataURL.
func (c HandlerConfig) DocumentHandler() (http.Handler, error) {
	document, err := c.Document()
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "the client metadata document is read by GET", http.StatusMethodNotAllowed)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "max-age=3600")
		_, _ = w.Write(document)
	}), nil
}

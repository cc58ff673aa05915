package clientmetadata

import (
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// judgeKeys: the keys of a client are in its metadata or at a URL, never both
// (RFC 7591 section 2, https://www.rfc-editor.org/rfc/rfc7591#section-2).
func judgeKeys(client store.Client) *Flaw {
	if client.JWKS != nil {
		if _, err := token.ParseKeySet(client.JWKS); err != nil {
			return flaw("jwks", "%s", err)
		}
	}
	switch {
	case client.JWKS != nil && client.JWKSURI != "":
		return flaw("jwks and jwks_uri", "give one of them")
	case client.JWKSURI != "" && token.CheckKeysURI(client.JWKSURI) != nil:
		return flaw("jwks_uri", "give an https URL")
	case client.AuthMethod == "private_key_jwt" && client.JWKS == nil && client.JWKSURI == "":
		return flaw("jwks or jwks_uri", "private_key_jwt needs one of them")
	}
	return nil
}

package authserver

import (
	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/clientmetadata"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// judgeMetadata holds a registration against the rules for all clients,
// whichever way they come.
func judgeMetadata(client *store.Client, metadata oauth.ClientMetadata, faults faultname.Set) *wire.Error {
	// A client that uses redirects says beforehand where they lead (RFC 7591
	// section 5, https://www.rfc-editor.org/rfc/rfc7591#section-5).
	if len(client.RedirectURIs) == 0 && client.MayUse("authorization_code") && !comesBackUnregistered(client, metadata, faults) {
		return invalidRedirectURI("redirect_uris: the grant authorization_code needs one")
	}
	switch flaw := clientmetadata.Judge(*client, faults); {
	case flaw == nil:
		return nil
	case flaw.Member == "redirect_uris":
		return invalidRedirectURI(flaw.Error())
	default:
		return invalidMetadata(flaw.Error())
	}
}

package authserver

import (
	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/clientmetadata"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// judgeMetadata holds a registration against the rules for all clients,
// whichever way they come.
func judgeMetadata(r *realm.Realm, client store.Client, metadata oauth.ClientMetadata) *wire.Error {
	if len(client.RedirectURIs) == 0 && RedirectURIsNeeded.In(r)(client, metadata) {
		return invalidRedirectURI("redirect_uris: the grant authorization_code needs one")
	}
	switch flaw := clientmetadata.Judge.In(r)(r, client); {
	case flaw == nil:
		return nil
	case flaw.Member == "redirect_uris":
		return invalidRedirectURI(flaw.Error())
	default:
		return invalidMetadata(flaw.Error())
	}
}

// RedirectURIsNeeded tells whether a client has to register where its redirects lead:
// one that uses them (RFC 7591 section 5,
// https://www.rfc-editor.org/rfc/rfc7591#section-5).
var RedirectURIsNeeded = rule.New(func(client store.Client, _ oauth.ClientMetadata) bool {
	return client.MayUse("authorization_code")
})

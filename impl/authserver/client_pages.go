package authserver

import (
	"context"
	"slices"

	"github.com/grantproof/grantproof/impl/clientmetadata"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// checkPages: the pages of a client are there, where the policy wants to know,
// and never on this machine, unless it admits that.
func checkPages(ctx context.Context, r *realm.Realm, client store.Client) *wire.Error {
	for _, page := range clientmetadata.Pages(client) {
		if !r.MayBePage(page.Address) {
			return invalidMetadata(page.Member + ": give an https URL")
		}
		if page.IsTranslation() { // One look at each page is enough.
			continue
		}
		if err := PageThere.In(r)(ctx, r, page.Address); err != nil {
			return invalidMetadata(page.Member + ": " + err.Error())
		}
	}
	return nil
}

// PageThere looks whether there is something at the address of a page (RFC 7591
// section 5, https://www.rfc-editor.org/rfc/rfc7591#section-5).
var PageThere = rule.New(func(ctx context.Context, r *realm.Realm, address string) error {
	return r.CheckPage(ctx, address)
})

// vouched tells whether a page belongs to a client: whoever runs this server
// said so, or it is on the host of the client's document or redirect URIs.
// Others could be there to make it look like somebody else's.
func vouched(r *realm.Realm, client store.Client, page string) bool {
	if page == "" || !r.MayBePage(page) {
		return false
	}
	own := append(slices.Clone(client.RedirectURIs), client.ID)
	return !client.SelfRegistered || slices.ContainsFunc(own, func(uri string) bool { return hostname(uri) == hostname(page) })
}

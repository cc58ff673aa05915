package authserver

import (
	"context"
	"slices"

	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// pagesOf are the pages that a client names, by their members (RFC 7591
// section 2, https://www.rfc-editor.org/rfc/rfc7591#section-2).
func pagesOf(client store.Client) map[string]string {
	pages := map[string]string{"client_uri": client.URI, "logo_uri": client.LogoURI, "tos_uri": client.TermsURI, "policy_uri": client.PolicyURI}
	for name, page := range pages {
		if page == "" {
			delete(pages, name)
		}
	}
	return pages
}

// checkPages: the pages of a client are there, where the policy wants to know,
// and never on this machine, unless it admits that (RFC 7591 section 5,
// https://www.rfc-editor.org/rfc/rfc7591#section-5).
func checkPages(ctx context.Context, r *realm.Realm, client store.Client) *wire.Error {
	for name, page := range pagesOf(client) {
		if !r.MayBePage(page) {
			return invalidMetadata(name + ": give an https URL")
		}
		if err := r.CheckPage(ctx, page); err != nil && !r.Faults().Has(fault.MissingPagesRegistered) {
			return invalidMetadata(name + ": " + err.Error())
		}
	}
	return nil
}

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

package authserver

import (
	"context"
	"strings"

	"github.com/grantproof/grantproof/impl/authserver/pages"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

// about is what a client says of itself, for the person who decides about it.
func about(ctx context.Context, client store.Client) (pages.About, error) {
	shown := pages.About{
		Name: named(ctx, client), Unverified: client.SelfRegistered, Links: links(ctx, client), Logo: logo(ctx, client),
	}
	// Whoever has a document is known by its host alone (section "OAuth Phishing
	// Attacks",
	// https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document#name-oauth-phishing-attacks).
	if realm.HasDocument(client.ID) {
		shown.Publisher = returns(client.ID)
	}
	var err error
	shown.Namesake, err = hasNamesake(ctx, client)
	return shown, err
}

// hasNamesake tells whether a client that registered itself has the name of
// one that whoever runs this server knows (RFC 7591 section 5,
// https://www.rfc-editor.org/rfc/rfc7591#section-5).
func hasNamesake(ctx context.Context, client store.Client) (bool, error) {
	if !client.SelfRegistered {
		return false, nil
	}
	clients, err := realm.From(ctx).Store().Clients(ctx)
	for _, other := range clients {
		if !other.SelfRegistered && strings.EqualFold(singleSpaced(nameOf(other)), singleSpaced(nameOf(client))) {
			return true, err
		}
	}
	return false, err
}

// singleSpaced is a name with single blanks.
func singleSpaced(name string) string { return strings.Join(strings.Fields(name), " ") }

// links are the pages of a client that are its own (RFC 7591 section 2,
// https://www.rfc-editor.org/rfc/rfc7591#section-2).
func links(ctx context.Context, client store.Client) []pages.Link {
	var links []pages.Link
	for _, page := range []struct{ member, address, text string }{
		{"client_uri", client.URI, "website"},
		{"tos_uri", client.TermsURI, "terms of service"},
		{"policy_uri", client.PolicyURI, "privacy policy"},
	} {
		address := linked(ctx, client, page.member, page.address)
		if vouched(realm.From(ctx), client, address) {
			links = append(links, pages.Link{Text: page.text, Address: address})
		}
	}
	return links
}

// logo is that of a client as part of the page, so that the browser asks nobody
// for it; none without one.
func logo(ctx context.Context, client store.Client) pages.Image {
	r := realm.From(ctx)
	if !vouched(r, client, client.LogoURI) {
		return pages.Image{}
	}
	mediaType, content := r.Logo(ctx, client.LogoURI)
	return pages.Image{MediaType: mediaType, Content: content}
}

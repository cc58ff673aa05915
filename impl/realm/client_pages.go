package realm

import (
	"context"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/cimd"
	"github.com/grantproof/grantproof/impl/wire"
)

// HasDocument tells whether a client is known by the document at its id.
func HasDocument(clientID string) bool { return cimd.IsURL(clientID) }

// MayBePage tells whether the realm takes a page of a client from an address.
func (r *Realm) MayBePage(address string) bool { return cimd.IsPage(address, r.pageRules("")) }

// CheckPage says what is wrong with a page of a client, where the policy wants
// to know.
func (r *Realm) CheckPage(ctx context.Context, address string) error {
	if !r.Policy().CheckClientPages {
		return nil
	}
	return cimd.CheckPage(ctx, address, r.pageRules(""))
}

// Logo is the image at an address, with its media type; nil where there is none
// that can be shown.
func (r *Realm) Logo(ctx context.Context, address string) (mediaType string, content []byte) {
	asker := wire.Network(audit.About(ctx).Address)
	logo := r.logos.Logo(ctx, address, r.Clock.Now(), r.pageRules(asker))
	return logo.MediaType, logo.Content
}

func (r *Realm) pageRules(asker string) cimd.Rules {
	rules := r.Policy().ClientPages
	rules.Replaced, rules.Asker = r.Rules(), asker
	return rules
}

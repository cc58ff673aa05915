package steps

import (
	"context"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// isForResource reads the audience of the access token off the token, or has
// the authorization server tell it (RFC 7662 section 2.2,
// https://www.rfc-editor.org/rfc/rfc7662#section-2.2).
func isForResource(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if read, err := proof.Parse(w.Grant.AccessToken); err == nil {
		return members(w, read.Claims, world.Table{{Name: "aud", Value: args[0]}})
	}
	told, err := toldOfToken(ctx, w)
	if err != nil {
		return err
	}
	if told["active"] == true && told["aud"] == nil {
		return &check.NotApplicable{Reason: "neither the access token nor its introspection tells for which resource it is"}
	}
	return members(w, told, world.Table{{Name: "active", Value: "true"}, {Name: "aud", Value: args[0]}})
}

// toldOfToken is what the authorization server tells the client of its token,
// else the protected resource.
func toldOfToken(ctx context.Context, w *world.World) (map[string]any, error) {
	if !w.Run.Capabilities["introspection"] {
		return nil, &check.NotApplicable{Reason: "the access token is no JWT, and there is no introspection endpoint that tells for which resource it is"}
	}
	asker := *w
	if err := asker.Introspect(ctx, w.Client, nil); err != nil {
		return nil, err
	}
	told, err := answeredObject(&asker)
	if err != nil || told["active"] == true {
		return told, err
	}
	if err := asker.Introspect(ctx, w.ResourceClient(), nil); err != nil {
		return nil, err
	}
	return answeredObject(&asker)
}

package steps

import (
	"context"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/world"
)

// policyGivens are what the authorization server demands. A target without a
// control plane is as it is: the capabilities that a scenario needs and the
// profile that it is about say that it is so.
var _ = phrases(Given, []step{
	{says: `the authorization server takes requests without a code challenge`, do: withoutCodeChallenge},
	{says: `the authorization server takes the transformation plain`, do: takesPlain},
	{says: `the protected resource learns of revocations`, do: learnsOfRevocations},
	{says: `the authorization server signs its metadata`, do: signsMetadata},
	{says: `the authorization server wants every redirect_uri repeated in token requests`, do: wantsRedirectURI},
})

func withoutCodeChallenge(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.Demand(ctx, control.RealmRequest{CodeChallenge: new(control.RealmRequestCodeChallengeOptional)})
}

func takesPlain(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.Demand(ctx, control.RealmRequest{CodeChallenge: new(control.RealmRequestCodeChallengePlain)})
}

func wantsRedirectURI(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.Demand(ctx, control.RealmRequest{RedirectURIInTokenRequest: new(control.RealmRequestRedirectURIInTokenRequestRequired)})
}

func signsMetadata(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.Demand(ctx, control.RealmRequest{SignedMetadata: new(true)})
}

// learnsOfRevocations: by asking about each token. Another target does what it
// does.
func learnsOfRevocations(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.Demand(ctx, control.RealmRequest{Verify: new(control.Introspection)})
}

package acts

import (
	"context"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// nobodySignsIn tells why, where the target file names no resource owner.
func nobodySignsIn(ctx context.Context, r *world.Run) error {
	if r.Remember("approves at once", func() bool { return approvesAtOnce(ctx, r) }) {
		return &check.NotApplicable{Reason: "the authorization server approves at once and asks nobody to sign in", Lacks: "sign-in"}
	}
	return check.Unnamed("resource_owner", "nobody can sign in at the target; add resource_owner to the target file, with username, password and browser: forms")
}

func approvesAtOnce(ctx context.Context, r *world.Run) bool {
	fresh := r.New()
	defer fresh.Close(ctx)
	return RegisterAny(ctx, fresh) == nil && Authorize(ctx, fresh, nil) == nil && fresh.Grant.Code != ""
}

package world

import (
	"context"

	"github.com/grantproof/grantproof/harness/check"
)

// nobodySignsIn tells why, where the target file names no resource owner.
func (r *Run) nobodySignsIn(ctx context.Context) error {
	if r.Remember("approves at once", func() bool { return r.approvesAtOnce(ctx) }) {
		return &check.NotApplicable{Reason: "the authorization server approves at once and asks nobody to sign in", Lacks: "sign-in"}
	}
	return check.Unnamed("resource_owner", "nobody can sign in at the target; add resource_owner to the target file, with username, password and browser: forms")
}

func (r *Run) approvesAtOnce(ctx context.Context) bool {
	fresh := r.New()
	defer fresh.Close(ctx)
	return fresh.RegisterAny(ctx) == nil && fresh.Authorize(ctx, nil) == nil && fresh.Grant.Code != ""
}

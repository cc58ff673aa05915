package world

import (
	"context"
	"sync"

	"github.com/grantproof/grantproof/harness/check"
)

// approves tells whether the authorization server approves whatever it is asked
// for, at once.
type approves struct {
	once   sync.Once
	atOnce bool
}

// nobodySignsIn tells why, where the target file names no resource owner.
func (r *Run) nobodySignsIn(ctx context.Context) error {
	r.approves.once.Do(func() { r.approves.atOnce = r.approvesAtOnce(ctx) })
	if r.approves.atOnce {
		return &check.NotApplicable{Reason: "the authorization server approves at once and asks nobody to sign in", Lacks: "sign-in"}
	}
	return check.Unnamed("resource_owner", "nobody can sign in at the target; add resource_owner to the target file, with username, password and browser: forms")
}

func (r *Run) approvesAtOnce(ctx context.Context) bool {
	fresh := r.New()
	defer fresh.Close(ctx)
	return fresh.RegisterAny(ctx) == nil && fresh.Authorize(ctx, nil) == nil && fresh.Grant.Code != ""
}

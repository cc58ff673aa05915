package world

import (
	"context"
	"slices"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/useragent"
)

// ObtainToken obtains an access token, as a Given: by client credentials, or,
// where the server has none for the client, with the approval of the resource
// owner.
func (w *World) ObtainToken(ctx context.Context, table Table) error {
	if !w.actsForItself() {
		return w.obtainApproved(ctx, table)
	}
	if err := w.RequestToken(ctx, table); err != nil {
		return err
	}
	return check.TokenIssued(w.Last.Exchange)
}

// actsForItself tells whether the client gets tokens without a resource owner.
// Where there is a control plane, the scenario registers what it means.
func (w *World) actsForItself() bool {
	if w.control != nil || w.Client == nil {
		return true
	}
	grants := w.Client.GrantTypes
	return w.Run.Capabilities["client_credentials"] && (len(grants) == 0 || slices.Contains(grants, "client_credentials"))
}

// obtainApproved: where the target names nobody who signs in, it is left to the
// server, which may approve at once.
func (w *World) obtainApproved(ctx context.Context, table Table) error {
	if w.Browser.Person == nil {
		_ = w.seat(ctx, useragent.Person{Decision: useragent.Approves})
	}
	return w.ObtainTokens(ctx, table)
}

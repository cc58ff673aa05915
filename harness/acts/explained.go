package acts

import (
	"context"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// refusalExplained: the description or the page of the error explains it (RFC 7636
// section 4.4.1, https://www.rfc-editor.org/rfc/rfc7636#section-4.4.1).
func refusalExplained(ctx context.Context, w *world.World) error {
	if w.Last.Returned.Get("error_description") == "" && w.Last.Returned.Get("error_uri") == "" {
		return check.Fail("an error without error_description and error_uri", "error_description", "error_uri")
	}
	return positive(ctx, w)
}

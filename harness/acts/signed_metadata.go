package acts

import (
	"context"
	"fmt"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// metadataSigned: the signed metadata is a JWT with a signature or a MAC and
// with iss (RFC 8414 section 2.1,
// https://www.rfc-editor.org/rfc/rfc8414#section-2.1). Where the authorization
// server vouches for itself, a key that it publishes verifies it.
func metadataSigned(ctx context.Context, w *world.World) error {
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	signed, has := object["signed_metadata"].(string)
	if !has {
		return &check.NotApplicable{Reason: "the metadata has no signed_metadata"}
	}
	read, err := proof.Parse(signed)
	if err != nil {
		return check.Fail("signed_metadata: "+err.Error(), "signed_metadata as a JWT")
	}
	if algorithm := fmt.Sprint(read.Header["alg"]); algorithm == "none" || strings.HasSuffix(signed, ".") {
		return check.Fail("signed_metadata without a signature", "signed_metadata with a signature or a MAC")
	}
	if text, _ := read.Claims["iss"].(string); text == "" {
		return check.Fail("signed_metadata without iss", "signed_metadata with iss")
	}
	if read.Claims["iss"] != object["issuer"] {
		return nil // Only whoever knows that party knows its keys.
	}
	keys := w.Fork()
	address, err := JWKSURI(ctx, keys)
	if err != nil {
		return err
	}
	if err := Fetch(ctx, keys, address); err != nil {
		return err
	}
	if err := proof.VerifiedBy(keys.Last.Exchange.Content, signed); err != nil {
		return check.Fail("signed_metadata that no published key verifies: "+err.Error(), "signed_metadata that a published key verifies")
	}
	return nil
}

package acts

import (
	"context"
	"fmt"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about the JSON Web Key Set that the When fetched.
var _ = phrases(Then, []step{
	{says: `every key (is public|has a use, where one is for encryption|is that of its certificate)`, do: everyKey},
	{says: `a published key verifies the (access|ID) token`, do: keyVerifies},
})

func everyKey(_ context.Context, w *world.World, args []string, _ world.Table) error {
	switch args[0] {
	case "is public":
		return keysPublic(w)
	case "is that of its certificate":
		return keysMatchCertificates(w)
	}
	return keysSayUse(w)
}

// privateMembers are those of private and symmetric keys (RFC 7518 sections
// 6.2.2, 6.3.2 and 6.4, https://www.rfc-editor.org/rfc/rfc7518#section-6).
var privateMembers = []string{"d", "p", "q", "dp", "dq", "qi", "oth", "k"}

func keysPublic(w *world.World) error {
	keys, err := someKeys(w)
	if err != nil {
		return err
	}
	for i, members := range keys {
		if kty := members["kty"]; kty == nil || kty == "oct" {
			return check.Fail(fmt.Sprintf("keys.%d of the type %v", i, kty), "public keys alone")
		}
		for _, private := range privateMembers {
			if members[private] != nil {
				return check.Fail(fmt.Sprintf("keys.%d with the private member %s", i, private), "public keys alone")
			}
		}
	}
	return nil
}

func keyVerifies(_ context.Context, w *world.World, args []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if err := proof.VerifiedBy(answer.Content, tokenOf(w, args[0])); err != nil {
		return check.Fail("none does: "+err.Error(), "a key of the set that verifies it")
	}
	return nil
}

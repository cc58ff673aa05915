package steps

import (
	"context"
	"fmt"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// keyThens are about the JSON Web Key Set that the When fetched.
var _ = phrases(Then, []step{
	{says: `no two keys have the same identifier`, do: keysDistinct},
	{says: `every key is public`, do: keysPublic},
	{says: `a published key verifies the (access|ID) token`, do: keyVerifies},
	{says: `each key says what it is for, where some are for encryption`, do: keysSayUse},
	{says: `each key with a certificate is that of the certificate`, do: keysMatchCertificates},
})

func keysDistinct(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	keys, err := someKeys(w)
	if err != nil {
		return err
	}
	seen := map[any]bool{}
	for _, members := range keys {
		if kid := members["kid"]; kid != nil && seen[kid] {
			return check.Fail(fmt.Sprintf("two keys with the kid %v", kid), "another kid for each key")
		}
		seen[members["kid"]] = true
	}
	return nil
}

// privateMembers are those of private and symmetric keys (RFC 7518 sections
// 6.2.2, 6.3.2 and 6.4, https://www.rfc-editor.org/rfc/rfc7518#section-6).
var privateMembers = []string{"d", "p", "q", "dp", "dq", "qi", "oth", "k"}

func keysPublic(_ context.Context, w *world.World, _ []string, _ world.Table) error {
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

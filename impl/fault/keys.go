package fault

import "regexp"

// Faults of the authorization server in its signing keys.
const (
	OldKeyWithdrawn  Name = "old-key-withdrawn"
	RS256NotOffered  Name = "rs256-not-offered"
	KeyIDsRepeated   Name = "key-ids-repeated"
	KeysNotPublished Name = "keys-not-published"
)

var keys = []Fault{
	{OldKeyWithdrawn, AuthorizationServer, ids{"oidc-core-10.1.1/old-keys-kept"}, "A key that is replaced is published no more, though tokens that it signed still live."},
	{RS256NotOffered, AuthorizationServer, ids{"rfc9068-2.1/rs256"}, "Access tokens are signed with ES256, also where RS256 is asked for."},
	{KeyIDsRepeated, AuthorizationServer, ids{"rfc7517-4.5/key-ids"}, "All keys of the key set have the same kid."},
	{KeysNotPublished, AuthorizationServer, ids{"rfc9068-4/keys-published"}, "The key set has no keys."},
}

var kid = regexp.MustCompile(`"kid":"[^"]*"`)

// repeatKeyID gives every key the same kid.
func repeatKeyID(r *Response) { r.Body = kid.ReplaceAll(r.Body, []byte(`"kid":"1"`)) }

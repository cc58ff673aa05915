package token

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/strictjson"
)

// DecodeBase64URL reads base64url in the one spelling that RFC 7515 section 2 knows:
// without padding, line breaks or other characters
// (https://www.rfc-editor.org/rfc/rfc7515#section-2), and with the unused bits at the
// end zero (RFC 4648 section 3.5, https://www.rfc-editor.org/rfc/rfc4648#section-3.5).
// The decoder of the standard library passes over line breaks even when it is strict.
func DecodeBase64URL(text string) (decoded []byte, ok bool) {
	decoded, err := base64.RawURLEncoding.Strict().DecodeString(text)
	return decoded, err == nil && base64.RawURLEncoding.EncodedLen(len(decoded)) == len(text)
}

// CheckEncoding refuses a JWT in another spelling than the one in which it was
// issued. A part that does not decode makes the whole JWT invalid (RFC 7519 section
// 7.2, https://www.rfc-editor.org/rfc/rfc7519#section-7.2), and what knows a token by
// its text, such as a cache or a list of revoked ones, could not know it by another.
// The header and the claims have each name once, or two readers could understand two
// tokens (RFC 7519 section 4, https://www.rfc-editor.org/rfc/rfc7519#section-4, and
// RFC 7515 section 4, https://www.rfc-editor.org/rfc/rfc7515#section-4).
func CheckEncoding(raw string) error {
	last := strings.LastIndexByte(raw, '.') // Before the signature, which is no JSON.
	for part := range strings.SplitSeq(raw[:max(last, 0)], ".") {
		decoded, ok := DecodeBase64URL(part)
		if !ok {
			return errSpelling
		}
		if err := strictjson.Check(decoded); err != nil {
			return fmt.Errorf("%w: a part is %w", jwt.ErrTokenMalformed, err)
		}
	}
	if _, ok := DecodeBase64URL(raw[last+1:]); !ok {
		return errSpelling
	}
	return nil
}

var errSpelling = fmt.Errorf("%w: a part is not base64url in its one spelling", jwt.ErrTokenMalformed)

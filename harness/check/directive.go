package check

import (
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
)

// saysOfCaches tells whether an answer gives caches a directive without an
// argument, in any of its header lines (RFC 9111 section 5.2,
// https://www.rfc-editor.org/rfc/rfc9111#section-5.2).
func saysOfCaches(e *exchange.Exchange, directive string) bool {
	given := strings.Split(strings.Join(e.Answer.Values("Cache-Control"), ","), ",")
	return slices.ContainsFunc(given, func(one string) bool { return strings.EqualFold(strings.TrimSpace(one), directive) })
}

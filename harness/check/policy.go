package check

import (
	"slices"
	"strings"
)

// FramesRestricted tells whether one of several policies names who may frame a page,
// and does not name everybody. A field holds one policy or more, and names of
// directives and keywords have no case (Content Security Policy Level 3 section 2.2,
// https://www.w3.org/TR/CSP3/#parse-serialized-policy).
func FramesRestricted(fields []string) bool {
	for policy := range strings.SplitSeq(strings.Join(fields, ","), ",") {
		for directive := range strings.SplitSeq(policy, ";") {
			words := strings.Fields(strings.ToLower(directive))
			if len(words) > 0 && words[0] == "frame-ancestors" && !slices.ContainsFunc(words[1:], everybody) {
				return true
			}
		}
	}
	return false
}

// everybody tells whether a source fits every site.
func everybody(source string) bool {
	return strings.HasPrefix(source, "*") && !strings.HasPrefix(source, "*.") || source == "http:" || source == "https:" || strings.HasSuffix(source, "://*")
}

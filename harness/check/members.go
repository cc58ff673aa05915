package check

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Member compares one member of a JSON object, named by a path with dots,
// with an expectation: a literal value, several of them with
// "or" between them, or a word in round brackets.
func Member(object map[string]any, path, want string) error {
	got, present := lookup(object, path)
	present = present && got != nil // A member of null says nothing; that it is there at all, a rule judges.
	switch {
	case want == "(absent)":
		if present {
			return Fail(fmt.Sprintf("%s: %s", path, printed(got)), "no "+path)
		}
		return nil
	case !present:
		return Fail("no "+path, expectation(path, want))
	case want == "(present)":
		return nil
	}
	for _, word := range words {
		if argument, ok := word.argument(want); ok {
			return word.holds(path, got, argument)
		}
	}
	return isValue(path, got, want)
}

// isValue compares a member with one literal value, or with several.
func isValue(path string, got any, want string) error {
	if list, isList := got.([]any); isList && path == "aud" && len(list) == 1 {
		// One audience is a text or a list (RFC 7519 section 4.1.3,
		// https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3).
		got = list[0]
	}
	if _, isText := got.(string); isText && isLiteral(want) {
		return Fail(fmt.Sprintf("%s: the text %q", path, got), path+": "+want+" as a JSON number or boolean")
	}
	if printed(got) != want && !slices.Contains(strings.Split(want, " or "), printed(got)) {
		return Fail(fmt.Sprintf("%s: %s", path, printed(got)), expectation(path, want))
	}
	return nil
}

// word is an expectation in round brackets about a member that is there. What stands
// between its beginning and its end is its argument.
type word struct {
	begins, ends string
	holds        func(path string, got any, argument string) error
}

var words = []word{
	{"(a JSON number)", "", func(path string, got any, _ string) error { return isNumber(path, got) }},
	{"(by TLS alone)", "", func(path string, got any, _ string) error { return byTLS(path, got) }},
	{"(no https URL)", "", func(path string, got any, _ string) error { return noURL(path, printed(got)) }},
	{"(asymmetric)", "", func(path string, got any, _ string) error { return asymmetric(path, printed(got)) }},
	{"(at most ", " characters)", func(path string, got any, length string) error { return short(path, printed(got), length) }},
	{"(at most) ", "", atMost},
	{"(more than) ", "", moreThan},
	{"(without a fragment)", "", func(path string, got any, _ string) error {
		return plainURL(path, printed(got), "(without a fragment)")
	}},
	{"(without query and fragment)", "", func(path string, got any, _ string) error {
		return plainURL(path, printed(got), "(without query and fragment)")
	}},
	{"(contains) ", "", hasPart},
}

// argument is that of want; false if want is another expectation. A word without an
// argument is all of it.
func (w word) argument(want string) (string, bool) {
	if w.ends == "" && !strings.HasSuffix(w.begins, " ") {
		return "", want == w.begins
	}
	rest, begins := strings.CutPrefix(want, w.begins)
	argument, ends := strings.CutSuffix(rest, w.ends)
	return argument, begins && ends
}

func isNumber(path string, got any) error {
	if _, ok := got.(float64); !ok {
		return Fail(fmt.Sprintf("%s: %s", path, printed(got)), path+" as a JSON number")
	}
	return nil
}

func hasPart(path string, got any, part string) error {
	if !contains(path, got, part) {
		return Fail(fmt.Sprintf("%s: %s", path, printed(got)), path+" with "+part)
	}
	return nil
}

// isLiteral: what is written as a whole number or a boolean is one, and no text
// (RFC 8259 section 3, https://www.rfc-editor.org/rfc/rfc8259#section-3).
func isLiteral(want string) bool {
	_, err := strconv.Atoi(want)
	return err == nil || want == "true" || want == "false"
}

// byTLS: https, but on this machine, where nobody listens in between. Several
// URLs are a list, or separated by spaces.
func byTLS(path string, got any) error {
	addresses := strings.Fields(printed(got))
	if list, isList := got.([]any); isList {
		addresses = nil
		for _, item := range list {
			addresses = append(addresses, printed(item))
		}
	}
	if len(addresses) == 0 || slices.ContainsFunc(addresses, func(address string) bool { return !isSecure(address) }) {
		return Fail(path+": "+printed(got), path+" with https")
	}
	return nil
}

func isSecure(address string) bool {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Hostname() == "" {
		return false
	}
	return parsed.Scheme == "https" || parsed.Hostname() == "localhost" || net.ParseIP(parsed.Hostname()).IsLoopback()
}

func noURL(path, got string) error {
	if strings.HasPrefix(strings.ToLower(got), "https://") {
		return Fail(path+": "+got, path+" that does not begin with https://")
	}
	return nil
}

// asymmetric: an algorithm whose signatures a public key verifies (RFC 7518
// section 3.1, https://www.rfc-editor.org/rfc/rfc7518#section-3.1).
func asymmetric(path, algorithm string) error {
	if signsAsymmetrically.MatchString(algorithm) {
		return nil
	}
	return Fail(path+": "+algorithm, path+" of an asymmetric algorithm")
}

var signsAsymmetrically = regexp.MustCompile(`^((RS|PS|ES)\d+K?|Ed(DSA|25519|448)|ML-DSA-\d+)$`)

// short: so many ASCII characters at most.
func short(path, got, length string) error {
	most, err := strconv.Atoi(length)
	if err != nil {
		return err
	}
	if len(got) > most || strings.ContainsFunc(got, func(r rune) bool { return r > 0x7e }) {
		return Fail(fmt.Sprintf("%s of %d bytes", path, len(got)), path+" of at most "+length+" ASCII characters")
	}
	return nil
}

func atMost(path string, got any, limit string) error {
	most, err := strconv.ParseFloat(limit, 64)
	if err != nil {
		return err
	}
	if number, ok := got.(float64); !ok || number > most {
		return Fail(fmt.Sprintf("%s: %s", path, printed(got)), path+" of at most "+limit)
	}
	return nil
}

func moreThan(path string, got any, limit string) error {
	least, err := strconv.ParseFloat(limit, 64)
	if err != nil {
		return err
	}
	if number, ok := got.(float64); !ok || number <= least {
		return Fail(fmt.Sprintf("%s: %s", path, printed(got)), path+" of more than "+limit)
	}
	return nil
}

func plainURL(path, got, want string) error {
	parsed, err := url.Parse(got)
	if err != nil || parsed.Host == "" || strings.Contains(got, "#") || want == "(without query and fragment)" && strings.Contains(got, "?") {
		return Fail(fmt.Sprintf("%s: %s", path, got), path+" as a URL "+strings.Trim(want, "()"))
	}
	return nil
}

func expectation(path, want string) string {
	if strings.HasPrefix(want, "(contains) ") {
		return path + " with " + strings.TrimPrefix(want, "(contains) ")
	}
	if want == "(present)" || want == "(a JSON number)" {
		return path
	}
	return path + ": " + want
}

func lookup(value any, path string) (any, bool) {
	for name := range strings.SplitSeq(path, ".") {
		switch at := value.(type) {
		case map[string]any:
			found, ok := at[name]
			if !ok {
				return nil, false
			}
			value = found
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= len(at) {
				return nil, false
			}
			value = at[i]
		default:
			return nil, false
		}
	}
	return value, true
}

func contains(path string, value any, part string) bool {
	if list, ok := value.([]any); ok {
		return slices.ContainsFunc(list, func(item any) bool { return printed(item) == part })
	}
	switch path {
	case "scope":
		return holds(printed(value), part)
	case "aud": // One audience is a text.
		return printed(value) == part
	}
	return strings.Contains(printed(value), part)
}

// holds: a scope is a set, whose words stand in any order (RFC 6749 section 3.3,
// https://www.rfc-editor.org/rfc/rfc6749#section-3.3).
func holds(scope, part string) bool {
	names := strings.Fields(scope)
	return !slices.ContainsFunc(strings.Fields(part), func(name string) bool { return !slices.Contains(names, name) })
}

func printed(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}

package proof

import "strings"

// AuthChallenge is one challenge of a WWW-Authenticate header (RFC 9110
// section 11.6.1, https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1).
type AuthChallenge struct {
	Scheme     string
	Parameters map[string]string // Names in lower case.
	Repeated   []string          // Names of parameters that are given twice.
}

// Challenges reads every challenge of the header lines; of a parameter that is
// given twice the last counts.
func Challenges(lines []string) []AuthChallenge {
	var found []AuthChallenge
	for _, line := range lines {
		for _, item := range splitOutsideQuotes(line) {
			found = readItem(found, strings.TrimSpace(item))
		}
	}
	return found
}

func readItem(found []AuthChallenge, item string) []AuthChallenge {
	name, value, isParameter := strings.Cut(item, "=")
	scheme, rest, hasScheme := strings.Cut(strings.TrimSpace(name), " ") // Blanks may stand before the sign.
	if !isParameter || hasScheme {
		if item == "" {
			return found
		}
		if !isParameter {
			scheme = item
		}
		found = append(found, AuthChallenge{Scheme: scheme, Parameters: map[string]string{}})
		name = rest
	}
	if isParameter && len(found) > 0 {
		last := &found[len(found)-1]
		name = strings.ToLower(strings.TrimSpace(name))
		if _, given := last.Parameters[name]; given {
			last.Repeated = append(last.Repeated, name)
		}
		last.Parameters[name] = unquote(strings.TrimSpace(value))
	}
	return found
}

func splitOutsideQuotes(line string) []string {
	var items []string
	quoted, escaped, begin := false, false, 0
	for i, r := range line {
		switch {
		case escaped:
			escaped = false
		case quoted && r == '\\':
			escaped = true
		case r == '"':
			quoted = !quoted
		case r == ',' && !quoted:
			items = append(items, line[begin:i])
			begin = i + 1
		}
	}
	return append(items, line[begin:])
}

func unquote(value string) string {
	if len(value) < 2 || value[0] != '"' || value[len(value)-1] != '"' {
		return value
	}
	var plain strings.Builder
	escaped := false
	for _, r := range value[1 : len(value)-1] {
		if r == '\\' && !escaped {
			escaped = true
			continue
		}
		escaped = false
		plain.WriteRune(r)
	}
	return plain.String()
}

package oauthclient

import (
	"net/http"
	"strings"
)

// bearerChallenge returns the parameters of the Bearer challenge among those
// of a response; each name counts once. A header may hold several challenges,
// and there may be several headers (RFC 9110 section 11.6.1,
// https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1).
func bearerChallenge(header http.Header) map[string]string {
	parameters := map[string]string{}
	for _, line := range header.Values("WWW-Authenticate") {
		scheme := ""
		for next, rest := cutPart(line); next.name != ""; next, rest = cutPart(rest) {
			_, known := parameters[next.name]
			switch {
			case !next.isParameter:
				scheme = next.name
			case scheme == "bearer" && !known:
				parameters[next.name] = next.value
			}
		}
	}
	return parameters
}

// part of a challenge: its scheme, or a parameter.
type part struct {
	name, value string
	isParameter bool
}

// cutPart cuts the first part off a header; without a name there is none.
func cutPart(s string) (part, string) {
	s = strings.TrimLeft(s, ", \t")
	end := strings.IndexAny(s, "=, \t")
	if end < 0 {
		end = len(s)
	}
	name, rest := strings.ToLower(s[:end]), strings.TrimLeft(s[end:], " \t")
	rest, isParameter := strings.CutPrefix(rest, "=")
	if !isParameter {
		return part{name: name}, rest
	}
	value, rest := cutValue(strings.TrimLeft(rest, " \t"))
	return part{name: name, value: value, isParameter: true}, rest
}

// cutValue reads a token, or a quoted-string up to its closing quote (RFC 9110
// section 5.6.4, https://www.rfc-editor.org/rfc/rfc9110#section-5.6.4).
func cutValue(s string) (value, rest string) {
	s, quoted := strings.CutPrefix(s, `"`)
	if !quoted {
		value, rest, _ = strings.Cut(s, ",")
		return strings.TrimSpace(value), rest
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '"' {
			return b.String(), s[i+1:]
		}
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String(), ""
}

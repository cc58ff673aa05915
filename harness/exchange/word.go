package exchange

import (
	"maps"
	"mime"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// word is what people choose as a password and pages hold anyway: password, Secret,
// changeme. What a machine makes is longer, or has digits among its letters.
var word = regexp.MustCompile(`^([A-Za-z]?[a-z]{0,15}|[A-Z]{0,16})$`)

// IsCommon tells secrets that cannot be looked for in a text: a page that holds one
// gives nothing away, and without it neither markup nor script would be what it was.
func IsCommon(value string) bool { return len(value) < shortestSecret || word.MatchString(value) }

// hide keeps a common secret, with the lock held.
func (l *Log) hide(value string) {
	if l.words == nil {
		l.words = map[string]bool{}
	}
	if value != "" {
		l.words[value] = true
	}
}

// hidden are the common secrets.
func (l *Log) hidden() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Collect(maps.Keys(l.words))
}

// saysWords are the parameters of which a value is no secret, though it may be the
// same word.
var saysWords = []string{
	"grant_type", "response_type", "response_mode", "scope", "prompt", "token_type_hint", "code_challenge_method", "client_id", "redirect_uri", "state", "nonce", "resource",
	"subject_token_type", "actor_token_type", "requested_token_type", "client_assertion_type", "audience", "display", "username",
}

// SaysWord tells whether the value of a parameter is a word of the protocol, or
// known to everybody.
func SaysWord(parameter string) bool { return slices.Contains(saysWords, parameter) }

// withoutWords is the body of a request whose values that are common secrets are
// not shown.
func (l *Log) withoutWords(e *Exchange) []byte {
	words := l.hidden()
	if len(words) == 0 {
		return e.Body
	}
	media, _, _ := mime.ParseMediaType(e.Header.Get("Content-Type"))
	if media != "application/x-www-form-urlencoded" {
		return []byte(inJSON(string(e.Body), words))
	}
	pairs := strings.Split(string(e.Body), "&")
	for i, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		if decoded, err := url.QueryUnescape(value); err == nil && slices.Contains(words, decoded) && !SaysWord(name) {
			pairs[i] = name + "=…"
		}
	}
	return []byte(strings.Join(pairs, "&"))
}

// secretMember is a member of JSON whose value is a secret.
var secretMember = regexp.MustCompile(`("(?:client_secret|password)"\s*:\s*)("(?:[^"\\]|\\.)*")`)

func inJSON(text string, words []string) string {
	return secretMember.ReplaceAllStringFunc(text, func(member string) string {
		parts := secretMember.FindStringSubmatch(member)
		if value, err := strconv.Unquote(parts[2]); err != nil || !slices.Contains(words, value) {
			return member
		}
		return parts[1] + `"…"`
	})
}

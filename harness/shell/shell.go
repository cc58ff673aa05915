// Package shell owns how a text becomes one word of a POSIX shell. What the word
// is for it does not know.
package shell

import (
	"regexp"
	"strings"
)

// plain are words in which a shell sees nothing but letters.
var plain = regexp.MustCompile(`^[A-Za-z0-9_./:@%+,-]+$`)

// Quote is text as one word: a shell takes it for these bytes and nothing else
// (POSIX.1-2024 Shell Command Language section 2.2.2,
// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02).
// NUL cannot be in a word.
func Quote(text string) string {
	if plain.MatchString(text) {
		return text
	}
	return Quoted(text)
}

// Quoted is text as one word in quotes, also where it would need none.
func Quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// Operand is text as one word that no program takes for an option (POSIX.1-2024 Utility
// Syntax Guidelines section 12.2, guideline 10,
// https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap12.html#tag_12_02).
func Operand(text string) string {
	if strings.HasPrefix(text, "-") {
		return "-- " + Quote(text)
	}
	return Quote(text)
}

// Package printable owns which characters of a text from outside may reach a
// terminal, a log, a table or a document as they are. A character that moves the
// cursor, turns the direction of text, breaks the line or is not seen at all is
// written as JSON writes it, such as \u001b or \n, so that a reader sees that it
// was there.
//
// It is a filter of text and judges nothing: both the reference system and the
// examiner use it.
package printable

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Line is text in one line.
func Line(text string) string { return escape(text, false) }

// Text is text whose lines and tabs stay.
func Text(text string) string { return escape(text, true) }

// Is tells whether text is shown as it is in one line: what a name has to be that
// others will see.
func Is(text string) bool { return Line(text) == text }

// IsName tells whether a text is shown as it is, and there is something to see.
func IsName(text string) bool {
	return Is(text) && strings.ContainsFunc(text, func(r rune) bool {
		return r != blankBraille && unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S)
	})
}

// blankBraille is a symbol without a dot.
const blankBraille = '\u2800'

func escape(text string, lines bool) string {
	if isPlain(text) {
		return text
	}
	written := make([]byte, 0, len(text)+16)
	for previous := rune(0); len(text) > 0; {
		r, size := utf8.DecodeRuneInString(text)
		after, _ := utf8.DecodeRuneInString(text[size:])
		switch {
		case r == utf8.RuneError && size == 1:
			written = append(written, `\ufffd`...)
		case lines && (r == '\n' || r == '\t'), isShown(previous, r, after):
			written = append(written, text[:size]...)
		default:
			written = appendEscape(written, r)
		}
		previous, text = r, text[size:]
	}
	return string(written)
}

// isPlain is for most texts: they are printable ASCII.
func isPlain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// isShown tells whether a reader sees r, which stands between two others, and
// nothing else changes by it. Names in every script are shown: joiners and
// variation selectors stay where they shape the characters beside them (RFC 5892
// appendix A, https://www.rfc-editor.org/rfc/rfc5892#appendix-A; for emoji UTS #51
// section 1.4, https://www.unicode.org/reports/tr51/#Emoji_ZWJ_Sequences).
func isShown(before, r, after rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r >= ' ' && r != '\x7f'
	case r == '\u200c' || r == '\u200d':
		return unicode.IsMark(before) || isJoined(before) && isJoined(after)
	case unicode.Is(unicode.Variation_Selector, r):
		return unicode.In(before, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S) && !unicode.Is(unicode.Variation_Selector, before)
	case unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return true
	}
	return !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point, unicode.Noncharacter_Code_Point)
}

// isJoined: what a joiner shapes is never ASCII.
func isJoined(r rune) bool {
	return r >= utf8.RuneSelf && r != utf8.RuneError && unicode.In(r, unicode.L, unicode.M, unicode.S)
}

var short = map[rune]string{'\n': `\n`, '\r': `\r`, '\t': `\t`}

func appendEscape(written []byte, r rune) []byte {
	if named, ok := short[r]; ok {
		return append(written, named...)
	}
	if high, low := utf16.EncodeRune(r); high != unicode.ReplacementChar {
		return fmt.Appendf(written, `\u%04x\u%04x`, high, low)
	}
	return fmt.Appendf(written, `\u%04x`, r)
}

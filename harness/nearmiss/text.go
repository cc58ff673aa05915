package nearmiss

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
)

// ofTexts are the ways for every kind of text.
var ofTexts = []way{
	{"its first part", half(func(text string, middle int) string { return text[:middle] })},
	{"its last part", half(func(text string, middle int) string { return text[middle:] })},
	{"a part within", half(func(text string, middle int) string { return text[middle/2 : middle+middle/2] })},
	{"its last character missing", half(func(text string, _ int) string { return text[:len(text)-1] })},
	{"its first character missing", half(func(text string, _ int) string { return text[1:] })},
	{"a letter more at its end", always(func(text string) string { return text + "x" })},
	{"a letter more before it", always(func(text string) string { return "x" + text })},
	{"one letter changed", always(oneChanged)},
	{"in other case", always(otherCase)},
	{"one letter in other case", oneLetter(func(letter rune) string { return otherCase(string(letter)) })},
	{"a letter within in other case", otherCaseWithin},
	{"a letter for a dot", replaced(".", "x")},
	{"percent-encoded", oneLetter(func(letter rune) string { return fmt.Sprintf("%%%02X", letter) })},
	{"decoded", decoded},
	{"a Unicode look-alike", lookAlike},
	{"a NUL and more after it", always(func(text string) string { return text + "\x00x" })},
	{"a blank after it", always(func(text string) string { return text + " " })},
	{"a blank before it", always(func(text string) string { return " " + text })},
	{"a line break after it", always(func(text string) string { return text + "\n" })},
	{"twice in a row", always(func(text string) string { return text + text })},
	{"two with a comma", always(func(text string) string { return text + "," + text })},
}

func always(change func(text string) string) func(string) (string, bool) {
	return func(right string) (string, bool) { return change(right), true }
}

// half needs a text that has parts.
func half(part func(text string, middle int) string) func(string) (string, bool) {
	return func(right string) (string, bool) {
		if len(right) < 4 {
			return "", false
		}
		return part(right, len(right)/2), true
	}
}

func replaced(old, by string) func(string) (string, bool) {
	return func(right string) (string, bool) {
		return strings.Replace(right, old, by, 1), strings.Contains(right, old)
	}
}

// oneChanged changes the character in the middle: the last one of an encoded text may
// hold bits that nobody reads.
func oneChanged(text string) string {
	middle := len(text) / 2
	other := "x"
	if text[middle] == 'x' {
		other = "y"
	}
	return text[:middle] + other + text[middle+1:]
}

// otherCase turns capitals into small letters and the other way round, in ASCII alone.
func otherCase(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		}
		return r
	}, text)
}

func isLetter(r rune) bool { return r < unicode.MaxASCII && unicode.IsLetter(r) }

// oneLetter writes the last letter otherwise. In a URI, it is one of the path or of the
// end of the host.
func oneLetter(write func(letter rune) string) func(string) (string, bool) {
	return func(right string) (string, bool) {
		at := strings.LastIndexFunc(right, isLetter)
		if at < 0 {
			return "", false
		}
		return right[:at] + write(rune(right[at])) + right[at+1:], true
	}
}

// otherCaseWithin leaves the ends as they are: the last letter of base64url text can be
// one that no encoder writes.
func otherCaseWithin(right string) (string, bool) {
	middle := len(right) / 2
	at := strings.IndexFunc(right[middle:], isLetter)
	if at < 0 {
		return "", false
	}
	at += middle
	return right[:at] + otherCase(right[at:at+1]) + right[at+1:], true
}

// decoded needs a text with an escape that means something else.
func decoded(right string) (string, bool) {
	value, err := url.PathUnescape(right)
	return value, err == nil && value != right
}

// alike are letters of other alphabets that look the same (Unicode Technical Standard
// 39, https://www.unicode.org/reports/tr39/#Confusable_Detection).
var alike = map[rune]rune{'a': 'а', 'c': 'с', 'e': 'е', 'i': 'і', 'o': 'о', 'p': 'р', 's': 'ѕ', 'x': 'х', 'y': 'у', 'A': 'А', 'B': 'В', 'E': 'Е', 'H': 'Н', 'K': 'К', 'M': 'М', 'O': 'О', 'P': 'Р', 'T': 'Т'}

func lookAlike(right string) (string, bool) {
	at := strings.LastIndexFunc(right, func(r rune) bool { return alike[r] != 0 })
	if at < 0 {
		return "", false
	}
	return right[:at] + string(alike[rune(right[at])]) + right[at+1:], true
}

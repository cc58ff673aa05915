package target

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"
)

// byteOrderMark is U+FEFF in UTF-8. Editors of some systems begin a file with it,
// and YAML allows that (YAML 1.2.2 section 5.2,
// https://yaml.org/spec/1.2.2/#52-character-encodings).
var byteOrderMark = []byte("\xef\xbb\xbf")

// readable is content without its byte order mark. The error names the encoding or
// the line of what is no text in UTF-8.
func readable(content []byte) ([]byte, error) {
	content = bytes.TrimPrefix(content, byteOrderMark)
	if bytes.HasPrefix(content, []byte("\xff\xfe")) || bytes.HasPrefix(content, []byte("\xfe\xff")) {
		return nil, errors.New("it is encoded in UTF-16; save it as UTF-8")
	}
	line := 1
	for rest := content; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			return nil, fmt.Errorf("line %d: the byte 0x%02x is not UTF-8; save the file as UTF-8", line, rest[0])
		case r == 0:
			return nil, fmt.Errorf("line %d: it contains a NUL byte; save the file as text in UTF-8", line)
		case r == '\n':
			line++
		}
		rest = rest[size:]
	}
	return content, nil
}

package printable

import (
	"io"
	"regexp"
	"sync"
	"unicode/utf8"
)

// Writer passes text on to a terminal or a file: its lines, tabs and colours stay,
// and every other control is written out. It is the last of two filters: a colour
// or a line that is forged is stopped where a value is put into a sentence, by
// Line.
type Writer struct {
	w       io.Writer
	mu      sync.Mutex
	pending []byte // The beginning of a character or of a colour.
}

// NewWriter returns a Writer on top of w.
func NewWriter(w io.Writer) *Writer { return &Writer{w: w} }

// Under returns what a Writer is on top of, and w where it is none.
func Under(w io.Writer) io.Writer {
	if filter, ok := w.(*Writer); ok {
		return filter.w
	}
	return w
}

// Fd is the file descriptor of what is below, by which others find out whether it
// is a terminal; there is none where it is no file.
func (w *Writer) Fd() uintptr {
	if file, ok := w.w.(interface{ Fd() uintptr }); ok {
		return file.Fd()
	}
	return ^uintptr(0)
}

// Read is there because libraries that look for a terminal want one; it reads
// nothing.
func (w *Writer) Read([]byte) (int, error) { return 0, io.EOF }

// Write implements io.Writer.
func (w *Writer) Write(text []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	whole := append(w.pending, text...)
	done := len(whole) - unfinished(whole)
	w.pending = append([]byte(nil), whole[done:]...)
	if _, err := w.w.Write([]byte(keepColours(string(whole[:done])))); err != nil {
		return 0, err
	}
	return len(text), nil
}

// Close writes what is left; what is below stays open.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	left := w.pending
	w.pending = nil
	_, err := w.w.Write([]byte(Text(string(left))))
	return err
}

// colour is a sequence that sets a colour or a weight: Select Graphic Rendition
// (ECMA-48 section 8.3.117).
var (
	colour      = regexp.MustCompile(`\x1b\[[0-9;:]{0,32}m`)
	halfAColour = regexp.MustCompile(`\x1b(\[[0-9;:]{0,32})?$`)
)

func keepColours(text string) string {
	var written []byte
	rest := 0
	for _, place := range colour.FindAllStringIndex(text, -1) {
		written = append(written, Text(text[rest:place[0]])...)
		written = append(written, text[place[0]:place[1]]...)
		rest = place[1]
	}
	return string(append(written, Text(text[rest:])...))
}

// unfinished is how many bytes at the end are the beginning of something.
func unfinished(text []byte) int {
	if place := halfAColour.FindIndex(text); place != nil {
		return len(text) - place[0]
	}
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if start := text[len(text)-n:]; utf8.RuneStart(start[0]) {
			if !utf8.FullRune(start) {
				return n
			}
			break
		}
	}
	return 0
}

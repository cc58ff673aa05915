package target

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// BaselineText is a baseline as people wrote it: it can be changed entry by
// entry, and keeps the comments and the form of the others.
type BaselineText struct {
	head, tail string // Comments before the first entry and after the last.
	entries    []entryText
}

// entryText is an entry with the comments above it.
type entryText struct{ id, text string }

// LoadBaselineText reads a baseline file and its text. One that is not there yet
// has no entries.
func LoadBaselineText(name string) (Baseline, *BaselineText, error) {
	content, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return Baseline{}, &BaselineText{}, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("the baseline cannot be read: %w", err)
	}
	baseline, err := LoadBaseline(name)
	if err != nil {
		return nil, nil, err
	}
	text, err := parseBaselineText(string(content))
	return baseline, text, err
}

func parseBaselineText(content string) (*BaselineText, error) {
	var known []Known
	if err := decode([]byte(content), &known); err != nil {
		return nil, err
	}
	if text := split(content); text.holds(known) {
		return text, nil
	}
	// Its form is another than a list of entries below each other, and is not kept.
	text := &BaselineText{}
	for _, entry := range known {
		text.Add(entry)
	}
	return text, nil
}

// lineBreaks are those of YAML (section 5.4, https://yaml.org/spec/1.2.2/#54-line-break-characters).
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// split cuts a list at the lines that begin an entry. Comments directly above
// one are its own; what is above an empty line before the first is the head.
func split(content string) *BaselineText {
	text := &BaselineText{}
	var above string
	for line := range strings.Lines(lineBreaks.Replace(content)) {
		if line = strings.TrimRight(line, "\n") + "\n"; strings.TrimSpace(line) == "" {
			line = "\n"
		}
		last := len(text.entries) - 1
		switch {
		case strings.HasPrefix(line, "- "):
			text.entries = append(text.entries, entryText{text: above + line})
			above = ""
		case strings.HasPrefix(line, "#"):
			above += line
		case last < 0 && (line == "\n" || strings.HasPrefix(line, "---")):
			text.head, above = text.head+above+line, ""
		case line == "\n":
			above += line
		case last < 0:
			return &BaselineText{} // No list of entries below each other.
		default:
			text.entries[last].text += above + line
			above = ""
		}
	}
	text.tail = above
	return text
}

// holds tells whether each part of the text is one of the entries, and whether the
// text takes a further one, and gives each part its id.
func (t *BaselineText) holds(known []Known) bool {
	if len(t.entries) != len(known) {
		return false
	}
	for i, entry := range t.entries {
		var one []Known
		if err := decode([]byte(entry.text), &one); err != nil || len(one) != 1 || !one[0].equal(known[i]) {
			return false
		}
		t.entries[i].id = known[i].ID
	}
	further := &BaselineText{t.head, t.tail, slices.Clone(t.entries)}
	further.Add(Known{ID: "an-entry", Reason: "a reason"})
	var all []Known
	return decode(further.Bytes(), &all) == nil && len(all) == len(known)+1
}

// Add adds an entry.
func (t *BaselineText) Add(entry Known) {
	text := ""
	for _, member := range []struct{ name, value string }{{"- id", entry.ID}, {"  reason", entry.Reason}, {"  url", entry.URL}, {"  until", entry.Until}} {
		if member.value != "" || text == "" {
			value, _ := Flow(member.value) // A text can be written.
			text += member.name + ": " + value + "\n"
		}
	}
	t.entries = append(t.entries, entryText{entry.ID, text})
}

// Drop takes an entry out, with the comments directly above it.
func (t *BaselineText) Drop(id string) {
	t.entries = slices.DeleteFunc(t.entries, func(entry entryText) bool { return entry.id == id })
}

// Bytes is the text of the file, sorted by the ids.
func (t *BaselineText) Bytes() []byte {
	slices.SortStableFunc(t.entries, func(a, b entryText) int { return strings.Compare(a.id, b.id) })
	var text bytes.Buffer
	text.WriteString(t.head)
	for _, entry := range t.entries {
		text.WriteString(strings.TrimSuffix(entry.text, "\n") + "\n")
	}
	text.WriteString(t.tail)
	if len(t.entries) == 0 {
		text.WriteString("[]\n")
	}
	return text.Bytes()
}

package oauthclient

import (
	"io"
	"strings"
	"testing"
)

// An answer has a bound, and each event of a stream has it for itself.
func TestMessagesAreBounded(t *testing.T) {
	for name, test := range map[string]struct {
		text   string
		events bool
		passes bool
	}{
		"a short answer":           {"0123456789", false, true},
		"a long answer":            {"01234567890", false, false},
		"an answer with lines":     {"01\n\n01\n\n01\n\n", false, false},
		"a short event":            {"data: 1\n\n", true, true},
		"many short events":        {strings.Repeat("data: 1\n\n", 100), true, true},
		"many with CR LF":          {strings.Repeat("d: 1\r\n\r\n", 100), true, true},
		"a long line":              {"data: 0123456789", true, false},
		"a long event of lines":    {strings.Repeat("d: 1\n", 3), true, false},
		"a long one behind shorts": {"d: 1\n\nd: 0123456789", true, false},
	} {
		content, err := io.ReadAll(&messages{ReadCloser: io.NopCloser(strings.NewReader(test.text)), events: test.events, most: 10})
		if (err == nil) != test.passes || test.passes && string(content) != test.text {
			t.Errorf("%s: %q, %v", name, content, err)
		}
	}
}

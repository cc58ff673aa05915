package repro

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/impl/printable"
)

// Answer is what a server answered, as `curl -i` writes it.
type Answer struct {
	Status  string // The first line.
	Header  http.Header
	Content []byte
}

// mostHeader is how much of an answer may come before its content.
const mostHeader = 1 << 20

// ReadAnswer reads what `curl -i` wrote, without interim answers (RFC 9110 section
// 15.2, https://www.rfc-editor.org/rfc/rfc9110#section-15.2).
func ReadAnswer(written io.Reader) (Answer, error) {
	reader := bufio.NewReader(io.LimitReader(written, mostHeader+exchange.MaxContent))
	for {
		lines := textproto.NewReader(reader)
		status, err := lines.ReadLine()
		if err != nil || !strings.HasPrefix(status, "HTTP/") {
			return Answer{}, errors.New("the input is no HTTP response; give what `curl -i` wrote")
		}
		header, err := lines.ReadMIMEHeader()
		if err != nil && !errors.Is(err, io.EOF) {
			return Answer{}, fmt.Errorf("the header of the answer is malformed: %w", err)
		}
		if _, rest, _ := strings.Cut(status, " "); strings.HasPrefix(rest, "1") && !strings.HasPrefix(rest, "101") {
			continue
		}
		content, err := io.ReadAll(reader)
		return Answer{status, http.Header(header), content}, err
	}
}

// Show writes an answer for a person, without anything that a terminal obeys.
func (a Answer) Show(out io.Writer) error {
	var head bytes.Buffer
	_ = a.Header.Write(&head) // A buffer takes everything.
	_, err := fmt.Fprintf(out, "%s\n%s\n%s\n", printable.Line(a.Status), printable.Text(strings.ReplaceAll(head.String(), "\r\n", "\n")), printable.Text(string(a.Content)))
	return err
}

// Member is the value of the nth member with a name, anywhere in the JSON of the
// content.
func (a Answer) Member(name string, nth int) (string, error) {
	for _, member := range members(a.Content) {
		if member.name == name {
			if nth--; nth == 0 {
				return taken(member.value)
			}
		}
	}
	return "", fmt.Errorf("the answer has no such member %q with a text; the status is %s", name, printable.Line(a.Status))
}

// Parameter is the value of a parameter of the redirect.
func (a Answer) Parameter(name string) (string, error) {
	query := parameters(a.Header)
	if !query.Has(name) {
		return "", fmt.Errorf("the answer does not redirect to a URL with the parameter %q; the status is %s", name, printable.Line(a.Status))
	}
	return taken(query.Get(name))
}

// HeaderField is the value of a header.
func (a Answer) HeaderField(name string) (string, error) {
	if a.Header.Get(name) == "" {
		return "", fmt.Errorf("the answer has no header %q; the status is %s", name, printable.Line(a.Status))
	}
	return taken(a.Header.Get(name))
}

func taken(value string) (string, error) {
	if !isTaken(value) {
		return "", errors.New("the value has control characters, which a script cannot pass on")
	}
	return value, nil
}

// isTaken: a shell drops newlines at the end of what a program prints, an argument
// holds no NUL, and a line break in a header begins another one.
func isTaken(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == '\x7f' })
}

func parameters(header http.Header) url.Values {
	location, err := url.Parse(header.Get("Location"))
	if err != nil {
		return nil
	}
	return location.Query()
}

// member is a member of a JSON object whose value is a text.
type member struct{ name, value string }

// members are those anywhere in content, in its order: one JSON text, or those of
// an event stream (https://html.spec.whatwg.org/multipage/server-sent-events.html).
func members(content []byte) []member {
	if json.Valid(content) {
		return membersOf(content)
	}
	var all []member
	for _, text := range data(content) {
		all = append(all, membersOf(text)...)
	}
	return all
}

// data are the JSON texts of an event stream.
func data(content []byte) [][]byte {
	var all [][]byte
	for line := range bytes.Lines(content) {
		if text, ok := bytes.CutPrefix(line, []byte("data:")); ok && json.Valid(text) {
			all = append(all, text)
		}
	}
	return all
}

// membersOf reads a valid JSON text token by token: a map would forget the order.
func membersOf(text []byte) []member {
	var all []member
	decoder := json.NewDecoder(bytes.NewReader(text))
	type level struct {
		object, named bool
		name          string
	}
	levels := []level{{}}
	for {
		token, err := decoder.Token()
		if err != nil {
			return all
		}
		last := &levels[len(levels)-1]
		switch value := token.(type) {
		case json.Delim:
			if value == '{' || value == '[' {
				last.named = false
				levels = append(levels, level{object: value == '{'})
				continue
			}
			levels = levels[:len(levels)-1]
		case string:
			if last.object && !last.named {
				last.name, last.named = value, true
				continue
			}
			if last.object {
				all = append(all, member{last.name, value})
			}
			last.named = false
		default:
			last.named = false
		}
	}
}

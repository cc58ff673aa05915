package repro

import (
	"fmt"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/shell"
)

// variable is a value that the script does not know beforehand.
type variable struct {
	name, value string
	secret      bool // A person's: the script never holds the value itself.
	leads       bool // It may say to which host a request goes.
	isPath      bool // It is all of the path of a URL, and stands nowhere else.
}

// names are all that a variable of the script can have: what a server calls a
// value is never one.
var names = []string{
	"access_token", "actor_token", "basic", "bytes", "changed_assertion", "changed_statement", "client_assertion", "client_id",
	"client_secret", "code", "code_challenge", "code_verifier", "control", "control_token", "cookie", "field", "id", "id_token", "issuer", "jwks", "key",
	"mcp_server", "path", "refresh_token", "registration_access_token", "registration_client_uri", "resource", "secret", "session",
	"software_statement", "subject_token",
}

// define gives a value a variable; definition is the right side.
func (w *writer) define(name, value, definition string) *variable {
	unique := w.unique(name)
	w.line(unique + "=" + definition)
	return w.reserve(unique, value)
}

// reserve remembers a variable that the script has already.
func (w *writer) reserve(name, value string) *variable {
	w.variables = append(w.variables, variable{name: name, value: value})
	return &w.variables[len(w.variables)-1]
}

func (w *writer) unique(name string) string {
	if !slices.Contains(names, name) {
		name = "value"
	}
	w.named[name]++
	if n := w.named[name]; n > 1 {
		return fmt.Sprintf("%s_%d", name, n)
	}
	return name
}

func (w *writer) known(value string) bool {
	return slices.ContainsFunc(w.variables, func(v variable) bool { return v.value == value })
}

// word is pieces as one word of the shell. What a person could not see, or would
// take for another line, is defined above in octal digits.
func (w *writer) word(pieces []piece) string {
	var word strings.Builder
	for _, p := range pieces {
		switch {
		case p.variable != "":
			word.WriteString(`"` + p.expansion() + `"`)
		case isSeen(p.text):
			word.WriteString(shell.Quoted(p.text))
		default:
			name := w.unique("bytes")
			w.line(fmt.Sprintf("%[1]s=$(printf '%[2]s.'); %[1]s=${%[1]s%%.}", name, octal(p.text))) // The dot keeps newlines at the end.
			word.WriteString(`"${` + name + `}"`)
		}
	}
	if word.Len() == 0 {
		return "''"
	}
	return word.String()
}

// file writes pieces into a file, for what no argument can hold, and returns its
// name.
func (w *writer) file(pieces []piece) string {
	format, arguments := "", ""
	for _, p := range pieces {
		if p.variable == "" {
			format += octal(p.text)
			continue
		}
		format += "%s"
		arguments += ` "` + p.expansion() + `"`
	}
	w.line("printf '" + format + "'" + arguments + ` >"$folder/body"`)
	return `"$folder/body"`
}

// octal is text in the format of printf.
func octal(text string) string {
	var written strings.Builder
	for i := range len(text) {
		switch c := text[i]; {
		case c == '%':
			written.WriteString("%%")
		case c < ' ' || c > '~' || c == '\\' || c == '\'' || c == '-':
			fmt.Fprintf(&written, `\%03o`, c)
		default:
			written.WriteByte(c)
		}
	}
	return written.String()
}

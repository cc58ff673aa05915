package repro

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/impl/printable"
)

// piece is a part of what is sent: text, or the value of a variable, encoded as a
// command of `grantproof mint` does it.
type piece struct{ text, variable, encoding string }

func (p piece) expansion() string {
	if p.encoding == "" {
		return "${" + p.variable + "}"
	}
	return "$(grantproof mint " + p.encoding + ` -- "${` + p.variable + `}")`
}

// context is where a value stands: how it is encoded there, by which command, and
// from where on any variable may stand; before, only one that leads.
type context struct {
	encode  func(string) string
	command string
	from    int
}

var (
	asItIs = context{}
	inJSON = context{encode: jsonEscape, command: "json"}
)

// contextOf tells a JSON object, which is what some values are made of, from a value.
func contextOf(text string) context {
	if strings.HasPrefix(text, "{") && json.Valid([]byte(text)) {
		return inJSON
	}
	return asItIs
}

// jsonEscape is value as it stands between the quotes of a JSON string.
func jsonEscape(value string) string {
	text, _ := json.Marshal(value) // A string has always a JSON text.
	return string(text[1 : len(text)-1])
}

// JSON is value as it stands between the quotes of a JSON string: what `grantproof
// mint json` prints.
func JSON(value string) string { return jsonEscape(value) }

// pieces finds the values of variables in text, the longest first, so that each is
// replaced once.
func (w *writer) pieces(text string, c context) []piece {
	var pieces []piece
	begin := 0
	for i := 0; i < len(text); {
		found, length := w.find(text, i, c)
		if length == 0 {
			i++
			continue
		}
		pieces = appendText(pieces, text[begin:i])
		pieces = append(pieces, found)
		i += length
		begin = i
	}
	return appendText(pieces, text[begin:])
}

func appendText(pieces []piece, text string) []piece {
	if text == "" {
		return pieces
	}
	return append(pieces, piece{text: text})
}

// find returns the variable whose value stands in text at i, and its length there;
// 0 where there is none.
func (w *writer) find(text string, i int, c context) (found piece, length int) {
	try := func(v variable, form, command string) {
		if len(form) > length && strings.HasPrefix(text[i:], form) && v.fits(text, i, i+len(form)) {
			found, length = piece{variable: v.name, encoding: command}, len(form)
		}
	}
	for _, v := range w.variables {
		if v.value == "" || v.isPath || i < c.from && !v.leads {
			continue
		}
		if c.encode != nil {
			try(v, c.encode(v.value), c.command)
		}
		try(v, v.value, "")
	}
	return found, length
}

// fits tells whether the value of v is meant where it stands: text[from:to]. A
// secret that is a common word is meant only where it is all of a value.
func (v variable) fits(text string, from, to int) bool {
	if v.secret && exchange.IsCommon(v.value) {
		return from == 0 && to == len(text) || secretMember.MatchString(text[:from]) && strings.HasPrefix(text[to:], `"`)
	}
	return len(v.value) >= shortest
}

// secretMember ends where the value of a member of JSON begins that is a secret.
var secretMember = regexp.MustCompile(`"(?:client_secret|password)"\s*:\s*"$`)

// form finds values in a form or a query, where each is encoded once
// (application/x-www-form-urlencoded,
// https://url.spec.whatwg.org/#application/x-www-form-urlencoded).
func (w *writer) form(text string) []piece {
	var pieces []piece
	for i, pair := range strings.Split(text, "&") {
		if i > 0 {
			pieces = append(pieces, piece{text: "&"})
		}
		name, value, has := strings.Cut(pair, "=")
		pieces = append(pieces, w.token(name, "")...)
		if has {
			pieces = append(append(pieces, piece{text: "="}), w.token(value, name)...)
		}
	}
	return merge(pieces)
}

// token is a value of a parameter, or a name, which is no secret. One that is not
// encoded in the usual way is repeated as it is.
func (w *writer) token(token, of string) []piece {
	decoded, err := url.QueryUnescape(token)
	switch {
	case exchange.IsCommon(decoded) && (of == "" || exchange.SaysWord(of)):
		return appendText(nil, token)
	case err != nil || url.QueryEscape(decoded) != token:
		return w.pieces(token, asItIs)
	}
	pieces := w.pieces(decoded, asItIs)
	for i, p := range pieces {
		if pieces[i].encoding = "encoded"; p.variable == "" {
			pieces[i] = piece{text: url.QueryEscape(p.text)}
		}
	}
	return pieces
}

func merge(pieces []piece) []piece {
	var merged []piece
	for _, p := range pieces {
		if last := len(merged) - 1; last >= 0 && p.variable == "" && merged[last].variable == "" {
			merged[last].text += p.text
			continue
		}
		merged = append(merged, p)
	}
	return merged
}

// url finds values in a URL. The host is one that the scenario asked, or where the
// control plane says that a server is: nothing that a server answers sends a
// person's secrets elsewhere.
func (w *writer) url(address string) []piece {
	base, query, asks := strings.Cut(address, "?")
	c := asItIs
	if parsed, err := url.Parse(address); err == nil {
		c.from = len(parsed.Scheme) + len("://") + len(parsed.User.String()) + len(parsed.Host)
		if parsed.User != nil {
			c.from++
		}
	}
	pieces := w.pieces(base, c)
	if path := w.pathVariable(base[min(c.from, len(base)):]); path != "" {
		pieces = append(w.pieces(base[:c.from], c), piece{variable: path})
	}
	if asks {
		pieces = append(pieces, piece{text: "?"})
		pieces = append(pieces, w.form(query)...)
	}
	return merge(pieces)
}

// isSeen tells whether a person who reads the script sees what text is.
func isSeen(text string) bool { return printable.Is(text) }

// size is how many bytes the texts among pieces have.
func size(pieces []piece) int {
	n := 0
	for _, p := range pieces {
		n += len(p.text)
	}
	return n
}

// hasNUL: an argument of a program ends at one.
func hasNUL(pieces []piece) bool {
	return slices.ContainsFunc(pieces, func(p piece) bool { return strings.Contains(p.text, "\x00") })
}

package world

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/grantproof/grantproof/harness/proof"
)

// Row is one line of a table: a wire name and a value. Values in round
// brackets are special.
type Row struct{ Name, Value string }

// Table is what deviates from a valid request, or what is expected of an
// answer.
type Table []Row

// Get returns the value of name.
func (t Table) Get(name string) (string, bool) {
	for _, row := range t {
		if row.Name == name {
			return row.Value, true
		}
	}
	return "", false
}

// Without returns the table without the rows of a name.
func (t Table) Without(name string) Table {
	return slices.DeleteFunc(slices.Clone(t), func(row Row) bool { return row.Name == name })
}

// Only returns the rows of a name.
func (t Table) Only(name string) Table {
	return slices.DeleteFunc(slices.Clone(t), func(row Row) bool { return row.Name != name })
}

// About parts the rows whose names begin with prefix, which goes, from the rest.
func (t Table) About(prefix string) (about, rest Table) {
	for _, row := range t {
		if name, ok := strings.CutPrefix(row.Name, prefix); ok {
			about = append(about, Row{name, row.Value})
		} else {
			rest = append(rest, row)
		}
	}
	return about, rest
}

// Key tells two tables apart.
func (t Table) Key() string {
	var key strings.Builder
	for _, row := range t {
		key.WriteString("|" + row.Name + "|" + row.Value)
	}
	return key.String()
}

// Parameter is a parameter that is sent, in order.
type Parameter struct{ Name, Value string }

// Parameters are those of a request.
type Parameters []Parameter

// Deviate lays a table over valid parameters. valid gives the value that a
// parameter would have where the valid request does not send it.
func (p Parameters) Deviate(table Table, valid func(name string) string) Parameters {
	deviated := append(Parameters(nil), p...)
	for _, row := range table {
		deviated = deviated.apply(row, valid)
	}
	return deviated
}

func (p Parameters) apply(row Row, valid func(string) string) Parameters {
	original, sent := p.Get(row.Name)
	if !sent {
		original = valid(row.Name)
	}
	rest := p.without(row.Name)
	switch row.Value {
	case "(omitted)":
		return rest
	case "(both resources)":
		return append(rest, Parameter{row.Name, valid("resource")}, Parameter{row.Name, valid("second resource")})
	case "(twice)":
		return append(rest, Parameter{row.Name, original}, Parameter{row.Name, original})
	}
	return append(rest, Parameter{row.Name, Resolve(row, original, p, valid)})
}

// ofLength asks for so many characters that are allowed everywhere.
var ofLength = regexp.MustCompile(`^\((\d+) characters\)$`)

// Resolve is the value that a word in round brackets stands for.
func Resolve(row Row, original string, p Parameters, valid func(string) string) string {
	switch row.Value {
	case "(valid)":
		return original
	case "(empty)":
		return ""
	case "(random)":
		return proof.Random()
	case "(reversed)":
		words := strings.Fields(original)
		slices.Reverse(words)
		return strings.Join(words, " ")
	case "(a NUL)":
		return "read\x00write"
	case "(a line break)":
		return "read\r\nX-Injected: yes"
	case "(no UTF-8)":
		return "read\xff\xfe"
	case "(with a challenge that begins alike)":
		return proof.VerifierLike(original)
	case "(cut off)":
		return original[:max(0, len(original)-1)]
	case "(one letter changed)":
		return withAnotherLetter(original)
	case "(scheme in upper case)":
		scheme, after, _ := strings.Cut(original, ":")
		return strings.ToUpper(scheme) + ":" + after
	case "(upper case)":
		return strings.ToUpper(original)
	}
	if match := ofLength.FindStringSubmatch(row.Value); match != nil {
		length, _ := strconv.Atoi(match[1])
		return proof.Text(length)
	}
	if name, ok := strings.CutPrefix(row.Value, "("); ok && strings.HasSuffix(name, ")") {
		name = strings.TrimSuffix(name, ")")
		if value, ok := p.Get(name); ok {
			return value
		}
		return valid(name)
	}
	// What follows the word is added to the valid value: "(valid)/extra".
	if rest, ok := strings.CutPrefix(row.Value, "(valid)"); ok {
		return original + rest
	}
	return row.Value
}

// withAnotherLetter changes the letter in the middle: the last one of an
// encoded text may hold bits that nobody reads.
func withAnotherLetter(text string) string {
	middle, letter := len(text)/2, "x"
	if text == "" {
		return letter
	}
	if text[middle] == 'x' {
		letter = "y"
	}
	return text[:middle] + letter + text[middle+1:]
}

// Get returns the value of a parameter, and whether it is sent.
func (p Parameters) Get(name string) (string, bool) {
	for _, parameter := range p {
		if parameter.Name == name {
			return parameter.Value, true
		}
	}
	return "", false
}

func (p Parameters) without(name string) Parameters {
	return slices.DeleteFunc(slices.Clone(p), func(parameter Parameter) bool { return parameter.Name == name })
}

package words

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/nearest"
)

// Table is what the table of a phrase may hold.
type Table struct {
	Of   string // What it makes deviate, or expects: "a token request".
	Rows []Rows // The first says what may stand beside an unknown name.
}

// Rows are rows that hold values of one kind. In a name, * stands for any text.
type Rows struct {
	Places []Place
	Names  []string
	Values []string // The only ones, where not every value means something.
}

func (r Rows) has(place Place) bool { return slices.Contains(r.Places, place) }

// check finds the place for whose words a value is right; else it says what is
// wrong for the first.
func (r Rows) check(value string) error {
	if len(r.Values) > 0 && !slices.Contains(r.Values, value) {
		return fmt.Errorf("%q is none of %s%s", value, strings.Join(r.Values, ", "), nearest.Hint(value, r.Values))
	}
	var first error
	for _, place := range r.Places {
		err := place.Check(value)
		if err == nil {
			return nil
		}
		first = cmp.Or(first, err)
	}
	return first
}

// Unknown begins the name of a row that no specification has, on purpose.
const Unknown = "(unknown) "

// Sent is the name under which a row is sent.
func Sent(name string) string { return strings.TrimPrefix(name, Unknown) }

// Check tells what is wrong with a row, nil where nothing is.
func (t Table) Check(name, value string) error {
	rows, err := t.rowsOf(name)
	if err != nil {
		return err
	}
	return rows.check(value)
}

func (t Table) rowsOf(name string) (Rows, error) {
	sent, marked := strings.CutPrefix(name, Unknown)
	for _, rows := range t.Rows {
		for _, pattern := range rows.Names {
			if !matches(pattern, sent) {
				continue
			}
			if marked && pattern != "*" {
				return Rows{}, fmt.Errorf("%s knows %q; take %q out", t.Of, sent, strings.TrimSpace(Unknown))
			}
			return rows, nil
		}
	}
	if marked {
		return t.Rows[0], nil
	}
	return Rows{}, fmt.Errorf("%s has no row %q%s (a row that is unknown on purpose begins with %q)", t.Of, name, nearest.Hint(name, t.Names()), strings.TrimSpace(Unknown))
}

// Names are those that a row may have, in order.
func (t Table) Names() []string {
	var names []string
	for _, rows := range t.Rows {
		names = append(names, rows.Names...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func matches(pattern, name string) bool {
	before, after, any := strings.Cut(pattern, "*")
	if !any {
		return pattern == name
	}
	return len(name) >= len(before)+len(after) && strings.HasPrefix(name, before) && strings.HasSuffix(name, after)
}

// bracket finds what looks like a word: no bracket of a call such as alert(1).
var bracket = regexp.MustCompile(`(?:^|[^\pL\pN_])(\([^()]*\)?)`)

// Check tells which word of a value is unknown or out of place, nil where none is.
func (p Place) Check(value string) error {
	if p == Literal {
		return nil
	}
	for _, found := range bracket.FindAllStringSubmatch(value, -1) {
		if err := p.check(found[1], value); err != nil {
			return err
		}
	}
	return nil
}

func (p Place) check(written, value string) error {
	word, known := at[p][nameOf(written)]
	switch {
	case !known && !Known(written):
		return fmt.Errorf("there is no word %q%s", written, nearest.Hint(written, slices.Sorted(maps.Keys(at[p]))))
	case !known:
		return fmt.Errorf("the word %q has no meaning in %s%s", written, p, nearest.Hint(written, slices.Sorted(maps.Keys(at[p]))))
	case word.Form == Alone && !p.alone(value, written):
		return fmt.Errorf("the word %q stands alone; %q has more beside it", written, value)
	case word.Form == Begins && !strings.HasPrefix(value, written):
		return fmt.Errorf("the word %q stands at the beginning, and not within %q", written, value)
	}
	return nil
}

// joined are the words that take another one as their argument, by place.
var joined = map[Place]string{Expectation: "(contains) ", Claim: "(valid) and ", Minted: "(valid) and "}

// Found is a word where it stands.
type Found struct {
	Name  string // As the registry has it.
	Place Place
}

// Words are those of a row that is right.
func (t Table) Words(name, value string) []Found {
	found := inPlace(Name, name)
	rows, err := t.rowsOf(name)
	if err != nil {
		return found
	}
	for _, place := range rows.Places {
		if place != Literal && place.Check(value) == nil {
			return append(found, inPlace(place, value)...)
		}
	}
	return found
}

// InText are the words in the text of a step that is right.
func InText(text string) []Found { return inPlace(Text, strings.ReplaceAll(text, `"`, " ")) }

func inPlace(place Place, value string) []Found {
	var found []Found
	for _, match := range bracket.FindAllStringSubmatch(value, -1) {
		found = append(found, Found{nameOf(match[1]), place})
	}
	return found
}

// orAbsent follows an expectation that holds where the member is there.
const orAbsent = " or (absent)"

// alone tells whether a value has nothing beside a word but what joins it to another.
func (p Place) alone(value, written string) bool {
	if before, optional := strings.CutSuffix(value, orAbsent); optional && p == Expectation {
		return written == "(absent)" || p.alone(before, written)
	}
	return strings.TrimPrefix(value, joined[p]) == written
}

// quoted are the texts of a step that stand in quotation marks.
var quoted = regexp.MustCompile(`"([^"]*)"`)

// CheckText tells which word in the text of a step is unknown or out of place, nil
// where none is.
func CheckText(text string) error {
	for _, found := range quoted.FindAllStringSubmatch(text, -1) {
		if err := Text.Check(found[1]); err != nil {
			return err
		}
	}
	return Text.Check(quoted.ReplaceAllString(text, ""))
}

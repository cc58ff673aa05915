package acts

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	messages "github.com/cucumber/messages/go/v21"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/words"
)

// Phrase is a phrase as people read it.
type Phrase struct {
	Keyword    Keyword
	Says, Done string      // N stands for a number and … for a text; Done is what a Given says that has done the same.
	Table      words.Table // What its table may hold; the zero value where it takes none.
	Needed     bool        // It never comes without its table.
	Attributes []string    // What it means for a plan.
	Once       string      // Why one scenario alone needs it.
}

// NamedRule is a rule that a phrase names.
type NamedRule struct{ Of, Name, Says string }

// Phrases are all of them: the Givens, the Whens and the Thens, each by what it says.
func Phrases() []Phrase {
	var all []Phrase
	for _, c := range everyPhrase() {
		if c.of == (said{c.keyword, c.says}) {
			all = append(all, c.forPeople())
		}
	}
	order := map[Keyword]int{Given: 1, When: 2, Then: 3}
	slices.SortFunc(all, func(a, b Phrase) int {
		return cmp.Or(cmp.Compare(order[a.Keyword], order[b.Keyword]), strings.Compare(a.Says, b.Says))
	})
	return all
}

// PhraseOf is how the phrase that a step means is read by people; empty where none is
// meant.
func PhraseOf(step *messages.PickleStep) (keyword Keyword, says string) {
	meant := phrasesOf(step)
	if len(meant) == 0 {
		return "", ""
	}
	return meant[0].of.keyword, readable(meant[0].of.text)
}

func (c compiled) forPeople() Phrase {
	p := Phrase{Keyword: c.keyword, Says: readable(c.says), Done: readable(c.done), Table: c.with, Once: c.once}
	if c.table.Of != "" {
		p.Table, p.Needed = c.table, true
	}
	for _, attribute := range []struct {
		says  string
		holds where
	}{{"may register a client", c.registers}, {"the resource owner takes part", c.signsIn}, {"expects a refusal, which needs a positive control", c.refuses}} {
		if attribute.holds.holds != nil {
			p.Attributes = append(p.Attributes, strings.TrimSpace(attribute.says+" "+attribute.holds.says))
		}
	}
	if c.waits {
		p.Attributes = append(p.Attributes, "waits where the target has no control plane")
	}
	if c.deviates {
		p.Attributes = append(p.Attributes, "deviates from a valid request, which is its positive control")
	}
	if c.controls != noControl {
		p.Attributes = append(p.Attributes, "is a positive control: "+string(c.controls))
	}
	return p
}

var (
	plain = strings.NewReplacer(`an?`, `a`, `([^"]*)`, open, `([^"]+)`, open, `([A-Z]+)`, open, `(\d+)`, number, `\d+`, number, `(.*[^:])`, open)
	// optional is a group that may be missing, and group any other.
	optional = regexp.MustCompile(`\((?:\?:)?([^()]*)\)\?`)
	group    = regexp.MustCompile(`\(\?:`)
	letter   = regexp.MustCompile(`(\pL)\?`)
)

// readable is a pattern as people read it.
func readable(pattern string) string {
	text := optional.ReplaceAllString(plain.Replace(pattern), "[$1]")
	return letter.ReplaceAllString(group.ReplaceAllString(text, "("), "$1")
}

// Rules are those that phrases name, each with what it says.
func Rules() []NamedRule {
	var all []NamedRule
	for _, rule := range check.Rules {
		all = append(all, NamedRule{"every exchange", rule.Name, rule.Says})
	}
	for _, party := range slices.Sorted(maps.Keys(partyRules)) {
		for _, name := range slices.Sorted(maps.Keys(partyRules[party])) {
			all = append(all, NamedRule{"the " + party, name, partyRules[party][name].Says})
		}
	}
	return all
}

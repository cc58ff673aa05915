package acts

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	messages "github.com/cucumber/messages/go/v21"

	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/impl/nearest"
)

var keywords = map[messages.PickleStepType]Keyword{
	messages.PickleStepType_CONTEXT: Given,
	messages.PickleStepType_ACTION:  When,
	messages.PickleStepType_OUTCOME: Then,
}

// Problem is something wrong with a step of a scenario. Row counts the rows of its
// table from 0; -1 is the step itself.
type Problem struct {
	Step, Row int
	Err       error
}

// Check finds the steps of a scenario that no phrase knows, or more than one, and
// the rows and words that have no meaning where they stand.
func Check(scenario []*messages.PickleStep) []Problem {
	var problems []Problem
	for i, step := range scenario {
		if err := checkPhrase(step); err != nil {
			problems = append(problems, Problem{i, -1, err})
			continue
		}
		if err := phrasesOf(step)[0].checkText(step.Text); err != nil {
			problems = append(problems, Problem{i, -1, err})
		}
		problems = append(problems, checkRows(scenario, i)...)
	}
	return problems
}

// checkText tells what is wrong with the arguments in the text of a step.
func (c compiled) checkText(text string) error {
	if c.controls == otherGiven {
		if _, err := c.otherGiven(text); err != nil {
			return err
		}
	}
	if c.names != nil {
		if name, all := c.names(c.argsOf(text)); !slices.Contains(all, name) {
			return fmt.Errorf("%s: there is no %q%s", text, name, nearest.Hint(name, all))
		}
	}
	return words.CheckText(text)
}

// checkPhrase says whether exactly one phrase of its keyword is meant by a step.
func checkPhrase(step *messages.PickleStep) error {
	meant := phrasesOf(step)
	switch len(meant) {
	case 0:
		return fmt.Errorf("no %s says %q%s", keywords[step.Type], step.Text, hint(keywords[step.Type], step.Text))
	case 1:
		return nil
	}
	var patterns []string
	for _, c := range meant {
		patterns = append(patterns, c.says)
	}
	return fmt.Errorf("the step %q is ambiguous: %q", step.Text, patterns)
}

// Use is a word that a step has; the row -1 is its text.
type Use struct {
	Step, Row int
	words.Found
}

// Words are those of a scenario that is right.
func Words(scenario []*messages.PickleStep) []Use {
	var uses []Use
	for i, step := range scenario {
		for _, found := range words.InText(step.Text) {
			uses = append(uses, Use{i, -1, found})
		}
		meant, rows := phrasesOf(step), tableOf(step)
		if len(meant) == 0 || rows == nil {
			continue
		}
		table, _ := taken(scenario, meant[0], step.Text) // It was checked.
		for row, cells := range rows {
			for _, found := range table.Words(cells.Cells[0].Value, cells.Cells[1].Value) {
				uses = append(uses, Use{i, row, found})
			}
		}
	}
	return uses
}

func checkRows(scenario []*messages.PickleStep, i int) []Problem {
	rows := tableOf(scenario[i])
	if rows == nil {
		return nil
	}
	table, err := taken(scenario, phrasesOf(scenario[i])[0], scenario[i].Text)
	if err != nil {
		return []Problem{{i, -1, err}}
	}
	var problems []Problem
	for row, cells := range rows {
		if len(cells.Cells) != 2 {
			err = errColumns(len(cells.Cells))
		} else {
			err = table.Check(cells.Cells[0].Value, cells.Cells[1].Value)
		}
		if err != nil {
			problems = append(problems, Problem{i, row, err})
		}
	}
	return problems
}

// taken is what the table of a step may hold. A control has the table of the step
// that it puts something in the place of.
func taken(scenario []*messages.PickleStep, c compiled, text string) (words.Table, error) {
	switch c.controls {
	case otherTable:
		when := slices.IndexFunc(scenario, func(step *messages.PickleStep) bool { return keywords[step.Type] == When })
		if when < 0 || len(phrasesOf(scenario[when])) == 0 {
			return words.Table{}, fmt.Errorf("%q puts another table in the place of that of the When; there is no When", text)
		}
		return phrasesOf(scenario[when])[0].takes(text)
	case otherGiven:
		given, err := c.otherGiven(text)
		if err != nil {
			return words.Table{}, err
		}
		return given.takes(text)
	}
	return c.takes(text)
}

// otherGiven is the Given that the text of a control says.
func (c compiled) otherGiven(text string) (compiled, error) {
	said := c.argsOf(text)[0]
	if strings.HasSuffix(text, ":") {
		said += " with:"
	}
	given, _, found := find(Given, said)
	if !found {
		return compiled{}, fmt.Errorf("no Given says %q%s", said, hint(Given, said))
	}
	return given, nil
}

func (c compiled) takes(text string) (words.Table, error) {
	switch {
	case c.table.Of != "":
		return c.table, nil
	case c.with.Of != "":
		return c.with, nil
	}
	return words.Table{}, fmt.Errorf("the step %q takes no table", text)
}

func tableOf(step *messages.PickleStep) []*messages.PickleTableRow {
	if step.Argument == nil || step.Argument.DataTable == nil {
		return nil
	}
	return step.Argument.DataTable.Rows
}

// meanings remembers which phrases a step means: the features are read more
// often than they change, and there are many phrases.
var meanings sync.Map // said → []compiled

type said struct {
	keyword Keyword
	text    string
}

// phrasesOf are the phrases of its keyword that a step means; one, where it is
// well made.
func phrasesOf(step *messages.PickleStep) []compiled {
	key := said{keywords[step.Type], step.Text}
	if known, ok := meanings.Load(key); ok {
		return known.([]compiled)
	}
	var meant []compiled
	for _, c := range everyPhrase() {
		if c.keyword == key.keyword && c.matches(key.text) {
			meant = append(meant, c)
		}
	}
	meanings.Store(key, meant)
	return meant
}

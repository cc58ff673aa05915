package acts

import (
	"slices"
	"strconv"
	"strings"
	"time"

	messages "github.com/cucumber/messages/go/v21"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// Meaning is what a step means for those who plan a run.
type Meaning struct {
	Registers bool          // It may register a client.
	SignsIn   bool          // The resource owner takes part.
	Refuses   bool          // It expects a refusal, which needs a positive control.
	Controls  bool          // It is a positive control.
	Deviates  bool          // It deviates from a valid request by its text.
	Waits     time.Duration // The time that it lets pass.
	Rule      *check.Rule   // The rule for every exchange that it states.
}

// MeaningOf is what a step means that one phrase knows; nothing for any other.
func MeaningOf(step *messages.PickleStep) Meaning {
	meant := phrasesOf(step)
	if len(meant) != 1 {
		return Meaning{}
	}
	c := meant[0]
	args, table := c.argsOf(step.Text), plainRows(tableOf(step))
	m := Meaning{
		Registers: c.registers.of(args, table), SignsIn: c.signsIn.of(args, table), Refuses: c.refuses.of(args, table), Controls: c.controls != noControl, Deviates: c.deviates,
	}
	if c.waits {
		seconds, _ := strconv.ParseInt(args[0], 10, 64) // Digits alone.
		m.Waits = time.Duration(seconds) * time.Second
	}
	if c.rule {
		m.Rule = check.RuleNamed(args[0])
	}
	return m
}

// Waits is the longest time that one of the steps of a scenario lets pass.
func Waits(steps []*messages.PickleStep) time.Duration {
	var longest time.Duration
	for _, step := range steps {
		longest = max(longest, MeaningOf(step).Waits)
	}
	return longest
}

func plainRows(rows []*messages.PickleTableRow) world.Table {
	var table world.Table
	for _, row := range rows {
		if len(row.Cells) == 2 {
			table = append(table, world.Row{Name: row.Cells[0].Value, Value: row.Cells[1].Value})
		}
	}
	return table
}

// where tells for which arguments and tables an attribute holds; its zero value is
// for none.
type where struct {
	says  string // In words, after "where" or nothing.
	holds func(args []string, table world.Table) bool
}

func (w where) of(args []string, table world.Table) bool {
	return w.holds != nil && w.holds(args, table)
}

// always: whatever the step says besides.
var always = where{"", func([]string, world.Table) bool { return true }}

// statusOfClient: a status of an error of the client.
var statusOfClient = where{"where the status is 4xx", func(args []string, _ world.Table) bool { return strings.HasPrefix(args[0], "4") }}

// errorNamed: an error is among the expected members.
var errorNamed = where{"where an error is expected", func(_ []string, table world.Table) bool {
	code, named := table.Get("error")
	return named && code != "(absent)"
}}

// beforehand: the client has credentials before it connects.
var beforehand = where{"where it has a client_id beforehand", func(_ []string, table world.Table) bool {
	id, named := table.Get("client_id")
	return named && id != "(client ID metadata document)"
}}

// argument: an argument is one of names.
func argument(names ...string) where {
	return where{"with " + strings.Join(names, " or "), func(args []string, _ world.Table) bool {
		return slices.ContainsFunc(args, func(arg string) bool { return slices.Contains(names, arg) })
	}}
}

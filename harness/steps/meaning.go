package steps

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
		Registers: c.registers.holds(args, table), SignsIn: c.signsIn.holds(args, table), Refuses: c.refuses.holds(args, table), Controls: c.controls != noControl,
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

// where tells for which arguments and tables an attribute holds; nil is for none.
type where func(args []string, table world.Table) bool

func (holds where) holds(args []string, table world.Table) bool {
	return holds != nil && holds(args, table)
}

// always: whatever the step says besides.
func always([]string, world.Table) bool { return true }

// statusOfClient: a status of an error of the client.
func statusOfClient(args []string, _ world.Table) bool { return strings.HasPrefix(args[0], "4") }

// errorNamed: an error is among the expected members.
func errorNamed(_ []string, table world.Table) bool {
	code, named := table.Get("error")
	return named && code != "(absent)"
}

// beforehand: the client has credentials before it connects.
func beforehand(_ []string, table world.Table) bool {
	id, named := table.Get("client_id")
	return named && id != "(client ID metadata document)"
}

// argument: the first argument is one of names.
func argument(names ...string) where {
	return func(args []string, _ world.Table) bool { return slices.Contains(names, args[0]) }
}

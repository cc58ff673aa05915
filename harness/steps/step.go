// Package steps owns the words of the scenarios: every phrase and what it
// does to a world. It holds no state and sends nothing by itself.
package steps

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/cucumber/godog"
	messages "github.com/cucumber/messages/go/v21"

	"github.com/grantproof/grantproof/harness/world"
)

// Keyword is Given, When or Then; And and But belong to the one before.
type Keyword string

// The keywords.
const (
	Given Keyword = "Given"
	When  Keyword = "When"
	Then  Keyword = "Then"
)

// tableUse says whether a phrase takes a table.
type tableUse int

const (
	noTable tableUse = iota
	optionalTable
	tableNeeded
)

// step is one phrase: data here, behaviour in a function of its own.
type step struct {
	pattern string
	table   tableUse
	do      func(ctx context.Context, w *world.World, words []string, table world.Table) error
}

// compiled is a phrase that is ready to match.
type compiled struct {
	step
	keyword   Keyword
	plain     *regexp.Regexp // nil where a table is needed.
	withTable *regexp.Regexp // nil where none is taken.
	words     int
}

func compile(keyword Keyword, steps []step) []compiled {
	var all []compiled
	for _, s := range steps {
		c := compiled{step: s, keyword: keyword}
		if s.table != tableNeeded {
			c.plain = regexp.MustCompile("^" + s.pattern + "$")
			c.words = c.plain.NumSubexp()
		}
		if s.table != noTable {
			c.withTable = regexp.MustCompile("^" + s.pattern + ":$")
			if s.table == optionalTable {
				c.withTable = regexp.MustCompile("^" + s.pattern + " with:$")
			}
			c.words = c.withTable.NumSubexp()
		}
		all = append(all, c)
	}
	return all
}

var (
	compiledGivens = compile(Given, allGivens())
	compiledWhens  = compile(When, slices.Concat(whens, hostileWhens, registrationWhens, exchangeWhens, mcpWhens, mcpClientWhens))
	compiledThens  = compile(Then, thens())
)

// Judge turns what a step found into what the runner is told.
type Judge func(keyword Keyword, err error) error

// Register makes the phrases of a scenario act on w. To tell godog of each and
// every one takes longer than most scenarios do.
func Register(sc *godog.ScenarioContext, scenario []*messages.PickleStep, w *world.World, judge Judge) {
	add := map[Keyword]func(expr, do any){Given: sc.Given, When: sc.When, Then: sc.Then}
	known := map[said]bool{}
	for _, step := range scenario {
		for _, c := range phrasesOf(step) {
			if phrase := (said{c.keyword, c.pattern}); !known[phrase] {
				known[phrase] = true
				c.register(add[c.keyword], w, judge)
			}
		}
	}
}

func (c compiled) register(add func(expr, do any), w *world.World, judge Judge) {
	run := func(ctx context.Context, words []string, table *godog.Table) error {
		rows, err := rowsOf(table)
		if err == nil {
			err = c.perform(ctx, w, words, rows)
		}
		return judge(c.keyword, err)
	}
	if c.plain != nil {
		add(c.plain, handler(c.words, func(ctx context.Context, words []string) error { return run(ctx, words, nil) }))
	}
	if c.withTable != nil {
		add(c.withTable, tableHandler(c.words, run))
	}
}

// perform carries the step out; a Given is remembered, so that it can be
// carried out again.
func (c compiled) perform(ctx context.Context, w *world.World, words []string, table world.Table) error {
	switch c.keyword {
	case Given:
		return w.Arrange(ctx, c.given(words, table))
	case When:
		return w.Act(ctx, world.Action{Phrase: c.phrase(words), Table: table,
			Do: func(ctx context.Context, w *world.World, table world.Table) error { return c.do(ctx, w, words, table) }})
	}
	return c.do(ctx, w, words, table)
}

func (c compiled) given(words []string, table world.Table) world.Given {
	return world.Given{Phrase: c.phrase(words), Table: table,
		Apply: func(ctx context.Context, w *world.World) error { return c.do(ctx, w, words, table) }}
}

// phrase is the pattern with its words, which is enough to tell steps apart.
func (c compiled) phrase(words []string) string {
	return strings.TrimSpace(c.pattern + " " + strings.Join(words, ", "))
}

// givenFor finds the Given that text says, for the controls that put one in
// the place of another.
func givenFor(text string, table world.Table) (world.Given, error) {
	for _, c := range compiledGivens {
		for _, expression := range []*regexp.Regexp{c.plain, c.withTable} {
			if expression == nil {
				continue
			}
			if match := expression.FindStringSubmatch(text); match != nil {
				return c.given(match[1:], table), nil
			}
		}
	}
	return world.Given{}, fmt.Errorf("no Given says %q", text)
}

func rowsOf(table *godog.Table) (world.Table, error) {
	if table == nil {
		return nil, nil
	}
	var rows world.Table
	for _, row := range table.Rows {
		if len(row.Cells) != 2 {
			return nil, fmt.Errorf("a table has two columns, a wire name and a value; this one has %d", len(row.Cells))
		}
		rows = append(rows, world.Row{Name: row.Cells[0].Value, Value: row.Cells[1].Value})
	}
	return rows, nil
}

// handler and tableHandler give godog a function with as many parameters as
// the pattern has groups.
func handler(words int, do func(context.Context, []string) error) any {
	switch words {
	case 0:
		return func(ctx context.Context) error { return do(ctx, nil) }
	case 1:
		return func(ctx context.Context, a string) error { return do(ctx, []string{a}) }
	case 2:
		return func(ctx context.Context, a, b string) error { return do(ctx, []string{a, b}) }
	}
	return func(ctx context.Context, a, b, c string) error { return do(ctx, []string{a, b, c}) }
}

func tableHandler(words int, do func(context.Context, []string, *godog.Table) error) any {
	switch words {
	case 0:
		return func(ctx context.Context, t *godog.Table) error { return do(ctx, nil, t) }
	case 1:
		return func(ctx context.Context, a string, t *godog.Table) error { return do(ctx, []string{a}, t) }
	}
	return func(ctx context.Context, a, b string, t *godog.Table) error { return do(ctx, []string{a, b}, t) }
}

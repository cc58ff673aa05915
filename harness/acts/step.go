// Package acts owns what the scenarios say and do, a noun of the protocol in each
// file: the phrases with what their tables may hold and what they mean for a plan, and
// what they do. A new noun is a new file, which hands over its phrases by itself.
//
// It does not own the state of a scenario (world), how a scenario gets its parties
// (setting), what the words in round brackets mean (words), nor the judgement (check).
package acts

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/cucumber/godog"
	messages "github.com/cucumber/messages/go/v21"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/words"
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

// step is one phrase: data here, behaviour in a function of its own.
type step struct {
	says  string      // The text of the step, as a regular expression.
	with  words.Table // What its table may hold, which follows "with:" and may be missing.
	table words.Table // What its table holds, which follows a colon and is never missing.
	do    does
	done  string // What a Given says that has done the same; empty where none does.
	loose bool   // As a Given, it need not succeed.
	joint bool   // As a Given, several of them in a row are one deviation.
	once  string // Why one scenario alone needs it, where that is so.

	names     func(args []string) (name string, all []string) // Which argument is one of which names; nil where none is.
	registers where                                           // It may register a client.
	signsIn   where                                           // The resource owner takes part.
	deviates  bool                                            // It deviates from a valid request by its text, and not by a table.
	waits     bool                                            // It lets as many seconds pass as its first argument says.
	refuses   where                                           // It expects a refusal.
	rule      bool                                            // Its argument names a rule for every exchange.
	controls  change                                          // What it puts in the place of what, where it is the positive control.
}

// change is what a positive control changes of the scenario that it repeats.
type change string

// The controls.
const (
	noControl  change = ""
	withoutIt  change = "the last Given is left out"
	otherGiven change = "another Given is in the place of the last"
	otherTable change = "another table is in the place of that of the When"
	otherPath  change = "the request goes to another path"
	repeated   change = "the same request is sent again"
)

// compiled is a phrase that is ready to match.
type compiled struct {
	step
	keyword   Keyword
	of        said           // The phrase, which a Given that has done the same shares with its When.
	plain     *regexp.Regexp // nil where a table is needed.
	withTable *regexp.Regexp // nil where none is taken.
	args      int
}

func compile(keyword Keyword, s step) compiled {
	c := compiled{step: s, keyword: keyword, of: said{keyword, s.says}}
	if s.table.Of == "" {
		c.plain = regexp.MustCompile("^" + s.says + "$")
		c.args = c.plain.NumSubexp()
	}
	if s.table.Of != "" || s.with.Of != "" {
		c.withTable = regexp.MustCompile("^" + s.says + map[bool]string{true: ":$", false: " with:$"}[s.table.Of != ""])
		c.args = c.withTable.NumSubexp()
	}
	return c
}

// handedOver are the phrases of every file, as it hands them over.
var handedOver []func() []compiled

// phrases hands over the phrases of a file. They are compiled when the first step is
// looked up.
func phrases(keyword Keyword, steps []step) struct{} {
	handedOver = append(handedOver, func() []compiled {
		var all []compiled
		for _, s := range steps {
			all = append(all, compile(keyword, s))
			if s.done != "" {
				given := compile(Given, s.asGiven())
				given.of = said{keyword, s.says}
				all = append(all, given)
			}
		}
		return all
	})
	return struct{}{}
}

// asGiven is the phrase that has done the same before the When.
func (s step) asGiven() step {
	act, loose := s.do, s.loose
	s.says, s.done = s.done, ""
	s.do = func(ctx context.Context, w *world.World, args []string, table world.Table) error {
		if err := act(ctx, w, args, table); err != nil || loose {
			return err
		}
		return succeeded(w)
	}
	return s
}

// succeeded: a registration brings a client_id as well (RFC 7591 section 3.2.1,
// https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1).
func succeeded(w *world.World) error {
	if err := w.Last.Success(); err != nil || w.Last.Kind != world.RegistrationResponse || w.Last.Exchange.Endpoint != exchange.Registration {
		return err
	}
	object, _ := check.Object(w.Last.Exchange)
	if id, _ := object["client_id"].(string); id == "" {
		return check.Fail(check.Describe(w.Last.Exchange)+" without client_id", "a registered client")
	}
	return nil
}

// everyPhrase are the phrases of all files.
var everyPhrase = sync.OnceValue(func() []compiled {
	var all []compiled
	for _, phrases := range handedOver {
		all = append(all, phrases()...)
	}
	return all
})

// Judge turns what a step found into what the runner is told.
type Judge func(keyword Keyword, err error) error

// Register makes the phrases of a scenario act on w. To tell godog of each and
// every one takes longer than most scenarios do.
func Register(sc *godog.ScenarioContext, scenario []*messages.PickleStep, w *world.World, judge Judge) {
	add := map[Keyword]func(expr, do any){Given: sc.Given, When: sc.When, Then: sc.Then}
	known := map[said]bool{}
	for _, step := range scenario {
		for _, c := range phrasesOf(step) {
			if phrase := (said{c.keyword, c.says}); !known[phrase] {
				known[phrase] = true
				c.register(add[c.keyword], w, judge)
			}
		}
	}
}

func (c compiled) register(add func(expr, do any), w *world.World, judge Judge) {
	run := func(ctx context.Context, args []string, table *godog.Table) error {
		rows, err := rowsOf(table)
		if err == nil {
			err = c.perform(ctx, w, args, rows)
		}
		return judge(c.keyword, err)
	}
	if c.plain != nil {
		add(c.plain, handler(c.args, func(ctx context.Context, args []string) error { return run(ctx, args, nil) }))
	}
	if c.withTable != nil {
		add(c.withTable, tableHandler(c.args, run))
	}
}

// perform carries the step out; a Given is remembered, so that it can be
// carried out again.
func (c compiled) perform(ctx context.Context, w *world.World, args []string, table world.Table) error {
	switch c.keyword {
	case Given:
		return w.Arrange(ctx, c.given(args, table))
	case When:
		return w.Act(ctx, world.Action{Phrase: c.phrase(args), Table: table,
			Do: func(ctx context.Context, w *world.World, table world.Table) error { return c.do(ctx, w, args, table) }})
	}
	return judged(w, func(w *world.World) error { return c.judge(ctx, w, args, table) })
}

// judge holds a Then against each answer that the action brought.
func (c compiled) judge(ctx context.Context, w *world.World, args []string, table world.Table) error {
	also := w.Last.Also
	if err := c.do(ctx, w, args, table); err != nil || len(also) == 0 {
		return err
	}
	first := w.Last
	defer func() { w.Last = first }()
	for _, w.Last = range also {
		if err := c.do(ctx, w, args, table); err != nil {
			return err
		}
	}
	return nil
}

func (c compiled) given(args []string, table world.Table) world.Given {
	given := world.Given{Phrase: c.phrase(args), Table: table,
		Apply: func(ctx context.Context, w *world.World) error { return c.do(ctx, w, args, table) }}
	if c.joint {
		given.Joint = c.says
	}
	return given
}

// phrase is the pattern with its arguments, which is enough to tell steps apart.
func (c compiled) phrase(args []string) string {
	return strings.TrimSpace(c.says + " " + strings.Join(args, ", "))
}

// givenFor finds the Given that text says, for the controls that put one in
// the place of another.
func givenFor(text string, table world.Table) (world.Given, error) {
	c, args, found := find(Given, text)
	if !found {
		return world.Given{}, fmt.Errorf("no Given says %q", text)
	}
	return c.given(args, table), nil
}

// find returns the phrase that text means, and its arguments.
func find(keyword Keyword, text string) (compiled, []string, bool) {
	for _, c := range everyPhrase() {
		if c.keyword == keyword && c.matches(text) {
			return c, c.argsOf(text), true
		}
	}
	return compiled{}, nil, false
}

func (c compiled) matches(text string) bool {
	return c.plain != nil && c.plain.MatchString(text) || c.withTable != nil && c.withTable.MatchString(text)
}

// argsOf are the arguments in a text that the phrase matches.
func (c compiled) argsOf(text string) []string {
	if c.plain != nil && c.plain.MatchString(text) {
		return c.plain.FindStringSubmatch(text)[1:]
	}
	return c.withTable.FindStringSubmatch(text)[1:]
}

// rowsOf reads a table. The mark of a row that is unknown on purpose is for those who
// read it, and is not sent.
func rowsOf(table *godog.Table) (world.Table, error) {
	if table == nil {
		return nil, nil
	}
	var rows world.Table
	for _, row := range table.Rows {
		if len(row.Cells) != 2 {
			return nil, errColumns(len(row.Cells))
		}
		rows = append(rows, world.Row{Name: words.Sent(row.Cells[0].Value), Value: row.Cells[1].Value})
	}
	return rows, nil
}

func errColumns(count int) error {
	return fmt.Errorf("a table has two columns, a wire name and a value; this one has %d", count)
}

package report

import (
	"encoding/json"
	"fmt"
	"os"
)

// Changes is what changed from one run to another.
type Changes struct {
	Before, After Report
	NewlyFailing  []Change // It fails or is inconclusive, and did neither before or was not there.
	Fixed         []Change // It failed, known or not, or was inconclusive, and does neither now.
	Other         []Change // Its verdict changed otherwise.
	Added         []Change // It was not there, and does not fail.
	Removed       []Change // It is not there any more.
}

// Change is a scenario or rule with its two verdicts; one of them is empty
// where it was not there.
type Change struct {
	Row
	Was Verdict
}

// key tells a rule from the scenario that states it: they share the id.
type key struct {
	id   string
	rule bool
}

// Differences finds what changed between two reports. What an interrupted run did not
// come to is neither added nor removed.
func Differences(before, after Report) Changes {
	c := Changes{Before: before, After: after}
	earlier, later := keyed(before), keyed(after)
	for i, row := range Rows(after) {
		was, known := earlier[keyOf(after, i, row)]
		c.add(Change{row, was.Verdict}, known)
	}
	if Interruption(before) != "" {
		c.Added = nil
	}
	if Interruption(after) != "" {
		return c
	}
	for i, row := range Rows(before) {
		if _, known := later[keyOf(before, i, row)]; !known {
			was := row.Verdict
			row.Verdict = ""
			c.Removed = append(c.Removed, Change{row, was})
		}
	}
	return c
}

func (c *Changes) add(change Change, known bool) {
	was, is := change.Was, change.Verdict
	switch {
	case was == is:
	case bad(is) && !bad(was):
		c.NewlyFailing = append(c.NewlyFailing, change)
	case !known:
		c.Added = append(c.Added, change)
	case (bad(was) || was == ExpectedFailure) && (is == Passed || is == Warned):
		c.Fixed = append(c.Fixed, change)
	default:
		c.Other = append(c.Other, change)
	}
}

func bad(v Verdict) bool { return v == Failed || v == Inconclusive }

func keyed(r Report) map[key]Row {
	byKey := map[key]Row{}
	for i, row := range Rows(r) {
		byKey[keyOf(r, i, row)] = row
	}
	return byKey
}

// keyOf: the rules come after the scenarios.
func keyOf(r Report, i int, row Row) key { return key{row.ID, i >= len(r.Scenarios)} }

// ChangeGroup is the changes of one kind, under a name for people.
type ChangeGroup struct {
	Name    string
	Changes []Change
}

// Groups are those that have changes, what matters most first.
func (c Changes) Groups() []ChangeGroup {
	var groups []ChangeGroup
	for _, group := range []ChangeGroup{{"Newly failing", c.NewlyFailing}, {"Fixed", c.Fixed}, {"Changed otherwise", c.Other}, {"Added", c.Added}, {"Removed", c.Removed}} {
		if len(group.Changes) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

// Says is the change of the verdict in words.
func (c Change) Says() string {
	switch {
	case c.Was == "":
		return "not there → " + word(c.Verdict)
	case c.Verdict == "":
		return word(c.Was) + " → not there"
	}
	return word(c.Was) + " → " + word(c.Verdict)
}

// Why is what happened now, where it did not pass.
func (c Change) Why() string {
	if c.Verdict == "" || c.Verdict == Passed {
		return ""
	}
	return c.Headline()
}

// Read reads a report that was written as JSON.
func Read(name string) (Report, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return Report{}, fmt.Errorf("the report cannot be read: %w", err)
	}
	var r Report
	if err := json.Unmarshal(content, &r); err != nil || r.Version != 1 || r.Scenarios == nil {
		return Report{}, fmt.Errorf("%s is no report of a run, as `grantproof run --report FILE.json` writes it", name)
	}
	return r, nil
}

package report

import (
	"fmt"
	"strings"

	"github.com/grantproof/grantproof/harness/shell"
)

// Row is a scenario or a rule, as the flat forms list them.
type Row struct {
	ID, Feature, Name string
	Role              string
	Verdict           Verdict
	Level             Level
	Requirements      []string
	Obligations       []Obligation // The requirements, each with its own verdict.
	Milliseconds      float64
	Expected          []string
	Actual, Reason    string
	Kind              string // A class of failure; "" where it is of none.
	Reproduce         string // The command that runs it again.
	Script            string // The command that prints its requests as a shell script.
}

// Rows are the scenarios of a report, then its rules.
func Rows(r Report) []Row {
	var all []Row
	for _, s := range r.Scenarios {
		all = append(all, Row{ID: s.ID, Feature: s.Feature, Name: s.Name, Role: s.Role, Verdict: s.Verdict, Level: s.Level, Requirements: s.Requirements, Obligations: obligationsOf(s.Obligations, s.Requirements, s.Verdict),
			Milliseconds: s.DurationMs, Expected: list(s.Expected), Actual: text(s.Actual), Kind: text(s.Kind), Reason: text(s.Reason) + text(s.Note), Reproduce: Reproduce(r, s.ID), Script: script(r, s.ID)})
	}
	for _, rule := range r.Rules {
		all = append(all, rowOfRule(r, rule))
	}
	return all
}

func rowOfRule(r Report, rule Rule) Row {
	row := Row{ID: rule.ID, Feature: "Every exchange", Name: rule.Name, Role: EveryExchange, Verdict: rule.Verdict, Level: rule.Level,
		Requirements: rule.Requirements, Obligations: obligationsOf(nil, rule.Requirements, rule.Verdict), Reason: text(rule.Reason), Reproduce: Reproduce(r, rule.ID), Script: script(r, rule.ID)}
	if n := len(rule.Offenders); n > 0 {
		first := rule.Offenders[0]
		row.Expected, row.Actual = list(first.Expected), first.Actual
		row.Reason = strings.TrimPrefix(fmt.Sprintf("%s; %d scenarios broke it, the first is %s", row.Reason, n, first.Scenario), "; ")
		row.Reproduce, row.Script = Reproduce(r, first.Scenario), script(r, first.Scenario)
	} else if rule.Examined == 0 {
		row.Reason = "no exchange of the run concerns this rule"
	}
	return row
}

// Headline is what happened, in a line.
func (r Row) Headline() string {
	if r.Actual != "" {
		return fmt.Sprintf("expected %s; got %s", strings.Join(r.Expected, " or "), r.Actual)
	}
	return r.Reason
}

// account is what happened, for whoever reads of many scenarios: of what is
// known, the baseline tells it.
func (r Row) account() string {
	if r.Verdict == ExpectedFailure {
		return r.Reason
	}
	return r.Name + ": " + r.Headline()
}

// told are the requirements that a row tells of: where it did not pass, those that did
// not.
func (r Row) told() []string {
	var ids []string
	for _, each := range r.Obligations {
		if !DidNotPass(r.Verdict) || DidNotPass(each.Verdict) {
			ids = append(ids, each.Requirement)
		}
	}
	return ids
}

func (r Row) explanation() string {
	lines := []string{r.Headline(), "requirements: " + strings.Join(r.told(), ", "), "reproduce: " + r.Reproduce}
	if r.Actual != "" && r.Reason != "" {
		lines = append(lines, r.Reason)
	}
	return strings.Join(lines, "\n")
}

// Reproduce is the command that runs one scenario again, against the same
// target and with the faults and variants that were switched on.
func Reproduce(r Report, id string) string {
	return command(r) + " --only " + shell.Quoted(id)
}

// script is the command that prints the requests of one scenario as a shell script.
func script(r Report, id string) string {
	return command(r) + " --repro " + shell.Quoted(id)
}

// command runs every scenario against the target of a report. A person copies it into
// a shell.
func command(r Report) string {
	command := "grantproof run"
	for _, flag := range list(r.Target.Flags) {
		command += " " + shell.Quote(flag)
	}
	for _, fault := range list(r.Faults) {
		command += " --fault " + shell.Quote(fault)
	}
	for _, variant := range list(r.Variants) {
		command += " --variant " + shell.Quote(variant)
	}
	return command
}

func list[T any](l *[]T) []T {
	if l == nil {
		return nil
	}
	return *l
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

package report

import (
	"fmt"
	"slices"
	"strings"

	generated "github.com/grantproof/grantproof/generated/report"
)

// The comparison and its parts are those of api/report.yaml.
type (
	Comparison          = generated.Comparison
	ComparedTarget      = generated.ComparedTarget
	ComparedRequirement = generated.ComparedRequirement
)

// Examined is one of several targets, with its report or the reason why there
// is none.
type Examined struct {
	Name    string
	Report  Report
	Problem string
	Absent  string // The party that took no part in the run, and why; "" if all did.
}

// Compare puts the reports side by side: requirement by target.
func Compare(examined []Examined) Comparison {
	c := Comparison{Targets: []ComparedTarget{}, Requirements: []ComparedRequirement{}, Coverage: []generated.Specification{}}
	for _, e := range examined {
		compared := ComparedTarget{ID: e.Name, Target: e.Report.Target}
		if e.Problem != "" {
			compared.Problem = &e.Problem
			c.Targets = append(c.Targets, compared)
			continue
		}
		compared.Profiles, compared.Summary, compared.DurationMs = &e.Report.Profiles, &e.Report.Summary, &e.Report.DurationMs
		compared.CoverageOfTarget = e.Report.CoverageOfTarget
		compared.Interrupted, compared.NotRun = e.Report.Interrupted, e.Report.NotRun
		if e.Absent != "" {
			compared.Absent = &e.Absent
		}
		c.Targets = append(c.Targets, compared)
		if len(c.Requirements) == 0 { // The registry is the same for all.
			c.Requirements, c.Coverage = cited(e.Report), sectionsOf(e.Report)
		}
		addVerdicts(&c, e)
	}
	return c
}

// cited are the requirements that have a scenario, before anything was examined.
func cited(r Report) []ComparedRequirement {
	requirements := []ComparedRequirement{}
	for _, requirement := range r.Requirements {
		if requirement.Open == nil && requirement.Excluded == nil {
			requirements = append(requirements, ComparedRequirement{
				ID: requirement.ID, Level: requirement.Level, Role: requirement.Role, Says: requirement.Says, URL: requirement.URL,
				Specification: text(requirement.Specification), Section: text(requirement.Section), Verdicts: map[string]Verdict{},
			})
		}
	}
	return requirements
}

// sectionsOf is the coverage without the verdicts of one report.
func sectionsOf(r Report) []generated.Specification {
	specifications := slices.Clone(list(r.Coverage))
	for i, specification := range specifications {
		specifications[i].Sections = slices.Clone(specification.Sections)
		for j := range specifications[i].Sections {
			specifications[i].Sections[j].Verdict = nil
		}
	}
	return specifications
}

func addVerdicts(c *Comparison, e Examined) {
	worst := worstRows(e.Report)
	for i := range c.Requirements {
		requirement := &c.Requirements[i]
		row, ran := worst[requirement.ID]
		if !ran {
			continue
		}
		requirement.Verdicts[e.Name] = row.Verdict
		if DidNotPass(row.Verdict) {
			if requirement.Reasons == nil {
				requirement.Reasons = &map[string]string{}
			}
			(*requirement.Reasons)[e.Name] = e.account(row)
		}
	}
}

// account is what happened in a row; the absence of a party is the same account in all
// rows.
func (e Examined) account(row Row) string {
	if e.Absent != "" && row.Reason == e.Absent {
		return e.Absent
	}
	return row.account()
}

// worstRows is, for each requirement, the scenario or rule with the worst
// verdict of those that cite it.
func worstRows(r Report) map[string]Row {
	worst := map[string]Row{}
	for _, row := range Rows(r) {
		for _, each := range row.Obligations {
			of := row
			of.Verdict = each.Verdict
			if before, cited := worst[each.Requirement]; !cited || before.Verdict != Worst(before.Verdict, of.Verdict) {
				worst[each.Requirement] = of
			}
		}
	}
	return worst
}

// DidNotPass tells whether something was examined and was not as it has to be,
// known or not.
func DidNotPass(v Verdict) bool { return v != "" && v != Passed && v != NotApplicable }

// group is the requirements of a specification: those that did not pass
// somewhere, those that passed wherever they were examined, and those that were
// examined nowhere.
type group struct {
	generated.Specification
	Differing, Passed, Unseen []ComparedRequirement
}

// groups are the specifications of which a requirement has a scenario.
func groups(c Comparison) []group {
	var all []group
	for _, specification := range c.Coverage {
		g := group{Specification: specification}
		for _, requirement := range c.Requirements {
			if requirement.Specification == specification.Name {
				g.add(requirement)
			}
		}
		if len(g.Differing)+len(g.Passed)+len(g.Unseen) > 0 {
			all = append(all, g)
		}
	}
	return all
}

func (g *group) add(requirement ComparedRequirement) {
	switch worst := worstOf(requirement); {
	case DidNotPass(worst):
		g.Differing = append(g.Differing, requirement)
	case worst == Passed:
		g.Passed = append(g.Passed, requirement)
	default:
		g.Unseen = append(g.Unseen, requirement)
	}
}

// Folded says how many requirements are not told of one by one.
func (g group) Folded() string {
	var parts []string
	if n := len(g.Passed); n > 0 {
		parts = append(parts, fmt.Sprintf("%d passed wherever they were examined", n))
	}
	if n := len(g.Unseen); n > 0 {
		parts = append(parts, fmt.Sprintf("%d were examined nowhere", n))
	}
	return strings.Join(parts, ", ")
}

func worstOf(requirement ComparedRequirement) Verdict {
	var worst Verdict
	for _, verdict := range requirement.Verdicts {
		worst = Worst(worst, verdict)
	}
	return worst
}

// started are the targets that were examined.
func started(c Comparison) []ComparedTarget {
	return slices.DeleteFunc(slices.Clone(c.Targets), func(t ComparedTarget) bool { return t.Problem != nil })
}

// account is what happened at a target, with the requirements that it is about.
type account struct {
	Verdict Verdict
	Text    string
	About   []ComparedRequirement
}

// accountsOf are what happened at a target where requirements did not pass, each
// once.
func accountsOf(c Comparison, t ComparedTarget) []account {
	var accounts []account
	for _, requirement := range c.Requirements {
		verdict := requirement.Verdicts[t.ID]
		if !DidNotPass(verdict) {
			continue
		}
		now := account{Verdict: verdict, Text: (*requirement.Reasons)[t.ID]}
		i := slices.IndexFunc(accounts, func(a account) bool { return a.Verdict == now.Verdict && a.Text == now.Text })
		if i < 0 {
			i = len(accounts)
			accounts = append(accounts, now)
		}
		accounts[i].About = append(accounts[i].About, requirement)
	}
	if i := slices.IndexFunc(accounts, func(a account) bool { return a.isAbsence(t) }); i > 0 { // It explains the most.
		accounts = slices.Insert(slices.Delete(slices.Clone(accounts), i, i+1), 0, accounts[i])
	}
	return accounts
}

// isAbsence tells whether the account is the absence of a party of the target.
func (a account) isAbsence(t ComparedTarget) bool { return t.Absent != nil && a.Text == *t.Absent }

// extent says how much is open for the reason of an account.
func (a account) extent() string {
	return number(len(a.About), "requirement") + " left open for this reason"
}

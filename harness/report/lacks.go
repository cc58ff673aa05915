package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	generated "github.com/grantproof/grantproof/generated/report"
)

// Lack says how many scenarios, or requirements, were not examined for one
// reason.
type Lack = generated.Lack

// Class is a class of reasons.
type Class = generated.NotApplicableClass

// classes are all of them, those that a person can do something about first,
// with what they say.
var classes = []struct {
	Class
	says string
}{
	{generated.LacksKey, "the target file does not say what it needs"},
	{generated.LacksTime, "it takes time that the run did not have"},
	{generated.LacksProfile, "no selected profile demands it"},
	{generated.LacksCapability, "the target does not offer it"},
	{generated.LacksControlPlane, "only the control plane of the fixture can arrange it"},
	{generated.LacksRole, "the target has nothing in this role"},
}

// Lacks counts reasons.
type Lacks map[lack]int

type lack struct {
	class Class
	what  string
}

// Add counts one more.
func (l Lacks) Add(class Class, what string) { l[lack{class, what}]++ }

// List is the counts by class, the highest first.
func (l Lacks) List() []Lack {
	list := []Lack{}
	for reason, count := range l {
		entry := Lack{Class: reason.class, Count: count}
		if reason.what != "" {
			entry.Lacks = &reason.what
		}
		list = append(list, entry)
	}
	slices.SortFunc(list, func(a, b Lack) int {
		return cmp.Or(Nearer(a.Class, b.Class), b.Count-a.Count, strings.Compare(text(a.Lacks), text(b.Lacks)))
	})
	return list
}

// Nearer compares two classes: first is the one about which a person can do
// more.
func Nearer(a, b Class) int { return indexOf(a) - indexOf(b) }

func indexOf(class Class) int {
	for i, c := range classes {
		if c.Class == class {
			return i
		}
	}
	return len(classes)
}

func lacksOf(r Report) []Lack {
	lacks := Lacks{}
	for _, scenario := range r.Scenarios {
		if scenario.Verdict == NotApplicable {
			lacks.Add(classOf(scenario.NotApplicableClass), text(scenario.Lacks))
		}
	}
	for _, rule := range r.Rules {
		if rule.Verdict == NotApplicable {
			lacks.Add(classOf(rule.NotApplicableClass), "")
		}
	}
	return lacks.List()
}

func classOf(class *Class) Class {
	if class == nil {
		return ""
	}
	return *class
}

// LackGroup is a class of reasons with its counts.
type LackGroup struct {
	Class Class
	Says  string
	Count int
	Parts []Lack // What is lacking; empty where the class says it all.
}

// Grouped are the counts by class.
func Grouped(lacks []Lack) []LackGroup {
	var groups []LackGroup
	for _, class := range classes {
		group := LackGroup{Class: class.Class, Says: class.says}
		for _, lack := range lacks {
			if lack.Class != class.Class {
				continue
			}
			group.Count += lack.Count
			if lack.Lacks != nil {
				group.Parts = append(group.Parts, lack)
			}
		}
		if group.Count > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

// What is what is lacking, the most first, with the number of each.
func (g LackGroup) What() string {
	const most = 12
	var parts []string
	for i, lack := range g.Parts {
		if i == most {
			return strings.Join(parts, ", ") + ", …"
		}
		parts = append(parts, fmt.Sprintf("%s (%d)", *lack.Lacks, lack.Count))
	}
	return strings.Join(parts, ", ")
}

// needs says what a requirement needs that was not examined.
var needs = map[Class]string{
	generated.LacksKey: "a key of the target file", generated.LacksTime: "more time than the run had", generated.LacksProfile: "another profile",
	generated.LacksCapability: "a capability the target does not offer", generated.LacksControlPlane: "the control plane of the fixture",
}

// Covered is how much of a profile was examined, in a line.
func Covered(c generated.ProfileCoverage) string {
	said := fmt.Sprintf("%d of %d requirements of its roles examined", c.Examined, ofItsRoles(c))
	var parts []string
	for _, group := range Grouped(c.Reasons) {
		if group.Class != generated.LacksRole {
			parts = append(parts, fmt.Sprintf("%d need %s", group.Count, needs[group.Class]))
		}
	}
	if len(parts) > 0 {
		said += "; " + strings.Join(parts, ", ")
	}
	return said
}

// ofItsRoles is how many requirements a profile has for the roles that the target
// offers.
func ofItsRoles(c generated.ProfileCoverage) int {
	n := c.Requirements
	for _, lack := range c.Reasons {
		if lack.Class == generated.LacksRole {
			n -= lack.Count
		}
	}
	return n
}

// Remains says how many clients the run left behind, "" where none.
func Remains(r Report) string {
	if r.Registrations == nil || len(r.Registrations.Remaining) == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d clients that registered for the run remain at the target, which did not delete them when asked (RFC 7592) or does not say how: %s", len(r.Registrations.Remaining), r.Registrations.Made, remaining(r.Registrations.Remaining))
}

// remaining are the ids of clients, as many as a person deletes by hand.
func remaining(ids []string) string {
	const most = 20
	if len(ids) <= most {
		return strings.Join(ids, ", ")
	}
	return fmt.Sprintf("%s and %d more, which a report as .json lists", strings.Join(ids[:most], ", "), len(ids)-most)
}

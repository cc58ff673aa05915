package report

import (
	"fmt"
	"strings"
)

// Interruption says that the run was interrupted, and what it leaves open; "" where
// it came to its end.
func Interruption(r Report) string { return interruption(r.Interrupted, r.NotRun) }

func interruption(interrupted *bool, notRun *int) string {
	if interrupted == nil || !*interrupted {
		return ""
	}
	said := "interrupted before its end; the counts are those of the scenarios that had ended"
	if notRun != nil {
		said = fmt.Sprintf("interrupted before its end: %d of the selected scenarios had not ended; the counts are those of the others", *notRun)
	}
	return said
}

// AbsenceOf says which parties of the targets of a comparison took no part; "" if all
// did.
func AbsenceOf(c Comparison) string {
	var said []string
	for _, target := range c.Targets {
		if target.Absent != nil {
			said = append(said, target.ID+": "+*target.Absent)
		}
	}
	return strings.Join(said, ". ")
}

// InterruptionOf says which runs of a comparison were interrupted; "" where all came
// to their end.
func InterruptionOf(c Comparison) string {
	var said []string
	for _, target := range c.Targets {
		if open := interruption(target.Interrupted, target.NotRun); open != "" {
			said = append(said, target.ID+": "+open)
		}
	}
	return strings.Join(said, ". ")
}

// Warnings say which of the two reports is of an interrupted run, and what follows from
// that for the comparison.
func (c Changes) Warnings() []string {
	var said []string
	for name, r := range c.runs() {
		if open := Interruption(r); open != "" {
			said = append(said, fmt.Sprintf("the run %s was %s; scenarios that it did not run count neither as added nor as removed", name, open))
		}
	}
	return said
}

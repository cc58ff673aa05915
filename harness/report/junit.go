package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

type junitSuites struct {
	XMLName xml.Name     `xml:"testsuites"`
	Name    string       `xml:"name,attr"`
	Tests   int          `xml:"tests,attr"`
	Failed  int          `xml:"failures,attr"`
	Errors  int          `xml:"errors,attr"`
	Skipped int          `xml:"skipped,attr"`
	Time    string       `xml:"time,attr"`
	Suites  []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name    string      `xml:"name,attr"`
	Tests   int         `xml:"tests,attr"`
	Failed  int         `xml:"failures,attr"`
	Errors  int         `xml:"errors,attr"`
	Skipped int         `xml:"skipped,attr"`
	Cases   []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string     `xml:"classname,attr"`
	Name    string     `xml:"name,attr"`
	Time    string     `xml:"time,attr"`
	Failure *junitText `xml:"failure,omitempty"`
	Error   *junitText `xml:"error,omitempty"`
	Skipped *junitText `xml:"skipped,omitempty"`
	Output  string     `xml:"system-out,omitempty"`
}

type junitText struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// writeJUnit: a failure is failed, an error is inconclusive, and what does not
// apply, warns or is expected to fail is skipped with its reason.
func writeJUnit(w io.Writer, r Report) error {
	suites := junitSuites{Name: "grantproof: " + r.Target.Name, Time: seconds(r.DurationMs)}
	index := map[string]int{}
	for _, row := range rows(r) {
		i, known := index[row.feature]
		if !known {
			i = len(suites.Suites)
			index[row.feature] = i
			suites.Suites = append(suites.Suites, junitSuite{Name: row.feature})
		}
		suites.Suites[i].add(row)
	}
	for _, suite := range suites.Suites {
		suites.Tests += suite.Tests
		suites.Failed += suite.Failed
		suites.Errors += suite.Errors
		suites.Skipped += suite.Skipped
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	return encoder.Encode(suites)
}

func (s *junitSuite) add(row row) {
	test := junitCase{Class: row.feature, Name: row.name, Time: seconds(row.milliseconds)}
	text := &junitText{Message: row.headline(), Text: row.explanation()}
	s.Tests++
	switch row.verdict {
	case Passed:
		test.Output = row.reason
	case Failed:
		s.Failed++
		test.Failure = text
	case Inconclusive:
		s.Errors++
		test.Error = text
	default:
		s.Skipped++
		test.Skipped = text
	}
	s.Cases = append(s.Cases, test)
}

func seconds(milliseconds float64) string { return fmt.Sprintf("%.4f", milliseconds/1000) }

// row is a scenario or a rule, as the flat forms list them.
type row struct {
	id, feature, name string
	verdict           Verdict
	level             Level
	requirements      []string
	milliseconds      float64
	expected          []string
	actual, reason    string
	reproduce         string
}

func rows(r Report) []row {
	var all []row
	for _, s := range r.Scenarios {
		all = append(all, row{id: s.ID, feature: s.Feature, name: s.Name, verdict: s.Verdict, level: s.Level, requirements: s.Requirements,
			milliseconds: s.DurationMs, expected: list(s.Expected), actual: text(s.Actual), reason: text(s.Reason) + text(s.Note), reproduce: Reproduce(s.ID, r.Faults)})
	}
	for _, rule := range r.Rules {
		all = append(all, rowOfRule(rule, r.Faults))
	}
	return all
}

func rowOfRule(rule Rule, faults *[]string) row {
	made := row{id: rule.ID, feature: "Every exchange", name: rule.Name, verdict: rule.Verdict, level: rule.Level,
		requirements: rule.Requirements, reproduce: Reproduce(rule.ID, faults)}
	if n := len(rule.Offenders); n > 0 {
		first := rule.Offenders[0]
		made.expected, made.actual = list(first.Expected), first.Actual
		made.reason = fmt.Sprintf("%d scenarios broke it, the first is %s", n, first.Scenario)
		made.reproduce = Reproduce(first.Scenario, faults)
	} else if rule.Examined == 0 {
		made.reason = "no exchange was one that this rule is about"
	}
	return made
}

func (r row) headline() string {
	if r.actual != "" {
		return fmt.Sprintf("expected %s; got %s", strings.Join(r.expected, " or "), r.actual)
	}
	return r.reason
}

func (r row) explanation() string {
	lines := []string{r.headline(), "requirements: " + strings.Join(r.requirements, ", "), "reproduce: " + r.reproduce}
	if r.actual != "" && r.reason != "" {
		lines = append(lines, r.reason)
	}
	return strings.Join(lines, "\n")
}

// Reproduce is the command that runs one scenario again, with the faults that
// were switched on.
func Reproduce(id string, faults *[]string) string {
	command := "grantproof run"
	for _, fault := range list(faults) {
		command += " --fault " + fault
	}
	return command + " --only '" + id + "'"
}

func list(l *[]string) []string {
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

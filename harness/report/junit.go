package report

import (
	"encoding/xml"
	"fmt"
	"io"
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
	for _, row := range Rows(r) {
		i, known := index[row.Feature]
		if !known {
			i = len(suites.Suites)
			index[row.Feature] = i
			suites.Suites = append(suites.Suites, junitSuite{Name: row.Feature})
		}
		suites.Suites[i].add(row)
	}
	if said := Interruption(r); said != "" {
		suites.Suites = append(suites.Suites, interruptedSuite(said))
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

// interruptedSuite makes an interruption an error, so that nothing that reads JUnit
// takes the part for the whole.
func interruptedSuite(said string) junitSuite {
	test := junitCase{Class: "The run", Name: "The run comes to its end", Time: seconds(0), Error: &junitText{Message: said, Text: said}}
	return junitSuite{Name: "The run", Tests: 1, Errors: 1, Cases: []junitCase{test}}
}

func (s *junitSuite) add(row Row) {
	test := junitCase{Class: row.Feature, Name: row.Name, Time: seconds(row.Milliseconds)}
	text := &junitText{Message: row.Headline(), Text: row.explanation()}
	s.Tests++
	switch row.Verdict {
	case Passed:
		test.Output = row.Reason
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

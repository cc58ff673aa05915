package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var texts = map[string]func(io.Writer, string) error{
	".md":   func(w io.Writer, text string) error { _, err := io.WriteString(w, text); return err },
	".html": func(w io.Writer, _ string) error { _, _ = io.WriteString(w, "half"); return errors.New("broken") },
}

// there is a folder with a report in it.
func there(t *testing.T, name string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte("the one before"), 0o640); err != nil {
		t.Fatal(err)
	}
	return file
}

// holds checks what a folder has: the report and nothing beside it.
func holds(t *testing.T, file, want string) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil || string(content) != want {
		t.Errorf("the report is %q, %v; want %q", content, err, want)
	}
	if beside, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "*.tmp")); len(beside) > 0 {
		t.Errorf("%q stays", beside)
	}
}

// The report before stays until the new one is complete.
func TestReportIsReplacedAtItsEnd(t *testing.T) {
	file := there(t, "report.md")
	created, err := CreateFile(file, texts)
	if err != nil {
		t.Fatal(err)
	}
	if content, _ := os.ReadFile(file); string(content) != "the one before" { // As after a crash.
		t.Errorf("while the run goes on, the report is %q", content)
	}
	if err := created.Write("the new one"); err != nil {
		t.Fatal(err)
	}
	created.Discard()
	holds(t, file, "the new one")
	if info, _ := os.Stat(file); info.Mode().Perm() != 0o640 {
		t.Errorf("its mode is %v", info.Mode())
	}
}

// A run that does not come to a report leaves the one before.
func TestReportIsLeft(t *testing.T) {
	for name, end := range map[string]func(*File[string]){
		"report.md": func(f *File[string]) { f.Discard() },
		"report.html": func(f *File[string]) {
			if err := f.Write("x"); err == nil || !strings.Contains(err.Error(), "broken") {
				t.Errorf("the error is %v", err)
			}
		},
	} {
		file := there(t, name)
		created, err := CreateFile(file, texts)
		if err != nil {
			t.Fatal(err)
		}
		end(created)
		holds(t, file, "the one before")
	}
}

// A link stays one, and leads to the new report.
func TestReportBehindALink(t *testing.T) {
	file := there(t, "report.md")
	link := filepath.Join(t.TempDir(), "latest.md")
	if err := os.Symlink(file, link); err != nil {
		t.Skip(err)
	}
	created, err := CreateFile(link, texts)
	if err != nil {
		t.Fatal(err)
	}
	if err := created.Write("the new one"); err != nil {
		t.Fatal(err)
	}
	holds(t, file, "the new one")
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is %v, %v", info, err)
	}
}

// What cannot be written is said before the run.
func TestReportThatCannotBeWritten(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "a.md"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"a.md": "is a folder", "none/b.md": "cannot be written", "c.txt": "the endings are .html, .md", "c": "the endings are"} {
		if _, err := CreateFile(filepath.Join(folder, name), texts); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "*")); len(left) != 1 {
		t.Errorf("%q is left", left)
	}
}

// Every form says that a run was interrupted, and none does of another one.
func TestInterruptedInEveryForm(t *testing.T) {
	ended := Report{Target: filled[Report]().Target, Scenarios: []Scenario{{ID: "a#b", Feature: "A", Name: "b", Verdict: Passed}}, Requirements: []Requirement{}}
	Summarize(&ended)
	cut := ended
	cut.Interrupted, cut.NotRun = new(true), new(7)
	forms := map[string]func(io.Writer, Report) error{"terminal": func(w io.Writer, r Report) error { Terminal(w, r); return nil }}
	for name, write := range writers {
		forms[name] = write
	}
	for name, write := range comparisonWriters {
		forms["comparison "+name] = func(w io.Writer, r Report) error { return write(w, Compare([]Examined{{Name: "x", Report: r}})) }
	}
	forms["comparison terminal"] = func(w io.Writer, r Report) error {
		ComparisonTerminal(w, Compare([]Examined{{Name: "x", Report: r}}))
		return nil
	}
	for name, write := range forms {
		var of, without bytes.Buffer
		if err := errors.Join(write(&of, cut), write(&without, ended)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !strings.Contains(of.String(), "interrupted") || !strings.Contains(of.String(), "7") || strings.Contains(without.String(), "interrupted") {
			t.Errorf("%s: interrupted, it says\n%s\nand else\n%s", name, of.String(), without.String())
		}
	}
	var written bytes.Buffer
	var suites junitSuites
	if err := errors.Join(writers[".xml"](&written, cut), xml.Unmarshal(written.Bytes(), &suites)); err != nil || suites.Errors != 1 || suites.Tests != 2 {
		t.Errorf("JUnit counts %+v, %v", suites, err)
	}
}

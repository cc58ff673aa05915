package mutants

import (
	"slices"
	"testing"
)

// Each unit test is known by the values that it saw, and a mutant by the test that fails.
func TestUnitTests(t *testing.T) {
	const folder = "harness/mutants/testdata/tested"
	code, err := read(top, []string{folder})
	if err != nil {
		t.Fatal(err)
	}
	b := &build{source: code, folder: t.TempDir(), tests: map[string]string{}}
	if b.overlay, err = code.overlay(b.folder); err != nil {
		t.Fatal(err)
	}
	if err := b.buildTests(t.Context(), []string{folder}); err != nil {
		t.Fatal(err)
	}
	seen, err := b.lookAtTests(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	found := survey{tests: map[string]map[string][]string{folder: seen}}
	type fate struct {
		reached int
		outcome Outcome
		by      string
	}
	want := map[string]fate{
		"n < 0 is always false":  {1, ByTests, "TestNegative"},
		"n < 0 is always true":   {1, ByTests, "TestPositive"},
		"n > 99 is always false": {0, Survived, ""},
		"n > 99 is always true":  {1, Survived, ""},
	}
	for _, m := range code.mutants {
		result, err := b.tryOne(t.Context(), found, m)
		if err != nil {
			t.Fatal(err)
		}
		name := m.Source + map[bool]string{false: " is always false", true: " is always true"}[m.Forced]
		if got := (fate{result.Reached, result.Outcome, result.By}); got != want[name] {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if !slices.Contains(seen["0=true"], "TestNegative") || len(code.mutants) != len(want) {
		t.Errorf("seen was %v", seen)
	}
}

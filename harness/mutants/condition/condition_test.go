package condition

import (
	"slices"
	"testing"
)

// Values are remembered from the time that somebody watches, until they are taken.
func TestTake(t *testing.T) {
	if Of(1, true); len(Take()) > 0 {
		t.Error("a value was remembered before anybody watched")
	}
	Watch()
	defer watching.Store(false)
	Of(2, true)
	Of(3, false)
	Of(3, true)
	if got, want := Take(), []Seen{{2, true}, {3, false}, {3, true}}; !slices.Equal(got, want) {
		t.Errorf("taken were %v", got)
	}
	if got := Take(); got != nil {
		t.Errorf("taken again were %v", got)
	}
}

// A condition with its value is read as it is written.
func TestParseSeen(t *testing.T) {
	for text, want := range map[string]Seen{"12=true": {12, true}, "0=false": {0, false}} {
		if got, err := ParseSeen(text); err != nil || got != want || got.String() != text {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	if got, err := ParseSeen("x=true"); err == nil {
		t.Errorf("it is read as %v", got)
	}
}

// The forced condition has its value, and no other one is changed.
func TestForced(t *testing.T) {
	forced = Seen{7, false}
	defer func() { forced = Seen{Condition: -1} }()
	type answer bool
	if Of(7, true) || !Of(8, true) || bool(Of(7, answer(true))) {
		t.Error("condition 7 is not false, or condition 8 is")
	}
}

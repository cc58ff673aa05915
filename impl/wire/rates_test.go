package wire

import (
	"strconv"
	"testing"
	"time"
)

func TestRates(t *testing.T) {
	var rates Rates
	now := time.Unix(1000, 0)
	for i := range 4 {
		if wait := rates.Wait("a", 2, now); wait != 0 {
			t.Fatalf("request %d at once waits %v", i+1, wait)
		}
		rates.Count("a", 2, now)
	}
	if wait := rates.Wait("a", 2, now); wait != 500*time.Millisecond {
		t.Errorf("the fifth waits %v, want half a second", wait)
	}
	if wait := rates.Wait("b", 2, now); wait != 0 {
		t.Errorf("another one waits %v", wait)
	}
	if wait := rates.Wait("a", 2, now.Add(time.Second)); wait != 0 {
		t.Errorf("a second later one waits %v", wait)
	}
	if rates.Wait("a", 0, now) != 0 {
		t.Error("without a limit one waits")
	}
	if !rates.Notable("a", 2, now) || rates.Notable("a", 2, now.Add(59*time.Second)) || !rates.Notable("a", 2, now.Add(time.Minute)) {
		t.Error("a word is said, and again a minute later")
	}
	for i := range 2 * maxRates {
		rates.Count(strconv.Itoa(i), 2, now)
	}
	if rates.kept.Len() > maxRates {
		t.Errorf("%d are kept", rates.kept.Len())
	}
}

func TestNetwork(t *testing.T) {
	for remote, want := range map[string]string{
		"192.0.2.1:5": "192.0.2.1/32", "[2001:db8::1]:5": "2001:db8::/64", "[::ffff:192.0.2.1]:5": "192.0.2.1/32", "192.0.2.1": "192.0.2.1/32",
	} {
		if got := Network(remote); got != want {
			t.Errorf("%s is of %s, want %s", remote, got, want)
		}
	}
}

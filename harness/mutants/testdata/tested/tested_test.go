package tested

import "testing"

func TestNegative(t *testing.T) {
	if Judge(-1) != "negative" {
		t.Fail()
	}
}

func TestPositive(t *testing.T) {
	if Judge(1) == "negative" {
		t.Fail()
	}
}

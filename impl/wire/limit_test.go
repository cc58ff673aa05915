package wire

import (
	"fmt"
	"testing"
	"time"
)

func TestLimiter(t *testing.T) {
	var limiter Limiter
	now := time.Unix(1_000_000, 0)
	for i := range 2 {
		if wait := limiter.Wait("192.0.2.1:1000", 2, now); wait != 0 {
			t.Fatalf("number %d waits %s", i+1, wait)
		}
	}
	if wait := limiter.Wait("192.0.2.1:2000", 2, now); wait != 30*time.Minute {
		t.Errorf("the third waits %s, want 30m", wait)
	}
	if wait := limiter.Wait("192.0.2.2:1000", 2, now); wait != 0 {
		t.Errorf("another address waits %s", wait)
	}
	if wait := limiter.Wait("192.0.2.1:1000", 2, now.Add(30*time.Minute)); wait != 0 {
		t.Errorf("half an hour later it waits %s", wait)
	}
	limiter.Wait("[2001:db8::1]:1000", 1, now)
	if wait := limiter.Wait("[2001:db8::2]:1000", 1, now); wait == 0 {
		t.Error("another address of the same network does not wait")
	}
}

// A flood of addresses neither fills the memory nor frees those that are over
// the limit.
func TestLimiterBounded(t *testing.T) {
	var limiter Limiter
	now := time.Unix(1_000_000, 0)
	for i := range maxAddresses + 100 {
		limiter.Wait(fmt.Sprintf("10.%d.%d.%d:1", i>>16, i>>8&255, i&255), 1, now)
	}
	if n := len(limiter.addresses); n > maxAddresses+1 {
		t.Errorf("%d addresses are kept", n)
	}
	if limiter.Wait("10.0.0.0:1", 1, now) == 0 {
		t.Error("the first address does not wait any more")
	}
	limiter.Wait("192.0.2.1:1", 1, now.Add(2*time.Hour))
	if n := len(limiter.addresses); n > 1 {
		t.Errorf("%d addresses are kept although all have waited long enough", n)
	}
}

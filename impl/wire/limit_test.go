package wire

import (
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestLimiter(t *testing.T) {
	for name, test := range map[string]struct {
		allowed Rate
		atOnce  int
		wait    time.Duration
	}{
		"two a second": {PerSecond(2), 4, time.Second / 2},
		"two an hour":  {PerHour(2), 2, 30 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			var limiter Limiter
			now := time.Unix(1_000_000, 0)
			for i := range test.atOnce {
				if wait := limiter.Take("a", test.allowed, now); wait != 0 {
					t.Fatalf("number %d waits %s", i+1, wait)
				}
			}
			for range 3 { // One that is refused does not count.
				if wait := limiter.Take("a", test.allowed, now); wait.Round(time.Millisecond) != test.wait {
					t.Errorf("the next waits %s, want %s", wait, test.wait)
				}
			}
			if wait := limiter.Take("b", test.allowed, now); wait != 0 {
				t.Errorf("another one waits %s", wait)
			}
			if wait := limiter.Take("a", test.allowed, now.Add(test.wait)); wait != 0 {
				t.Errorf("after the wait it waits %s", wait)
			}
		})
	}
}

// Of many at the same time as many are let through as are allowed.
func TestLimiterAtOnce(t *testing.T) {
	var limiter Limiter
	var through atomic.Int32
	var group sync.WaitGroup
	for range 200 {
		group.Go(func() {
			if limiter.Take("a", PerHour(5), time.Unix(1000, 0)) == 0 {
				through.Add(1)
			}
		})
	}
	group.Wait()
	if through.Load() != 5 {
		t.Errorf("%d were let through, want 5", through.Load())
	}
}

// To ask counts nothing.
func TestLimiterAsked(t *testing.T) {
	var limiter Limiter
	now := time.Unix(1000, 0)
	for range 5 {
		if wait := limiter.Wait("a", PerHour(1), now); wait != 0 {
			t.Fatalf("before the first it waits %s", wait)
		}
	}
	limiter.Take("a", PerHour(1), now)
	if wait := limiter.Wait("a", PerHour(1), now); wait != time.Hour {
		t.Errorf("after the first it waits %s, want an hour", wait)
	}
}

func TestLimiterWithoutLimit(t *testing.T) {
	var limiter Limiter
	for range 100 {
		if wait := limiter.Take("a", Rate{}, time.Unix(1000, 0)); wait != 0 {
			t.Fatalf("without a limit it waits %s", wait)
		}
	}
}

func TestLimiterTells(t *testing.T) {
	var limiter Limiter
	now := time.Unix(1000, 0)
	for _, moment := range []struct {
		after time.Duration
		told  bool
	}{{0, true}, {59 * time.Second, false}, {time.Minute, true}} {
		if told := limiter.Notable("a", PerSecond(2), now.Add(moment.after)); told != moment.told {
			t.Errorf("after %s a word is said: %t", moment.after, told)
		}
	}
}

// A flood of names does not fill the memory.
func TestLimiterBounded(t *testing.T) {
	var limiter Limiter
	for i := range 2 * maxLimited {
		limiter.Take(strconv.Itoa(i), PerHour(1), time.Unix(1000, 0))
	}
	if n, _ := limiter.kept.Size(); n > maxLimited {
		t.Errorf("%d are kept", n)
	}
}

// A flood from the many networks of one provider pushes nobody else out.
func TestLimiterShared(t *testing.T) {
	var limiter Limiter
	allowed, now := PerHour(1), time.Unix(1000, 0)
	for _, others := range []string{"address " + Network("192.0.2.1"), Network("2001:db8::1"), "client a"} {
		limiter.Take(others, allowed, now)
	}
	for i := range 2 * maxLimited {
		limiter.Take("address "+Network(fmt.Sprintf("2a00:1:%x:%x::1", i>>8, i&0xff)), allowed, now)
	}
	for _, others := range []string{"address " + Network("192.0.2.1"), Network("2001:db8::1"), "client a"} {
		if limiter.Wait(others, allowed, now) == 0 {
			t.Errorf("%s was forgotten", others)
		}
	}
	if n, _ := limiter.kept.Size(); n > maxLimitedTogether+3 {
		t.Errorf("%d are kept", n)
	}
}

func TestNetwork(t *testing.T) {
	for remote, want := range map[string]string{
		"192.0.2.1:5": "192.0.2.1/32", "[2001:db8::1]:5": "2001:db8::/64", "[::ffff:192.0.2.1]:5": "192.0.2.1/32", "192.0.2.1": "192.0.2.1/32", "": "unknown",
		"unknown": "unknown", "via 127.0.0.1": "via 127.0.0.1/32", "via 2001:db8::1": "via 2001:db8::/64",
	} {
		if got := Network(remote); got != want {
			t.Errorf("%q is of %s, want %s", remote, got, want)
		}
	}
}

// The network of a provider has 32 bits of IPv6, and 16 of IPv4.
func TestProvider(t *testing.T) {
	for name, want := range map[string]string{
		"token 192.0.2.1/32": "192.0.0.0/16", "token 2001:db8:1:2::/64": "2001:db8::/32", "client c": "", "": "",
	} {
		if got := provider(name); got != want {
			t.Errorf("%q belongs to %q, want %q", name, got, want)
		}
	}
}

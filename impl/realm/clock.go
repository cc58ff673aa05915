package realm

import (
	"sync/atomic"
	"time"
)

// Clock is the time of one realm: real time and what was let pass besides.
// The zero value is real time.
type Clock struct{ ahead atomic.Int64 }

// Now is the realm's time.
func (c *Clock) Now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// Advance lets d pass at once.
func (c *Clock) Advance(d time.Duration) { c.ahead.Add(int64(d)) }

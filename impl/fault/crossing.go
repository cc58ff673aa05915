package fault

import (
	"sync"
	"time"
)

// aMoment is how long a careless server takes between looking and taking.
const aMoment = 20 * time.Millisecond

// crossing lets two requests for the same thing meet between looking and taking. The
// zero value is ready to be used.
type crossing struct {
	looking sync.Map // what is looked for → chan struct{}
}

// awaitAnother lets another one look in between.
func (c *crossing) awaitAnother(at any) {
	another := make(chan struct{}, 1)
	if waiting, others := c.looking.LoadOrStore(at, another); others {
		select {
		case waiting.(chan struct{}) <- struct{}{}:
		default: // It was told already.
		}
		return
	}
	defer c.looking.Delete(at)
	select {
	case <-another:
	case <-time.After(10 * aMoment):
	}
}

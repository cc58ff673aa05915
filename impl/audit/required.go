package audit

import (
	"context"
	"errors"
)

// What is said while events cannot be kept.
var (
	errUnwritten = errors.New("the lines cannot be written; look at the file or pipe that they go to")
	errNotKept   = errors.New("no event can be kept, neither as a line nor in the store")
)

// Keeps tells, where the log is required, whether an event that was recorded now
// would be kept; else it is why not. An event is kept as a line when the line was
// written, and in the table a moment later; one of the two is enough. So the
// events of the moment in which the last of them fails may be lost, and those
// after it are of decisions that were refused.
func (t *Trail) Keeps() error {
	if t == nil || !t.log.Required {
		return nil
	}
	lines, table := t.log.hasLines(), t.table != nil
	switch {
	case !lines && !table:
		return nil // Somebody wants no record.
	case lines && !t.log.unwritten.Load(), table && t.table.keeps():
		return nil
	}
	return errNotKept
}

// Refused records that a decision was refused because Keeps says why not. This
// is a line alone, and so tries whether lines can be written again; the table is
// tried again by Keep. A flood of refused requests fills no table.
func (t *Trail) Refused(ctx context.Context) {
	event := *About(ctx)
	event.At, event.Name, event.Reason = t.now(), DecisionRefused, "record_unavailable"
	t.say(ctx, event)
}

// lines tells whether the last line was written.
func (t *Trail) lines() error {
	if t != nil && t.log.unwritten.Load() {
		return errUnwritten
	}
	return nil
}

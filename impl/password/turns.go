package password

import (
	"context"
	"runtime"

	"github.com/grantproof/grantproof/impl/turns"
)

// Asker is who sends a password, for whose turn it is.
type Asker struct {
	Network string
	// Known is somebody who has proven the secret of the same name before. These
	// do not wait for strangers.
	Known bool
}

// Hashing takes a whole core for a moment, and 19 MiB. So few are computed at a
// time, and those who wait take turns by their network: each has a line of its
// own, of which few are in the line of all. One network, however much it sends,
// keeps nobody of another waiting for more than a few hashes; many networks keep
// nobody waiting who is known.
var (
	all       = turns.Line{AtOnce: atOnce() / 2, Waiting: 500}
	ofNetwork = turns.Line{AtOnce: (atOnce() + 2) / 4, Waiting: 100}
)

// atOnce is how many hashes are computed at a time, half of them of those who
// are known: one a core, in at most 152 MiB.
func atOnce() int { return max(2, min(runtime.GOMAXPROCS(0), 8)) }

// begin waits for the turn of an asker, until ctx ends. Where too many wait it is
// turns.ErrTooMany.
func begin(ctx context.Context, asker Asker) (end func(), err error) {
	standing := "stranger"
	if asker.Known {
		standing = "known"
	}
	leave, err := ofNetwork.Take(ctx, standing+" "+asker.Network)
	if err != nil {
		return nil, err
	}
	done, err := all.Take(ctx, standing)
	if err != nil {
		leave()
		return nil, err
	}
	return func() {
		done()
		leave()
	}, nil
}

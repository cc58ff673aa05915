package password

import (
	"context"
	"runtime"

	"github.com/grantproof/grantproof/impl/turns"
)

// Hashing takes a whole core for a moment, and 19 MiB. So few are computed at a
// time, and those who wait take turns by their network: each has a line of its
// own, of which few are in the line of all. One network, however much it sends,
// keeps nobody else waiting for more than a few hashes, and never all cores.
var (
	all       = turns.Line{AtOnce: atOnce(), Waiting: 500}
	ofNetwork = turns.Line{AtOnce: atOnce() / 2, Waiting: 100}
)

// atOnce is how many hashes are computed at a time: one a core, in at most
// 152 MiB.
func atOnce() int { return max(2, min(runtime.GOMAXPROCS(0), 8)) }

// begin waits for the turn of a network, until ctx ends. Where too many wait it
// is turns.ErrTooMany.
func begin(ctx context.Context, network string) (end func(), err error) {
	leave, err := ofNetwork.Take(ctx, network)
	if err != nil {
		return nil, err
	}
	done, err := all.Take(ctx, "")
	if err != nil {
		leave()
		return nil, err
	}
	return func() {
		done()
		leave()
	}, nil
}

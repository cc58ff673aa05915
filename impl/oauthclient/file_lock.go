package oauthclient

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/gofrs/flock"
)

const (
	// lockWait is how long one change of the file waits for those of other processes.
	lockWait = 10 * time.Second
	// lockPoll is how long it waits between two looks at the lock.
	lockPoll = 5 * time.Millisecond
)

// errHeld says that others did not end in time.
var errHeld = errors.New("another process holds the lock")

// fileLock excludes other processes, and other users of the file in this one. The
// operating system gives it back when its process ends, however that ends, so that
// no lock outlives its holder. The lock file stays: a process that removed it could
// take it away from another that has it open.
type fileLock struct{ path string }

// acquire takes the lock for one process alone.
func (l fileLock) acquire(ctx context.Context, wait time.Duration) (release func(), err error) {
	return l.take(ctx, wait, (*flock.Flock).TryLockContext)
}

// share takes the lock together with others that only read.
func (l fileLock) share(ctx context.Context, wait time.Duration) (release func(), err error) {
	return l.take(ctx, wait, (*flock.Flock).TryRLockContext)
}

type attempt func(*flock.Flock, context.Context, time.Duration) (bool, error)

func (l fileLock) take(ctx context.Context, wait time.Duration, try attempt) (func(), error) {
	if err := mustBeFile(l.path); err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	lock := flock.New(l.path, flock.SetPermissions(ownerOnly))
	_, err := try(lock, limited, lockPoll)
	switch {
	case err == nil:
		return func() { _ = lock.Unlock() }, nil
	case ctx.Err() != nil:
		return nil, fmt.Errorf("%w %s: %w", errHeld, l.path, ctx.Err())
	case limited.Err() != nil:
		return nil, fmt.Errorf("%w %s for longer than %v; end the process that hangs, or wait for it", errHeld, l.path, wait)
	}
	return nil, err
}

// mustBeFile refuses what is there and is no file: opening a pipe would wait for
// its other end, for as long as that takes.
func mustBeFile(path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s is no regular file; remove it, or choose another path", path)
	}
	return nil
}

// ownerOnly lets the owner alone read what holds secrets.
const ownerOnly fs.FileMode = 0o600

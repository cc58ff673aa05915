package audit

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"
)

// lookEvery is how often a file of lines is looked for at its path.
const lookEvery = time.Second

// file is a file of lines that may be moved away or removed while it is written,
// as tools do that rotate logs: the lines after that go to a new one.
type file struct {
	path string

	mu     sync.Mutex
	open   *os.File
	looked time.Time
}

// OpenFile opens a file of lines, to which what is written is added. Nobody but
// its owner reads a file that is made.
func OpenFile(path string) (io.WriteCloser, error) {
	f := &file{path: path}
	return f, f.reopen()
}

func (f *file) reopen() error {
	opened, err := os.OpenFile(f.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if f.open != nil {
		_ = f.open.Close() // All that was written is with the system.
	}
	f.open, f.looked = opened, time.Now()
	return nil
}

// Write implements io.Writer. Where a new file cannot be made, the line goes to
// the one before.
func (f *file) Write(line []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if time.Since(f.looked) >= lookEvery {
		f.looked = time.Now()
		if f.moved() {
			_ = f.reopen()
		}
	}
	return f.open.Write(line)
}

// moved tells whether another file, or none, is at the path.
func (f *file) moved() bool {
	there, err := os.Stat(f.path)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	ours, err := f.open.Stat()
	return err == nil && there.Mode().IsRegular() && !os.SameFile(there, ours)
}

// Close implements io.Closer.
func (f *file) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.open.Close()
}

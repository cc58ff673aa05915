package oauthclient

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// fileStore keeps everything in one file that its owner alone may read. Every
// access reads it anew, and every change reads and writes it under a lock, so that
// no process loses what another has kept.
type fileStore struct{ path string }

// NewFileStore returns a Store in the file at path; it comes into being with
// what is kept first. The files beside it that end with .lock hold nothing.
func NewFileStore(path string) Store { return fileStore{path} }

// DefaultStorePath is in the configuration folder of the user.
func DefaultStorePath() (string, error) {
	folder, err := os.UserConfigDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(folder, "grantproof", "credentials.json"), nil
}

func (s fileStore) lock() fileLock { return fileLock{s.path + ".lock"} }

// Load implements Store. Where there can be no lock, in a folder that may only be
// read, nothing replaces the file meanwhile.
func (s fileStore) Load() (Saved, error) {
	release, err := s.lock().share(context.Background(), lockWait)
	if errors.Is(err, errHeld) {
		return Saved{}, s.unreadable(err)
	}
	if err == nil {
		defer release()
	}
	return s.read()
}

// Update implements Store.
func (s fileStore) Update(change func(*Saved)) error {
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return s.unwritable(err)
	}
	release, err := s.lock().acquire(context.Background(), lockWait)
	if err != nil {
		return s.unwritable(err)
	}
	defer release()
	saved, err := s.read()
	if err != nil {
		return err
	}
	change(&saved)
	if err := s.write(saved); err != nil {
		return s.unwritable(err)
	}
	return nil
}

// Alone implements Store, by a lock file for each purpose. Where there can be none,
// nothing that the work finds out can be kept for another process either.
func (s fileStore) Alone(ctx context.Context, purpose string, work func(context.Context) error) error {
	sum := sha256.Sum256([]byte(purpose))
	lock := fileLock{s.path + "." + hex.EncodeToString(sum[:8]) + ".lock"}
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return work(ctx)
	}
	release, err := lock.acquire(ctx, aloneWait)
	switch {
	case errors.Is(err, errHeld):
		return err
	case err == nil:
		defer release()
	}
	return alone(ctx, work)
}

const (
	// aloneLimit is how long work may take that others wait for: no person has a
	// part in it.
	aloneLimit = 4 * impatience
	// aloneWait is how long others wait for it: longer than anyone works.
	aloneWait = aloneLimit + impatience
)

func alone(ctx context.Context, work func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, aloneLimit)
	defer cancel()
	return work(ctx)
}

func (s fileStore) unreadable(err error) error {
	return fmt.Errorf("the kept credentials in %s cannot be read (%w); remove the file, and authorize anew", s.path, err)
}

func (s fileStore) unwritable(err error) error {
	if errors.Is(err, errHeld) {
		return fmt.Errorf("the credentials cannot be kept in %s (%w)", s.path, err)
	}
	return fmt.Errorf("the credentials cannot be kept in %s (%w); make its folder writable", s.path, err)
}

// maxKept bounds what is read of the file, in bytes.
const maxKept = 16 << 20

func (s fileStore) read() (Saved, error) {
	if err := mustBeFile(s.path); err != nil {
		return Saved{}, s.unreadable(err)
	}
	file, err := os.Open(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return Saved{}.clone(), nil
	}
	if err != nil {
		return Saved{}, s.unreadable(err)
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxKept+1))
	if err != nil {
		return Saved{}, s.unreadable(err)
	}
	saved, err := parseSaved(content)
	if err != nil {
		return Saved{}, s.unreadable(err)
	}
	return saved, nil
}

// parseSaved reads the content of the file.
func parseSaved(content []byte) (Saved, error) {
	if len(content) > maxKept {
		return Saved{}, fmt.Errorf("it is longer than %d MiB", maxKept>>20)
	}
	var saved Saved
	if json.Unmarshal(content, &saved) != nil {
		return Saved{}, errors.New("it is not the JSON that it should be")
	}
	return saved.clone(), nil
}

// write replaces the file in one step, under the lock: a reader sees the old content
// or the new one. It returns once the disk has both the content and the name, as a
// refresh token that was rotated is nowhere else.
func (s fileStore) write(saved Saved) error {
	content, err := json.MarshalIndent(saved, "", "  ")
	if err != nil {
		return err
	}
	draft := s.path + ".new"
	if err := os.Remove(draft); err != nil && !errors.Is(err, fs.ErrNotExist) { // Of a process that was killed.
		return err
	}
	if err := writeDraft(draft, content); err != nil {
		_ = os.Remove(draft)
		return err
	}
	if err := os.Rename(draft, s.path); err != nil {
		_ = os.Remove(draft)
		return err
	}
	return syncFolder(filepath.Dir(s.path))
}

func writeDraft(path string, content []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, ownerOnly)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Sync(), file.Close())
}

// syncFolder makes a rename outlive a loss of power. A system that cannot open or
// sync a folder keeps names by itself.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return nil
	}
	_ = folder.Sync()
	return folder.Close()
}

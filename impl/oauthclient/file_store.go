package oauthclient

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// fileStore keeps everything in one file that its owner alone may read. Every
// access reads it anew, so that processes see each other's refresh tokens.
type fileStore struct {
	mu   sync.Mutex
	path string
}

// NewFileStore returns a Store in the file at path; it comes into being with
// what is kept first.
func NewFileStore(path string) Store { return &fileStore{path: path} }

// DefaultStorePath is in the configuration folder of the user.
func DefaultStorePath() (string, error) {
	folder, err := os.UserConfigDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(folder, "grantproof", "credentials.json"), nil
}

// Load implements Store.
func (s *fileStore) Load() (Saved, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read()
}

// Update implements Store.
func (s *fileStore) Update(change func(*Saved)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	saved, err := s.read()
	if err != nil {
		return err
	}
	change(&saved)
	if err := s.write(saved); err != nil {
		return fmt.Errorf("the credentials cannot be kept in %s (%w); make its folder writable", s.path, err)
	}
	return nil
}

func (s *fileStore) read() (Saved, error) {
	content, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return Saved{}.clone(), nil
	}
	var saved Saved
	if err == nil && json.Unmarshal(content, &saved) != nil {
		err = errors.New("it is not the JSON that it should be")
	}
	if err != nil {
		return Saved{}, fmt.Errorf("the kept credentials in %s cannot be read (%w); remove the file, and authorize anew", s.path, err)
	}
	return saved.clone(), nil
}

// write replaces the file at once: nobody reads half of it. A new file is for
// its owner alone, as os.CreateTemp makes it.
func (s *fileStore) write(saved Saved) error {
	content, err := json.MarshalIndent(saved, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(s.path), ".credentials-*")
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = os.Rename(file.Name(), s.path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}

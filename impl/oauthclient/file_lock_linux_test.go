package oauthclient

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A pipe in the place of the file or of its lock is refused, and nothing waits for
// its other end.
func TestPipeInPlaceOfTheFile(t *testing.T) {
	for _, name := range []string{"credentials.json", "credentials.json.lock"} {
		folder := t.TempDir()
		if err := syscall.Mkfifo(filepath.Join(folder, name), 0o600); err != nil {
			t.Fatal(err)
		}
		store := NewFileStore(filepath.Join(folder, "credentials.json"))
		err := store.Update(func(*Saved) {})
		if err == nil || !strings.Contains(err.Error(), "no regular file") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

package audit

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Lines go on after the file was moved away, removed or emptied, and every one of
// them is in one of the files.
func TestFileRotated(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.log")
	opened, err := OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	lines := opened.(*file)
	write := func(line string) {
		t.Helper()
		lines.looked = time.Time{} // The next look is due.
		if _, err := lines.Write([]byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	want := func(path, content string) {
		t.Helper()
		if got, err := os.ReadFile(path); string(got) != content {
			t.Errorf("%s has %q, %v; want %q", path, got, err, content)
		}
	}
	write("a")
	if err := os.Rename(path, path+".1"); err != nil {
		t.Fatal(err)
	}
	write("b")
	want(path+".1", "a")
	want(path, "b")
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	write("c")
	want(path, "c")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	write("d")
	want(path, "d")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the new file has the mode %v, %v; want 0600", info.Mode(), err)
	}
	if err := os.RemoveAll(filepath.Dir(path)); err != nil {
		t.Fatal(err)
	}
	write("e") // There is no place for a new file, and the line is written nevertheless.
}

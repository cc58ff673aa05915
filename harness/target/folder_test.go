package target

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestFolder(t *testing.T) {
	folder := t.TempDir()
	file := func(name string) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Folder(folder); err == nil || !strings.Contains(err.Error(), "NAME.target.yaml") {
		t.Errorf("an empty folder: %v", err)
	}
	for _, name := range []string{"b/target.yaml", "a.target.yaml", "c/other.yaml", "target.yaml"} {
		file(name)
	}
	found, err := Folder(folder)
	if want := []Named{{"a", filepath.Join(folder, "a.target.yaml")}, {"b", filepath.Join(folder, "b/target.yaml")}}; err != nil || !slices.Equal(found, want) {
		t.Errorf("found %v, %v; want %v", found, err, want)
	}
	file("b.target.yaml")
	if _, err := Folder(folder); err == nil || !strings.Contains(err.Error(), "one name") {
		t.Errorf("two of one name: %v", err)
	}
}

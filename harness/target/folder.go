package target

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Named is a target file with a name: its own, or that of its folder.
type Named struct{ Name, File string }

// Folder returns the target files of a folder, NAME.target.yaml and
// NAME/target.yaml, by their names.
func Folder(folder string) ([]Named, error) {
	var found []Named
	for _, pattern := range []string{"*.target.yaml", "*/target.yaml"} {
		files, err := filepath.Glob(filepath.Join(folder, pattern))
		if err != nil {
			return nil, fmt.Errorf("the folder %s: %w", folder, err)
		}
		for _, file := range files {
			found = append(found, Named{nameOf(file), file})
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("the folder %s holds no target files; they are named NAME.target.yaml or NAME/target.yaml", folder)
	}
	slices.SortFunc(found, func(a, b Named) int { return strings.Compare(a.Name, b.Name) })
	for i, named := range found[1:] {
		if named.Name == found[i].Name {
			return nil, fmt.Errorf("the target files %s and %s have one name; rename one of them", found[i].File, named.File)
		}
	}
	return found, nil
}

func nameOf(file string) string {
	folder, base := filepath.Split(file)
	if base == "target.yaml" {
		return filepath.Base(folder)
	}
	return strings.TrimSuffix(base, ".target.yaml")
}

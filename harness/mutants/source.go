package mutants

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/grantproof/grantproof/harness/mutants/condition"
)

// Packages are those whose conditions are forced: what the parties decide, and what they
// decide with.
var Packages = []string{
	"impl/authserver", "impl/authserver/pages", "impl/bearer", "impl/cimd", "impl/mcpserver",
	"impl/oauthclient", "impl/resourceserver", "impl/token", "impl/wire",
}

// Mutant is a condition that always has the same value.
type Mutant struct {
	Condition
	Forced bool `json:"forced"`

	seen condition.Seen // How the rewritten code knows it.
}

// opposite is what a run has to see for the mutant to make a difference.
func (m Mutant) opposite() condition.Seen {
	return condition.Seen{Condition: m.seen.Condition, Value: !m.Forced}
}

// Package is the folder of its file.
func (m Mutant) Package() string { return path.Dir(m.File) }

// String is where it is and what is forced, on one line.
func (m Mutant) String() string {
	return fmt.Sprintf("%s:%d: %s: %s is always %t", m.File, m.Line, m.In, m.Source, m.Forced)
}

// source is the code with its conditions.
type source struct {
	root    string
	mutants []Mutant
	files   map[string][]byte // Rewritten, by their names from the root.
}

// read finds the conditions of the packages below the top folder of the module and
// rewrites their files.
func read(root string, packages []string) (source, error) {
	s := source{root: root, files: map[string][]byte{}}
	count := 0
	for _, folder := range packages {
		names, err := filepath.Glob(filepath.Join(root, folder, "*.go"))
		if err != nil {
			return s, err
		}
		names = slices.DeleteFunc(names, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
		if len(names) == 0 {
			return s, fmt.Errorf("%s has no Go files; run in the top folder of the module", folder)
		}
		for _, name := range names {
			found, err := s.add(path.Join(folder, filepath.Base(name)), count)
			if err != nil {
				return s, err
			}
			count += found
		}
	}
	if count > condition.Most {
		return s, fmt.Errorf("there are %d conditions and numbers for %d; raise condition.Most", count, condition.Most)
	}
	return s, nil
}

// add finds the conditions of a file, of which the first has a number.
func (s *source) add(name string, first int) (int, error) {
	text, err := os.ReadFile(filepath.Join(s.root, name))
	if err != nil {
		return 0, err
	}
	conditions, err := find(name, text)
	if err != nil || len(conditions) == 0 {
		return 0, err
	}
	if s.files[name], err = rewrite(text, conditions, first); err != nil {
		return 0, err
	}
	for i, c := range conditions {
		for _, value := range c.forced {
			s.mutants = append(s.mutants, Mutant{c, value, condition.Seen{Condition: first + i, Value: value}})
		}
	}
	return len(conditions), nil
}

// overlay writes the rewritten files to a folder, with a description for go build.
func (s source) overlay(folder string) (name string, err error) {
	root, err := filepath.Abs(s.root)
	if err != nil {
		return "", err
	}
	replace := map[string]string{}
	for file, text := range s.files {
		copied := filepath.Join(folder, strconv.Itoa(len(replace))+".go")
		replace[filepath.Join(root, file)] = copied
		err = errors.Join(err, os.WriteFile(copied, text, 0o600))
	}
	described, jsonErr := json.Marshal(map[string]any{"Replace": replace})
	name = filepath.Join(folder, "overlay.json")
	return name, errors.Join(err, jsonErr, os.WriteFile(name, described, 0o600))
}

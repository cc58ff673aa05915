// Package citation owns the meaning of a tag: the registry of requirements,
// one entry for each single obligation of a specification, and the closed
// vocabulary with which scenarios cite them.
package citation

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// Requirement is one obligation that a specification puts on a role.
type Requirement struct {
	ID         string            `yaml:"id"`     // specification-section/slug
	Level      string            `yaml:"level"`  // must, should or may
	Levels     map[string]string `yaml:"levels"` // By profile, where they differ.
	Role       string            `yaml:"role"`
	Says       string            `yaml:"says"`       // In our words.
	URL        string            `yaml:"url"`        // Where the specification says it.
	Cases      []string          `yaml:"cases"`      // Ids of the catalogue.
	Tension    string            `yaml:"tension"`    // How specifications disagree.
	Documented string            `yaml:"documented"` // How the documented policy bends it.
	Excluded   string            `yaml:"excluded"`   // Why no test can see it.
	Open       string            `yaml:"open"`       // What will bring a scenario.
}

// Spec is the specification and section, without the slug.
func (r Requirement) Spec() string {
	spec, _, _ := strings.Cut(r.ID, "/")
	return spec
}

// Registry is every requirement.
type Registry struct {
	ordered []Requirement
	byID    map[string]int
}

// Lookup finds a requirement by its id.
func (r *Registry) Lookup(id string) (Requirement, bool) {
	i, ok := r.byID[id]
	if !ok {
		return Requirement{}, false
	}
	return r.ordered[i], true
}

// All returns the requirements in the order of the files and of their entries.
func (r *Registry) All() []Requirement { return slices.Clone(r.ordered) }

const (
	folder    = "requirements"
	casesFile = "cases.yaml"
)

// Load reads the registry and reports everything that is wrong with it at
// once.
func Load(fsys fs.FS) (*Registry, error) {
	files, err := fs.Glob(fsys, folder+"/*.yaml")
	if err != nil {
		return nil, err
	}
	registry := &Registry{byID: map[string]int{}}
	var problems []error
	for _, name := range files {
		if path.Base(name) != casesFile {
			problems = append(problems, registry.read(fsys, name))
		}
	}
	return registry, errors.Join(problems...)
}

func (r *Registry) read(fsys fs.FS, name string) error {
	content, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	var entries []Requirement
	if err := yaml.NewDecoder(bytes.NewReader(content), yaml.Strict()).Decode(&entries); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	var problems []error
	for _, entry := range entries {
		if err := entry.check(); err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", name, err))
		}
		if _, taken := r.byID[entry.ID]; taken {
			problems = append(problems, fmt.Errorf("%s: %s is registered twice", name, entry.ID))
		}
		r.byID[entry.ID] = len(r.ordered)
		r.ordered = append(r.ordered, entry)
	}
	return errors.Join(problems...)
}

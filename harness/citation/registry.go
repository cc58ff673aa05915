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
	URL        string            `yaml:"url"`        // Where the specification says it; left out: that of the section.
	Cases      []string          `yaml:"cases"`      // Ids of the catalogue.
	Tension    string            `yaml:"tension"`    // The point on which specifications disagree.
	Differs    string            `yaml:"differs"`    // How an older specification has it.
	Documented string            `yaml:"documented"` // How the documented policy bends it.
	Excluded   string            `yaml:"excluded"`   // Why no test can see it.
	Open       string            `yaml:"open"`       // The subject that will bring a scenario.
	Error      *ErrorCode        `yaml:"error"`      // Where the sentence says with which error something is refused.
	Reading    *Reading          `yaml:"reading"`    // How a debatable sentence is read here.
}

// ErrorCode is what a requirement says about the error of a refusal. Whether something
// is refused is another question: a refusal with another error breaks this requirement
// alone.
type ErrorCode struct {
	Code string   `yaml:"code"`
	At   []string `yaml:"at"` // The endpoints at which it holds for all refusals of its kind; none: for a case that scenarios cite.
}

// ErrorCodes are the requirements that define one of several errors of an endpoint.
func (r *Registry) ErrorCodes(endpoint string, codes []string) []Requirement {
	var found []Requirement
	for _, requirement := range r.ordered {
		if e := requirement.Error; e != nil && slices.Contains(e.At, endpoint) && slices.Contains(codes, e.Code) {
			found = append(found, requirement)
		}
	}
	return found
}

// Reading is the interpretation of a sentence on which experts differ.
type Reading struct {
	Sentence  string `yaml:"sentence"`  // Its document and section.
	Ours      string `yaml:"ours"`      // What this registry takes from it.
	Otherwise string `yaml:"otherwise"` // Who reads it in another way, and how.
}

// String is the reading in one line; "" without one.
func (r *Reading) String() string {
	if r == nil {
		return ""
	}
	return r.Sentence + ": " + r.Ours + " Otherwise: " + r.Otherwise
}

// Place is the specification and section, without the slug.
func (r Requirement) Place() string {
	place, _, _ := strings.Cut(r.ID, "/")
	return place
}

// Registry is every requirement, and what the entries refer to.
type Registry struct {
	ordered        []Requirement
	byID           map[string]int
	specifications []Specification
	profiles       []Profile
	tensions       []Tension
}

// Lookup finds a requirement by its id.
func (r *Registry) Lookup(id string) (Requirement, bool) {
	i, ok := r.byID[id]
	if !ok {
		return Requirement{}, false
	}
	return r.ordered[i], true
}

// All returns the requirements in the order of the specifications and of
// their entries.
func (r *Registry) All() []Requirement { return slices.Clone(r.ordered) }

// The files of the registry that hold no requirements.
const (
	folder             = "requirements"
	casesFile          = "cases.yaml"
	profilesFile       = "profiles.yaml"
	tensionsFile       = "tensions.yaml"
	specificationsFile = "specifications.yaml"
	advisoriesFile     = "advisories.yaml"
)

// Load reads the registry and reports everything that is wrong with it at
// once.
func Load(fsys fs.FS) (*Registry, error) {
	registry := &Registry{byID: map[string]int{}}
	if err := errors.Join(registry.readProfiles(fsys), registry.readSpecifications(fsys), registry.readTensions(fsys)); err != nil {
		return nil, err
	}
	var problems []error
	for _, specification := range registry.specifications {
		problems = append(problems, registry.read(fsys, specification))
	}
	problems = append(problems, registry.checkTensions(), registry.checkFiles(fsys))
	return registry, errors.Join(problems...)
}

func (r *Registry) read(fsys fs.FS, specification Specification) error {
	var entries []Requirement
	if err := readList(fsys, specification.file(), &entries); err != nil {
		return err
	}
	var problems []error
	for _, entry := range entries {
		if entry.URL == "" {
			entry.URL = specification.urlOf(entry)
		}
		if err := r.check(entry, specification); err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", specification.file(), err))
		}
		if _, taken := r.byID[entry.ID]; taken {
			problems = append(problems, fmt.Errorf("%s: %s is registered twice", specification.file(), entry.ID))
		}
		r.byID[entry.ID] = len(r.ordered)
		r.ordered = append(r.ordered, entry)
	}
	return errors.Join(problems...)
}

// checkFiles finds files of requirements that no specification is registered
// for.
func (r *Registry) checkFiles(fsys fs.FS) error {
	known := []string{casesFile, profilesFile, tensionsFile, specificationsFile, advisoriesFile}
	for _, specification := range r.specifications {
		known = append(known, specification.file())
	}
	files, err := fs.Glob(fsys, folder+"/*.yaml")
	for _, name := range files {
		if !slices.Contains(known, path.Base(name)) {
			err = errors.Join(err, fmt.Errorf("%s: the specification is not in %s", name, specificationsFile))
		}
	}
	return err
}

// readList reads a file of the registry; unknown members are errors.
func readList[T any](fsys fs.FS, name string, list *[]T) error {
	content, err := fs.ReadFile(fsys, folder+"/"+name)
	if err != nil {
		return fmt.Errorf("the registry of requirements lacks a file: %w", err)
	}
	if err := yaml.NewDecoder(bytes.NewReader(content), yaml.Strict()).Decode(list); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

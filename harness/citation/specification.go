package citation

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Specification is a document that obliges somebody.
type Specification struct {
	Name     string            `yaml:"specification"` // As the ids of its requirements begin.
	Title    string            `yaml:"title"`
	Version  string            `yaml:"version"` // Of a draft: which text was read.
	URL      string            `yaml:"url"`
	Anchor   string            `yaml:"anchor"`   // Of a section: what stands before its number in a link.
	LaidOut  bool              `yaml:"laid_out"` // Not every obligation of it is entered yet.
	Binds    []string          `yaml:"binds"`    // The profiles, with those that build on them, in which it is in force; none: wherever a party implements it.
	Sections map[string]string `yaml:"sections"` // Those that oblige somebody: number or name → title.
}

// Specifications returns every specification of the registry.
func (r *Registry) Specifications() []Specification { return slices.Clone(r.specifications) }

func (r *Registry) readSpecifications(fsys fs.FS) error {
	if err := readList(fsys, specificationsFile, &r.specifications); err != nil {
		return err
	}
	var problems []error
	for _, specification := range r.specifications {
		if err := r.CheckProfiles(specification.Binds); err != nil {
			problems = append(problems, fmt.Errorf("%s: %s: binds: %w", specificationsFile, specification.Name, err))
		}
	}
	return errors.Join(problems...)
}

func (s Specification) file() string { return s.Name + ".yaml" }

// SectionOf is the section of a requirement, such as 5.2.
func (s Specification) SectionOf(requirement Requirement) string {
	return strings.TrimPrefix(requirement.Place(), s.Name+"-")
}

func (s Specification) urlOf(requirement Requirement) string {
	if s.Anchor == "" {
		return s.URL
	}
	return s.URL + "#" + s.Anchor + s.SectionOf(requirement)
}

// SpecificationOf finds the specification of a requirement.
func (r *Registry) SpecificationOf(requirement Requirement) Specification {
	for _, specification := range r.specifications {
		if strings.HasPrefix(requirement.Place(), specification.Name+"-") {
			return specification
		}
	}
	return Specification{}
}

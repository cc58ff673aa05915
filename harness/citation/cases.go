package citation

import (
	"errors"
	"fmt"
	"io/fs"
)

// Cases is one subject of the catalogue of test cases.
type Cases struct {
	Subject  string            `yaml:"subject"`
	All      []string          `yaml:"all"`
	Open     map[string]string `yaml:"open"`     // Id → the subject that will bring its requirement.
	Excluded map[string]string `yaml:"excluded"` // Id → why no test can see it.
}

// LoadCases reads the catalogue.
func LoadCases(fsys fs.FS) ([]Cases, error) {
	var all []Cases
	err := readList(fsys, casesFile, &all)
	return all, err
}

// CheckCases requires that each case is in exactly one place: in an entry of
// the registry, open, or excluded with a reason.
func (r *Registry) CheckCases(all []Cases) error {
	var problems []error
	places := map[string][]string{}
	for _, requirement := range r.ordered {
		for _, id := range requirement.Cases {
			if len(places[id]) == 0 {
				places[id] = append(places[id], "the registry")
			}
		}
	}
	known := map[string]bool{}
	for _, subject := range all {
		for id, closes := range subject.Open {
			places[id] = append(places[id], "open")
			if Subjects[closes] == "" {
				problems = append(problems, fmt.Errorf("%s is open, and the subject %q that is to close it is not known", id, closes))
			}
		}
		for id, reason := range subject.Excluded {
			places[id] = append(places[id], "excluded")
			if reason == "" {
				problems = append(problems, fmt.Errorf("%s is excluded without a reason", id))
			}
		}
		for _, id := range subject.All {
			known[id] = true
			if len(places[id]) != 1 {
				problems = append(problems, fmt.Errorf("%s (%s) is in %d places %v; it belongs into one: an entry's cases, open or excluded", id, subject.Subject, len(places[id]), places[id]))
			}
		}
	}
	for id := range places {
		if !known[id] {
			problems = append(problems, fmt.Errorf("%s is no case of the catalogue", id))
		}
	}
	return errors.Join(problems...)
}

package citation

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

// Tension is a point on which specifications disagree. The requirements that
// name it hold what each profile chooses.
type Tension struct {
	ID      string            `yaml:"id"`
	Says    string            `yaml:"says"`
	Choices map[string]string `yaml:"choices"` // Profile → what it asks for.
	Open    string            `yaml:"open"`    // The subject that brings its requirements.
}

// Tensions returns every known disagreement.
func (r *Registry) Tensions() []Tension { return slices.Clone(r.tensions) }

func (r *Registry) readTensions(fsys fs.FS) error {
	return readList(fsys, tensionsFile, &r.tensions)
}

// checkTensions requires that each is chosen by profile and that requirements
// name it, or that it says who will bring them.
func (r *Registry) checkTensions() error {
	var problems []error
	named := map[string]bool{}
	for _, requirement := range r.ordered {
		if requirement.Tension == "" {
			continue
		}
		named[requirement.Tension] = true
		if !slices.ContainsFunc(r.tensions, func(t Tension) bool { return t.ID == requirement.Tension }) {
			problems = append(problems, fmt.Errorf("%s: there is no tension %q in %s", requirement.ID, requirement.Tension, tensionsFile))
		}
	}
	for _, tension := range r.tensions {
		if len(tension.Choices) < 2 {
			problems = append(problems, fmt.Errorf("%s: a tension has the choices of at least two profiles", tension.ID))
		}
		if !named[tension.ID] && Subjects[tension.Open] == "" {
			problems = append(problems, fmt.Errorf("%s: no requirement names the tension, and no subject is said to bring one", tension.ID))
		}
		for profile := range tension.Choices {
			problems = append(problems, r.CheckProfiles([]string{profile}))
		}
	}
	return errors.Join(problems...)
}

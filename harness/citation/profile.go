package citation

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/nearest"
)

// Profile chooses among specifications that disagree.
type Profile struct {
	Name     string `yaml:"profile"`
	Title    string `yaml:"title"`
	BuildsOn string `yaml:"builds_on"` // The profile that it follows in everything else.
}

// NotRequired is the level of an obligation that a profile does not know.
const NotRequired = "none"

// Profiles returns every profile, each after the one that it builds on.
func (r *Registry) Profiles() []Profile { return slices.Clone(r.profiles) }

func (r *Registry) readProfiles(fsys fs.FS) error {
	if err := readList(fsys, profilesFile, &r.profiles); err != nil {
		return err
	}
	known := map[string]bool{"": true}
	for _, profile := range r.profiles {
		if !known[profile.BuildsOn] {
			return fmt.Errorf("%s: %s builds on %q, which is no profile above it", profilesFile, profile.Name, profile.BuildsOn)
		}
		known[profile.Name] = true
	}
	return nil
}

// ProfileNames are the names of the profiles, in order.
func (r *Registry) ProfileNames() []string {
	var names []string
	for _, profile := range r.profiles {
		names = append(names, profile.Name)
	}
	return names
}

// CheckProfiles refuses names that are no profile.
func (r *Registry) CheckProfiles(names []string) error {
	for _, name := range names {
		if !slices.Contains(r.ProfileNames(), name) {
			return fmt.Errorf("there is no profile %q%s; the profiles are %s", name, nearest.Hint(name, r.ProfileNames()), strings.Join(r.ProfileNames(), ", "))
		}
	}
	return nil
}

// lineage is a profile and those that it builds on, the nearest first.
func (r *Registry) lineage(name string) []string {
	var names []string
	for name != "" {
		names = append(names, name)
		i := slices.IndexFunc(r.profiles, func(p Profile) bool { return p.Name == name })
		if i < 0 {
			break
		}
		name = r.profiles[i].BuildsOn
	}
	return names
}

// Within tells whether a profile is one of others or builds on one.
func (r *Registry) Within(profile string, others []string) bool {
	return slices.ContainsFunc(r.lineage(profile), func(name string) bool { return slices.Contains(others, name) })
}

// LevelUnder is the level of a requirement under a profile: what is said for
// the profile, else for the one that it builds on, else the requirement's own
// where its specification is in force.
func (r *Registry) LevelUnder(requirement Requirement, profile string) string {
	for _, name := range r.lineage(profile) {
		if level, ok := requirement.Levels[name]; ok {
			return level
		}
	}
	if binds := r.SpecificationOf(requirement).Binds; len(binds) > 0 && !r.Within(profile, binds) {
		return NotRequired
	}
	return requirement.Level
}

package obligations

import (
	"fmt"
	"io"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/impl/nearest"
)

// Entry is one obligation with what refers to it.
type Entry struct {
	citation.Requirement
	Specification citation.Specification
	Levels        []Level  // By profile.
	Disputed      string   // The tension in words.
	Scenarios     []string // Those that cite it.
	Faults        []string // Those that violate it.
}

// Level is the level of an obligation under a profile.
type Level struct{ Profile, Level string }

// Find returns the obligation with an id. The error of an unknown one names the
// nearest.
func Find(registry *citation.Registry, id string) (Entry, error) {
	requirement, ok := registry.Lookup(id)
	if !ok {
		return Entry{}, fmt.Errorf("there is no requirement %q%s", id, hint(registry, id))
	}
	entry := Entry{Requirement: requirement, Specification: registry.SpecificationOf(requirement)}
	for _, profile := range registry.ProfileNames() {
		entry.Levels = append(entry.Levels, Level{profile, registry.LevelUnder(requirement, profile)})
	}
	for _, tension := range registry.Tensions() {
		if tension.ID == requirement.Tension {
			entry.Disputed = tension.Says
		}
	}
	return entry, nil
}

// hint names the nearest ids, or the command that lists those of the specification.
func hint(registry *citation.Registry, id string) string {
	var known []string
	for _, requirement := range registry.All() {
		known = append(known, requirement.ID)
	}
	if hint := nearest.Hint(id, known); hint != "" {
		return hint
	}
	return "; `grantproof requirements SPECIFICATION` lists the ids"
}

// WriteTo writes the complete entry.
func (e Entry) WriteTo(out io.Writer) (int64, error) {
	var text strings.Builder
	bold := lipgloss.NewStyle().Bold(true)
	fmt.Fprintf(&text, "%s\n%s\n\n", bold.Render(e.ID), e.Says)
	row := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&text, "%-14s %s\n", name, value)
		}
	}
	row("text", e.source())
	row("link", e.URL)
	row("role", e.Role)
	row("level", e.levels())
	if e.Reading != nil {
		row("reading of", e.Reading.Sentence)
		row("", e.Reading.Ours)
		row("", "Otherwise: "+e.Reading.Otherwise)
	}
	row("disputed", e.Disputed)
	row("differs", e.Differs)
	row("documented", e.Documented)
	row("not testable", e.Excluded)
	row("waits for", citation.Subjects[e.Open])
	list(&text, "scenarios", e.Scenarios)
	list(&text, "faults", e.Faults)
	written, err := lipgloss.Fprint(out, text.String())
	return int64(written), err
}

// source names the specification, the revision that was read, and the section.
func (e Entry) source() string {
	source := e.Specification.Title
	if e.Specification.Version != "" {
		source += ", " + e.Specification.Version
	}
	section := e.Specification.SectionOf(e.Requirement)
	return source + ", " + section + " " + e.Specification.Sections[section]
}

// levels names the level, and those of the profiles in which it is another one.
func (e Entry) levels() string {
	text := e.Level
	for _, level := range e.Levels {
		if level.Level != e.Level {
			text += ", " + level.Level + " under " + level.Profile
		}
	}
	return strings.ReplaceAll(text, citation.NotRequired+" under", "not in force under")
}

func list(text *strings.Builder, name string, values []string) {
	for i, value := range values {
		if i > 0 {
			name = ""
		}
		fmt.Fprintf(text, "%-14s %s\n", name, value)
	}
}

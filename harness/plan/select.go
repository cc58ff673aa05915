package plan

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/nearest"
)

// Selection says which scenarios to run; its zero value is all of them.
type Selection struct {
	Only  []string // Ids, or patterns of them such as authorization_server/*.
	Tags  string   // An expression such as "@must && ~@slow".
	Roles []string
}

// ErrNothing says that a selection leaves no scenario.
var ErrNothing = errors.New("no scenario is selected; `grantproof run --list` shows them all")

// Select marks the scenarios that selection names.
func (p *Plan) Select(selection Selection) error {
	named := p.named(selection.Only)
	matches, err := p.parseTags(selection.Tags)
	if err != nil {
		return err
	}
	if err := p.checkNames(selection); err != nil {
		return err
	}
	any := false
	for _, s := range p.Scenarios {
		s.Selected = matches(s.Tags) && (len(selection.Only) == 0 || named[s]) && selection.hasRole(s)
		any = any || s.Selected
	}
	if !any {
		return ErrNothing
	}
	return nil
}

func (p *Plan) checkNames(selection Selection) error {
	for _, only := range selection.Only {
		if p.byKey[only] == nil && !slices.ContainsFunc(p.Scenarios, func(s *Scenario) bool { return matchesID(only, s.ID) }) {
			return fmt.Errorf("no scenario has the id %q%s; `grantproof run --list` shows the ids", only, nearest.Hint(only, p.names()))
		}
	}
	roles := map[string]bool{}
	for _, s := range p.Scenarios {
		roles[s.Role] = true
	}
	for _, role := range selection.Roles {
		if !roles[role] {
			delete(roles, "")
			known := slices.Sorted(maps.Keys(roles))
			return fmt.Errorf("there is no role %q%s; the roles are %s", role, nearest.Hint(role, known), strings.Join(known, ", "))
		}
	}
	return nil
}

// names are the ids of all scenarios, and the files that they are in.
func (p *Plan) names() []string {
	names := map[string]bool{}
	for _, s := range p.Scenarios {
		file, _, _ := strings.Cut(s.ID, "#")
		names[s.ID], names[file] = true, true
	}
	return slices.Sorted(maps.Keys(names))
}

// tags are those of all scenarios.
func (p *Plan) tags() []string {
	tags := map[string]bool{}
	for _, s := range p.Scenarios {
		for _, tag := range s.Tags {
			tags[tag] = true
		}
	}
	return slices.Sorted(maps.Keys(tags))
}

// named are the scenarios that one of names means. Most are ids.
func (p *Plan) named(names []string) map[*Scenario]bool {
	named := map[*Scenario]bool{}
	for _, name := range names {
		if s := p.byKey[name]; s != nil {
			named[s] = true
			continue
		}
		for _, s := range p.Scenarios {
			named[s] = named[s] || matchesID(name, s.ID)
		}
	}
	return named
}

// matchesID: an id, a file, or a pattern of path.Match over either.
func matchesID(only, id string) bool {
	file, _, _ := strings.Cut(id, "#")
	for _, name := range []string{id, file, file + ".feature"} {
		if matched, err := path.Match(only, name); only == name || matched && err == nil {
			return true
		}
	}
	return false
}

func (selection Selection) hasRole(s *Scenario) bool {
	return len(selection.Roles) == 0 || slices.Contains(selection.Roles, s.Role)
}

// parseTags reads an expression of terms joined by &&, each a list of
// alternatives separated by commas, each a tag or ~ and a tag. Anything else
// is an error, as is a tag that no scenario has.
func (p *Plan) parseTags(expression string) (func([]string) bool, error) {
	var terms [][]string
	if strings.TrimSpace(expression) == "" {
		return func([]string) bool { return true }, nil
	}
	for term := range strings.SplitSeq(expression, "&&") {
		var alternatives []string
		for alternative := range strings.SplitSeq(term, ",") {
			alternative = strings.TrimSpace(alternative)
			if err := p.checkTag(strings.TrimPrefix(alternative, "~")); err != nil {
				return nil, err
			}
			alternatives = append(alternatives, alternative)
		}
		terms = append(terms, alternatives)
	}
	return func(tags []string) bool {
		return !slices.ContainsFunc(terms, func(alternatives []string) bool { return !anyHolds(alternatives, tags) })
	}, nil
}

func (p *Plan) checkTag(tag string) error {
	if !strings.HasPrefix(tag, "@") || strings.ContainsAny(tag, " ()|!") {
		return fmt.Errorf("the tag expression is not understood at %q; write tags with @, joined by &&, alternatives by a comma, ~ for not: \"@must && ~@slow\"", tag)
	}
	if !slices.ContainsFunc(p.Scenarios, func(s *Scenario) bool { return slices.Contains(s.Tags, tag) }) {
		return fmt.Errorf("no scenario has the tag %s%s", tag, nearest.Hint(tag, p.tags()))
	}
	return nil
}

func anyHolds(alternatives, tags []string) bool {
	return slices.ContainsFunc(alternatives, func(alternative string) bool {
		tag, negated := strings.CutPrefix(alternative, "~")
		return slices.Contains(tags, tag) != negated
	})
}

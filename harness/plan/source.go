package plan

import (
	"slices"
	"strings"

	messages "github.com/cucumber/messages/go/v21"
)

// source is the text of a feature file, in parts that begin with a scenario, a
// rule or a background.
type source struct {
	uri   string
	lines []string
	parts []part
}

// part is a place in a source; scenario is the id of its node, "" where it is
// none.
type part struct {
	first    int // The line, from 0.
	scenario string
}

// Source is a feature as a runner shall see it.
type Source struct {
	URI  string
	Text []byte
}

// Sources are the features that hold a selected scenario, without the others:
// their lines are empty, so that those that are left keep their place.
func (p *Plan) Sources() []Source {
	selected := map[string]map[string]bool{}
	for _, s := range p.Selected() {
		if selected[s.URI] == nil {
			selected[s.URI] = map[string]bool{}
		}
		selected[s.URI][s.node] = true
	}
	var all []Source
	for _, source := range p.sources {
		if nodes := selected[source.uri]; nodes != nil {
			all = append(all, Source{source.uri, source.keep(nodes)})
		}
	}
	return all
}

func (s source) keep(nodes map[string]bool) []byte {
	lines := slices.Clone(s.lines)
	for i, part := range s.parts {
		if part.scenario == "" || nodes[part.scenario] {
			continue
		}
		end := len(lines)
		if i+1 < len(s.parts) {
			end = s.parts[i+1].first
		}
		clear(lines[part.first:end])
	}
	return []byte(strings.Join(lines, "\n"))
}

func sourceOf(uri, text string, feature *messages.Feature) source {
	s := source{uri: uri, lines: strings.Split(text, "\n")}
	for _, child := range feature.Children {
		switch {
		case child.Background != nil:
			s.add(child.Background.Location, nil, "")
		case child.Scenario != nil:
			s.add(child.Scenario.Location, child.Scenario.Tags, child.Scenario.Id)
		case child.Rule != nil:
			s.add(child.Rule.Location, child.Rule.Tags, "")
			for _, inner := range child.Rule.Children {
				if inner.Background != nil {
					s.add(inner.Background.Location, nil, "")
				} else {
					s.add(inner.Scenario.Location, inner.Scenario.Tags, inner.Scenario.Id)
				}
			}
		}
	}
	return s
}

// add adds a part that begins with its tags.
func (s *source) add(at *messages.Location, tags []*messages.Tag, scenario string) {
	first := at.Line
	for _, tag := range tags {
		first = min(first, tag.Location.Line)
	}
	s.parts = append(s.parts, part{int(first) - 1, scenario})
}

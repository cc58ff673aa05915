// Package plan owns the decision which scenarios run, which do not apply to a
// target and why, and which are known to fail. It reads the features, holds
// them against the registry and refuses what is not well made; it runs
// nothing.
package plan

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	gherkin "github.com/cucumber/gherkin/go/v26"
	messages "github.com/cucumber/messages/go/v21"

	"github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/impl/nearest"
)

// EveryExchange is the file of the rules that hold for every exchange.
const EveryExchange = "every_exchange.feature"

// Scenario is one scenario, or one row of an outline.
type Scenario struct {
	ID      string // folder/file#title-in-kebab-case
	URI     string // The file.
	Feature string
	Name    string
	Tags    []string
	citation.Citation
	Rule  bool // It states a rule for every exchange.
	Steps []*messages.PickleStep

	Selected bool
	Reason   string                    // Why it does not apply to the target.
	Class    report.NotApplicableClass // Of the reason.
	Lacks    string                    // What is lacking, in a word or two.
	Levels   map[string]string         // By selected profile that it is about.
	Cited    []Obligation              // What it cites, with the levels under the selected profiles.

	node     string // Its id in the file.
	lines    []placed
	meanings []Meaning // Of its steps.
}

// Plan is every scenario, in the order of the files.
type Plan struct {
	Scenarios []*Scenario
	byKey     map[string]*Scenario
	byTitle   map[string]*Scenario
	sources   []source
	registry  *citation.Registry
	profiles  []string // The selected ones.
	means     func(*messages.PickleStep) Meaning
}

// Clone returns a plan of the same scenarios, in which nothing is decided yet.
func (p *Plan) Clone() *Plan {
	clone := *p
	clone.Scenarios, clone.byKey, clone.byTitle = nil, map[string]*Scenario{}, map[string]*Scenario{}
	for _, s := range p.Scenarios {
		copied := *s
		clone.Scenarios = append(clone.Scenarios, &copied)
		clone.byKey[s.ID], clone.byTitle[s.Name] = &copied, &copied
	}
	return &clone
}

// Lookup finds the scenario of a file with a title.
func (p *Plan) Lookup(uri, name string) (*Scenario, bool) {
	found, ok := p.byKey[IDOf(uri, name)]
	return found, ok
}

// ByID finds the scenario with an id, nil where there is none.
func (p *Plan) ByID(id string) *Scenario { return p.byKey[id] }

// Nearest is the end of an error message about an id that no scenario has: which
// ones it may have meant.
func (p *Plan) Nearest(id string) string { return nearest.Hint(id, p.ids()) }

// Selected returns the scenarios that run or say why not.
func (p *Plan) Selected() []*Scenario {
	var selected []*Scenario
	for _, s := range p.Scenarios {
		if s.Selected {
			selected = append(selected, s)
		}
	}
	return selected
}

// Load reads every feature and reports everything that is wrong with them at
// once. What a step means it asks means.
func Load(fsys fs.FS, registry *citation.Registry, means func(*messages.PickleStep) Meaning) (*Plan, error) {
	p := &Plan{byKey: map[string]*Scenario{}, byTitle: map[string]*Scenario{}, registry: registry, means: means}
	var problems []error
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".feature") {
			return err
		}
		problems = append(problems, p.read(fsys, name))
		return nil
	})
	if err != nil {
		return nil, err
	}
	return p, errors.Join(problems...)
}

func (p *Plan) read(fsys fs.FS, name string) error {
	content, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	number := (&messages.Incrementing{}).NewId
	document, err := gherkin.ParseGherkinDocument(bytes.NewReader(content), number)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if document.Feature == nil {
		return fmt.Errorf("%s: there is no feature in it", name)
	}
	p.sources = append(p.sources, sourceOf(name, string(content), document.Feature))
	places := placesOf(document.Feature)
	var problems []error
	for _, pickle := range gherkin.Pickles(*document, name, number) {
		problems = append(problems, p.add(name, document.Feature.Name, pickle, places))
	}
	return errors.Join(problems...)
}

func (p *Plan) add(uri, feature string, pickle *messages.Pickle, places places) error {
	s := &Scenario{
		ID: IDOf(uri, pickle.Name), URI: uri, Feature: feature, Name: pickle.Name,
		Rule: uri == EveryExchange, Steps: pickle.Steps, Selected: true, node: pickle.AstNodeIds[0],
		lines: places.of(pickle.Steps),
	}
	for _, tag := range pickle.Tags {
		s.Tags = append(s.Tags, tag.Name)
	}
	for _, step := range s.Steps {
		s.meanings = append(s.meanings, p.means(step))
	}
	where := fmt.Sprintf("%s, %q", uri, pickle.Name)
	if other, taken := p.byKey[s.ID]; taken {
		return fmt.Errorf("%s: the title is that of a scenario in %s; a title is unique", where, other.URI)
	}
	p.byKey[s.ID] = s
	p.Scenarios = append(p.Scenarios, s)
	read, err := p.registry.ParseTags(s.Tags, roleOf(uri))
	s.Citation = read
	for i, tag := range s.Tags { // Which Then holds a requirement selects nothing.
		if strings.Contains(tag, "/") {
			s.Tags[i], _, _ = strings.Cut(tag, ":")
		}
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", where, err)
	}
	return errors.Join(err, p.titleUnique(s), lint(where, s))
}

// titleUnique: a title says on its own which scenario is meant.
func (p *Plan) titleUnique(s *Scenario) error {
	if other, taken := p.byTitle[s.Name]; taken {
		return fmt.Errorf("%s, %q: the title is that of a scenario in %s; a title is unique in the repository", s.URI, s.Name, other.URI)
	}
	p.byTitle[s.Name] = s
	return nil
}

// roleOf is the role whose folder a feature is in, as its tag has it.
func roleOf(uri string) string {
	folder := path.Dir(uri)
	if folder == "." {
		return ""
	}
	return strings.ReplaceAll(folder, "_", "-")
}

// IDOf is the id of the scenario of a file with a title.
func IDOf(uri, name string) string {
	return strings.TrimSuffix(uri, ".feature") + "#" + kebab(name)
}

func kebab(name string) string {
	var id strings.Builder
	for _, r := range strings.ToLower(name) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			id.WriteRune(r)
		} else if id.Len() > 0 && !strings.HasSuffix(id.String(), "-") {
			id.WriteByte('-')
		}
	}
	return strings.TrimSuffix(id.String(), "-")
}

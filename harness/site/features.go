package site

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	gherkin "github.com/cucumber/gherkin/go/v26"
	messages "github.com/cucumber/messages/go/v21"

	"github.com/grantproof/grantproof/harness/plan"
)

// Feature is a feature file, ready to be shown.
type Feature struct {
	File, Folder, Page string
	Name, About        string
	Background         []Step
	Blocks             []Block
}

// Count is how many scenarios it has.
func (f Feature) Count() int {
	count := 0
	for _, block := range f.Blocks {
		count += len(block.Scenarios)
	}
	return count
}

// Block is a rule with its scenarios; the first has no name.
type Block struct {
	Name       string
	Background []Step
	Scenarios  []Scenario
}

// Scenario is a scenario or an outline with its examples.
type Scenario struct {
	ID, Keyword, Name, Level string
	Citations, Conditions    []string
	Steps                    []Step
	Examples                 [][]string
}

// Step is a step with its table or text.
type Step struct {
	Keyword, Text string
	Table         [][]string
}

// readFeatures reads every feature file, the roles in the order of the folders.
func readFeatures(fsys fs.FS) ([]Feature, error) {
	var all []Feature
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".feature" {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		document, err := gherkin.ParseGherkinDocument(bytes.NewReader(text), (&messages.Incrementing{}).NewId)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, featureOf(name, document.Feature))
		return nil
	})
	slices.SortStableFunc(all, func(a, b Feature) int { return cmp.Compare(a.Folder, b.Folder) })
	return all, err
}

func featureOf(name string, feature *messages.Feature) Feature {
	folder := path.Dir(name)
	if folder == "." {
		folder = "every exchange"
	}
	f := Feature{
		File: name, Folder: strings.ReplaceAll(folder, "_", " "), Page: "features/" + strings.TrimSuffix(name, ".feature") + "/",
		Name: feature.Name, About: dedent(feature.Description), Blocks: []Block{{}},
	}
	for _, child := range feature.Children {
		switch {
		case child.Background != nil:
			f.Background = stepsOf(child.Background.Steps)
		case child.Scenario != nil:
			f.Blocks[0].Scenarios = append(f.Blocks[0].Scenarios, scenarioOf(name, child.Scenario))
		case child.Rule != nil:
			block := Block{Name: child.Rule.Name}
			for _, inner := range child.Rule.Children {
				if inner.Background != nil {
					block.Background = stepsOf(inner.Background.Steps)
					continue
				}
				block.Scenarios = append(block.Scenarios, scenarioOf(name, inner.Scenario))
			}
			f.Blocks = append(f.Blocks, block)
		}
	}
	return f
}

// tagsOf are those of a scenario and of its examples, each once.
func tagsOf(s *messages.Scenario) []*messages.Tag {
	tags := slices.Clone(s.Tags)
	for _, examples := range s.Examples {
		for _, tag := range examples.Tags {
			if !slices.ContainsFunc(tags, func(t *messages.Tag) bool { return t.Name == tag.Name }) {
				tags = append(tags, tag)
			}
		}
	}
	return tags
}

func scenarioOf(file string, s *messages.Scenario) Scenario {
	_, id, _ := strings.Cut(plan.IDOf(file, s.Name), "#")
	shown := Scenario{ID: id, Keyword: s.Keyword, Name: s.Name, Steps: stepsOf(s.Steps)}
	for _, tag := range tagsOf(s) {
		name := strings.TrimPrefix(tag.Name, "@")
		switch {
		case strings.Contains(name, "/"):
			id, _, _ := strings.Cut(name, ":") // After the colon is which Then holds it.
			shown.Citations = append(shown.Citations, id)
		case strings.Contains(name, ":"):
			shown.Conditions = append(shown.Conditions, name)
		default:
			shown.Level = name
		}
	}
	for _, examples := range s.Examples {
		shown.Examples = append(shown.Examples, cellsOf(examples.TableHeader))
		for _, row := range examples.TableBody {
			shown.Examples = append(shown.Examples, cellsOf(row))
		}
	}
	return shown
}

func stepsOf(steps []*messages.Step) []Step {
	var shown []Step
	for _, step := range steps {
		s := Step{Keyword: strings.TrimSpace(step.Keyword), Text: step.Text}
		if step.DataTable != nil {
			for _, row := range step.DataTable.Rows {
				s.Table = append(s.Table, cellsOf(row))
			}
		}
		shown = append(shown, s)
	}
	return shown
}

func cellsOf(row *messages.TableRow) []string {
	var cells []string
	for _, cell := range row.Cells {
		cells = append(cells, cell.Value)
	}
	return cells
}

// dedent joins the lines of each paragraph.
func dedent(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, strings.TrimSpace(line))
	}
	return strings.ReplaceAll(strings.ReplaceAll(strings.Join(lines, " "), "  ", "\n\n"), "\n\n\n", "\n\n")
}

func (s Site) addFeatures(features []Feature) error {
	problems := []error{s.page("features/index.html", "features", "Features", features)}
	for _, feature := range features {
		problems = append(problems, s.page(feature.Page+"index.html", "feature", feature.Name, feature))
	}
	return errors.Join(problems...)
}

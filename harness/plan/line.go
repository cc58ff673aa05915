package plan

import (
	"fmt"
	"strings"

	messages "github.com/cucumber/messages/go/v21"
)

// places are where the steps and the examples of a feature stand, by their ids.
type places struct {
	steps    map[string]*messages.Step
	examples map[string]int64
}

// placed are the lines of a step and of the rows of its table.
type placed struct {
	step int64
	rows []int64
}

// Where is the file and the line of a step, or of a row of its table, counted from 0;
// the row -1 is the step itself.
func (s *Scenario) Where(step, row int) string {
	line := s.lines[step].step
	if row >= 0 {
		line = s.lines[step].rows[row]
	}
	return fmt.Sprintf("%s:%d", s.URI, line)
}

func placesOf(feature *messages.Feature) places {
	found := places{map[string]*messages.Step{}, map[string]int64{}}
	for _, child := range feature.Children {
		found.add(child.Background, child.Scenario)
		if child.Rule == nil {
			continue
		}
		for _, inner := range child.Rule.Children {
			found.add(inner.Background, inner.Scenario)
		}
	}
	return found
}

func (p places) add(background *messages.Background, scenario *messages.Scenario) {
	var steps []*messages.Step
	if background != nil {
		steps = background.Steps
	}
	if scenario != nil {
		steps = append(steps, scenario.Steps...)
		for _, examples := range scenario.Examples {
			for _, row := range examples.TableBody {
				p.examples[row.Id] = row.Location.Line
			}
		}
	}
	for _, step := range steps {
		p.steps[step.Id] = step
	}
}

func (p places) of(steps []*messages.PickleStep) []placed {
	var all []placed
	for _, step := range steps {
		all = append(all, p.placed(step.AstNodeIds))
	}
	return all
}

// placed are the lines of a step whose ids are its own and, in an outline, that of the
// example, which is where a value comes from that has a placeholder.
func (p places) placed(ids []string) placed {
	step, example := p.steps[ids[0]], int64(0)
	if len(ids) > 1 {
		example = p.examples[ids[1]]
	}
	lines := placed{step: lineOf(step.Text, step.Location.Line, example)}
	if step.DataTable == nil {
		return lines
	}
	for _, row := range step.DataTable.Rows {
		var text strings.Builder
		for _, cell := range row.Cells {
			text.WriteString(cell.Value)
		}
		lines.rows = append(lines.rows, lineOf(text.String(), row.Location.Line, example))
	}
	return lines
}

func lineOf(text string, own, example int64) int64 {
	if example > 0 && strings.Contains(text, "<") {
		return example
	}
	return own
}

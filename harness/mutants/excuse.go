package mutants

import (
	"bytes"
	_ "embed"
	"fmt"

	"github.com/goccy/go-yaml"
)

//go:embed excused.yaml
var excused []byte

// Excuse is the reason why no scenario and no test has to notice a mutant.
type Excuse struct {
	File      string `yaml:"file"`
	In        string `yaml:"in"`
	Condition string `yaml:"condition"`
	Forced    bool   `yaml:"forced"`
	Because   string `yaml:"because"`
}

// Excuses are those of excused.yaml.
func Excuses() ([]Excuse, error) {
	var all []Excuse
	if err := yaml.NewDecoder(bytes.NewReader(excused), yaml.Strict()).Decode(&all); err != nil {
		return nil, fmt.Errorf("harness/mutants/excused.yaml: %w", err)
	}
	return all, nil
}

func (e Excuse) covers(m Mutant) bool {
	return e.File == m.File && e.In == m.In && e.Condition == m.Source && e.Forced == m.Forced
}

// excuse changes the outcome of a mutant that has an excuse.
func excuse(r Result, excuses []Excuse) Result {
	for _, e := range excuses {
		switch {
		case !e.covers(r.Mutant):
		case r.Outcome == Survived:
			r.Outcome, r.By = Excused, e.Because
		default:
			r.Outcome = Needless
		}
	}
	return r
}

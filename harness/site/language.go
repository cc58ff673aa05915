package site

import (
	"io/fs"
	"strings"

	messages "github.com/cucumber/messages/go/v21"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/harness/plan"
	"github.com/grantproof/grantproof/harness/words"
)

// phraseEntry is a phrase of the language with an example.
type phraseEntry struct {
	acts.Phrase
	example
}

// wordEntry is a word with an example.
type wordEntry struct {
	words.Word
	example
}

// example is where a phrase or a word is used first.
type example struct {
	Page, Scenario string
	Step           Step
}

// language is everything of which scenarios are made.
type language struct {
	Phrases []phraseEntry
	Tables  []words.Table
	Words   []wordEntry
	Rules   []acts.NamedRule
}

func (s Site) addLanguage(features fs.FS, registry *citation.Registry) error {
	read, err := plan.Load(features, registry, func(*messages.PickleStep) plan.Meaning { return plan.Meaning{} })
	if err != nil {
		return err
	}
	examples := examplesOf(read.Scenarios)
	made := language{Rules: acts.Rules()}
	tables := map[string]bool{}
	for _, phrase := range acts.Phrases() {
		made.Phrases = append(made.Phrases, phraseEntry{phrase, examples.phrases[[2]string{string(phrase.Keyword), phrase.Says}]})
		if phrase.Table.Rows != nil && !tables[phrase.Table.Of] {
			tables[phrase.Table.Of] = true
			made.Tables = append(made.Tables, phrase.Table)
		}
	}
	for _, word := range words.All() {
		made.Words = append(made.Words, wordEntry{word, examples.ofWord(word)})
	}
	return s.page("language/index.html", "language", "Language", made)
}

// examples are the first uses of phrases and words.
type examples struct {
	phrases map[[2]string]example
	words   map[words.Found]example
}

func examplesOf(scenarios []*plan.Scenario) examples {
	found := examples{map[[2]string]example{}, map[words.Found]example{}}
	for _, scenario := range scenarios {
		shown := make([]example, len(scenario.Steps))
		for i, step := range scenario.Steps {
			shown[i] = exampleOf(scenario, step)
			keyword, says := acts.PhraseOf(step)
			addFirst(found.phrases, [2]string{string(keyword), says}, shown[i])
		}
		for _, use := range acts.Words(scenario.Steps) {
			only := shown[use.Step]
			if use.Row >= 0 {
				only.Step.Table = only.Step.Table[use.Row : use.Row+1]
			}
			addFirst(found.words, use.Found, only)
		}
	}
	return found
}

func addFirst[K comparable](all map[K]example, key K, first example) {
	if _, has := all[key]; !has {
		all[key] = first
	}
}

func (e examples) ofWord(word words.Word) example {
	for _, place := range word.Places {
		if found, used := e.words[words.Found{Name: word.Name, Place: place}]; used {
			return found
		}
	}
	return example{}
}

// keywords are those with which a step begins.
var keywords = map[messages.PickleStepType]string{
	messages.PickleStepType_CONTEXT: "Given", messages.PickleStepType_ACTION: "When", messages.PickleStepType_OUTCOME: "Then",
}

func exampleOf(scenario *plan.Scenario, step *messages.PickleStep) example {
	file, _, _ := strings.Cut(scenario.ID, "#")
	shown := example{Page: "features/" + file + "/index.html", Scenario: scenario.Name, Step: Step{Keyword: keywords[step.Type], Text: step.Text}}
	if step.Argument != nil && step.Argument.DataTable != nil {
		for _, row := range step.Argument.DataTable.Rows {
			shown.Step.Table = append(shown.Step.Table, []string{row.Cells[0].Value, row.Cells[len(row.Cells)-1].Value})
		}
	}
	return shown
}

// tableAnchor is what a table is of, as the name of a place in the page.
func tableAnchor(of string) string { return "table-" + strings.ReplaceAll(of, " ", "-") }

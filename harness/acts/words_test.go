package acts

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	messages "github.com/cucumber/messages/go/v21"

	"github.com/grantproof/grantproof/features"
	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/harness/plan"
	"github.com/grantproof/grantproof/harness/words"
)

func scenarios(t *testing.T) []*plan.Scenario {
	t.Helper()
	registry, err := citation.Load(features.FS)
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Load(features.FS, registry, func(*messages.PickleStep) plan.Meaning { return plan.Meaning{} })
	if err != nil {
		t.Fatal(err)
	}
	return p.Scenarios
}

// Every word is used by a feature, or says why not.
func TestWordsAreUsed(t *testing.T) {
	used := map[words.Found]bool{}
	for _, scenario := range scenarios(t) {
		for _, use := range Words(scenario.Steps) {
			used[use.Found] = true
		}
	}
	for _, word := range words.All() {
		isUsed := slices.ContainsFunc(word.Places, func(place words.Place) bool { return used[words.Found{Name: word.Name, Place: place}] })
		if isUsed != (word.Unused == "") {
			t.Errorf("%s %q: used by a feature: %t; the reason why not: %q", word.Name, word.Places, isUsed, word.Unused)
		}
	}
}

// wordLike finds the words that a text of Go begins with.
var wordLike = regexp.MustCompile(`^\([a-zA-Z][^()%|]*\)`)

// Every word that the code knows is in the registry, wherever it stands in the code.
func TestWordsOfCode(t *testing.T) {
	seen := 0
	for _, folder := range []string{".", "../world", "../setting", "../acts", "../check"} {
		files, err := filepath.Glob(folder + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			for _, literal := range literalsOf(t, file) {
				if written := wordLike.FindString(literal); written != "" {
					seen++
					if !words.Known(written) {
						t.Errorf("%s: %q is no word of the registry", file, written)
					}
				}
			}
		}
	}
	if seen < 80 {
		t.Errorf("only %d words were found in the code", seen)
	}
}

func literalsOf(t *testing.T, file string) []string {
	t.Helper()
	if strings.HasSuffix(file, "_test.go") {
		return nil
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var literals []string
	ast.Inspect(parsed, func(node ast.Node) bool {
		if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			text, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Error(err)
			}
			literals = append(literals, text)
		}
		return true
	})
	return literals
}

package site_test

import (
	"html"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/words"
)

// Every phrase, word and rule is on the page of the language, and each phrase and word
// that a feature uses has an example.
func TestLanguage(t *testing.T) {
	page := html.UnescapeString(string(pages(t)["language/index.html"]))
	for _, phrase := range acts.Phrases() {
		if !strings.Contains(page, "<b>"+string(phrase.Keyword)+"</b> "+phrase.Says) {
			t.Errorf("the phrase %q (%s) is not there", phrase.Says, phrase.Keyword)
		}
	}
	for _, word := range words.All() {
		if !strings.Contains(page, "<code>"+word.Name+"</code></td><td>"+word.Meaning) {
			t.Errorf("the word %s is not there", word.Name)
		}
	}
	for _, rule := range acts.Rules() {
		if !strings.Contains(page, "<code>"+rule.Name+"</code></td><td>"+rule.Says) {
			t.Errorf("the rule %s is not there", rule.Name)
		}
	}
	unused := 0
	for _, word := range words.All() {
		if word.Unused != "" {
			unused++
		}
	}
	if got, wanted := strings.Count(page, `href="../features/`)-1, len(acts.Phrases())+len(words.All())-unused; got != wanted {
		t.Errorf("there are %d examples, not %d", got, wanted)
	}
}

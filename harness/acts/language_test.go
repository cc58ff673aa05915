package acts

import "testing"

// mostPhrases is how many phrases somebody who writes scenarios can know.
const mostPhrases = 130

// The language is small: it has few phrases, and each is used by two scenarios or
// says why not.
func TestLanguageIsSmall(t *testing.T) {
	used := map[said]map[string]bool{}
	forms := map[said]bool{}
	for _, scenario := range scenarios(t) {
		for _, step := range scenario.Steps {
			for _, c := range phrasesOf(step) {
				if used[c.of] == nil {
					used[c.of] = map[string]bool{}
				}
				used[c.of][scenario.ID] = true
				forms[said{c.keyword, c.says}] = true
			}
		}
	}
	phrases := map[said]bool{}
	for _, c := range everyPhrase() {
		phrases[c.of] = true
		if !forms[said{c.keyword, c.says}] {
			t.Errorf("no scenario says %q (%s)", c.says, c.keyword)
		}
		if many := len(used[c.of]) > 1; many != (c.once == "") {
			t.Errorf("%q is used by %d scenarios; the reason why one alone needs it: %q", c.says, len(used[c.of]), c.once)
		}
	}
	if len(phrases) > mostPhrases {
		t.Errorf("there are %d phrases, at most %d", len(phrases), mostPhrases)
	}
	t.Logf("%d phrases", len(phrases))
}

package acts

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/nearest"
)

// open stands where a phrase leaves a text open, and number where it has a number.
const open, number = "…", "N"

var (
	numbers = regexp.MustCompile(`\b\d+\b`)
	quotes  = regexp.MustCompile(`"[^"]*"`)
)

// likeSpoken is the text of a step as phrases are written for people.
func likeSpoken(text string) string {
	return numbers.ReplaceAllString(quotes.ReplaceAllString(text, `"`+open+`"`), number)
}

// spoken are all that a phrase can say, with its open texts and numbers as signs.
func (c compiled) spoken() []string {
	var all []string
	for _, expression := range []*regexp.Regexp{c.plain, c.withTable} {
		if expression == nil {
			continue
		}
		parsed, err := syntax.Parse(expression.String(), syntax.Perl)
		if err != nil { // It was compiled before.
			continue
		}
		all = append(all, variants(parsed)...)
	}
	return all
}

// variants are the texts that an expression matches.
func variants(e *syntax.Regexp) []string {
	switch e.Op {
	case syntax.OpLiteral:
		return []string{string(e.Rune)}
	case syntax.OpCapture:
		return variants(e.Sub[0])
	case syntax.OpQuest:
		return append([]string{""}, variants(e.Sub[0])...)
	case syntax.OpStar, syntax.OpPlus:
		if e.Sub[0].String() == `[0-9]` {
			return []string{number}
		}
		return []string{open}
	case syntax.OpCharClass:
		return letters(e.Rune)
	case syntax.OpAlternate:
		var all []string
		for _, alternative := range e.Sub {
			all = append(all, variants(alternative)...)
		}
		return all
	case syntax.OpConcat:
		all := []string{""}
		for _, part := range e.Sub {
			all = joinedWith(all, variants(part))
		}
		return all
	}
	return []string{""} // The beginning and the end.
}

// letters are those of a class: pairs of the first and the last.
func letters(class []rune) []string {
	var all []string
	for pair := range slices.Chunk(class, 2) {
		for letter := pair[0]; letter <= pair[1] && len(all) < 26; letter++ {
			all = append(all, string(letter))
		}
	}
	return all
}

func joinedWith(beginnings, ends []string) []string {
	var all []string
	for _, beginning := range beginnings {
		for _, end := range ends {
			all = append(all, beginning+end)
		}
	}
	return all
}

// hint names the phrases of a keyword that are nearest to a text, or the keyword
// whose phrase it is.
func hint(keyword Keyword, text string) string {
	var all []string
	for _, c := range everyPhrase() {
		if c.keyword == keyword {
			all = append(all, c.spoken()...)
		} else if c.matches(text) {
			return "; it is a " + string(c.keyword)
		}
	}
	return strings.ReplaceAll(nearest.Hint(likeSpoken(text), all), `\"`, `"`)
}

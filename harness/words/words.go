// Package words owns the words in round brackets that the features use, and the
// rows that their tables may have: what each word means and where it may stand. It
// knows nothing of worlds and exchanges.
package words

import (
	"regexp"
	"slices"
	"strings"
)

// Place is a kind of place in which a word may stand.
type Place string

// The places.
const (
	Parameter   Place = "a parameter or a member of a request"
	Token       Place = "the access token, as a call shows it"
	Spelling    Place = "the access token, as a call or an introspection request spells it"
	Proof       Place = "the client_assertion or the software_statement of a request"
	Hint        Place = "the id_token_hint of an authorization request"
	Header      Place = "a header of a request"
	Claim       Place = "a claim or header member of a JWT that the client makes"
	Minted      Place = "a claim of an access token that is made for the scenario"
	Received    Place = "a claim of the token that the client received"
	Argument    Place = "an argument of a tool, or a member that the protected resource takes"
	Tool        Place = "the tool that a message calls"
	Key         Place = "the jwks_uri of a client"
	Location    Place = "the Location of a metadata document"
	Identity    Place = "the client_id of an MCP client"
	Metadata    Place = "a member of client metadata"
	Answer      Place = "a member that a server answers with instead of its own"
	Expectation Place = "what is expected of a member of an answer"
	Text        Place = "a quoted text of a step"
	Name        Place = "the name of a row"
	Literal     Place = "a value without words"
	Inside      Place = "no feature: the examiner writes it for itself"
)

// Form says what may stand beside a word.
type Form string

// The forms.
const (
	Alone  Form = "alone"                    // Nothing else.
	Begins Form = "with a text that follows" // The text is added, or is the argument of the word.
	Within Form = "within a text"            // Anywhere; it is replaced there.
)

// Word is a word in round brackets.
type Word struct {
	Name    string // As it is written; an N stands for a number.
	Meaning string // In one sentence.
	Places  []Place
	Form    Form
	Unused  string // Why no feature has it.
}

// All are the words, in the order of their names.
func All() []Word {
	all := slices.Concat(ofRequests, ofTokens, ofClaims, ofParties, ofExpectations, ofRows)
	slices.SortStableFunc(all, func(a, b Word) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// digits stand where a word has an N.
var digits = regexp.MustCompile(`([( ])\d+\b`)

// nameOf is the name in the registry of a word as it is written.
func nameOf(written string) string { return digits.ReplaceAllString(written, "${1}N") }

// at are the words that may stand in a place, by name.
var at = func() map[Place]map[string]Word {
	places := map[Place]map[string]Word{}
	for _, word := range All() {
		for _, place := range word.Places {
			if places[place] == nil {
				places[place] = map[string]Word{}
			}
			places[place][word.Name] = word
		}
	}
	return places
}()

// Known tells whether a word, as it is written, is registered for any place.
func Known(written string) bool {
	return slices.ContainsFunc(All(), func(word Word) bool { return word.Name == nameOf(written) })
}

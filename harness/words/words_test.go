package words_test

import (
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/words"
)

// A word or a row that has no meaning where it stands is an error that names the
// nearest.
func TestCheck(t *testing.T) {
	for name, test := range map[string]struct {
		table      words.Table
		row, value string
		says       string // Empty: nothing is wrong.
	}{
		"a word":                              {words.Redemption, "code_verifier", "(random)", ""},
		"a number in a word":                  {words.AuthorizationRequest, "code_challenge", "(42 characters)", ""},
		"a word with a text after it":         {words.TokenRequest, "scope", "(valid) openid", ""},
		"a call is no word":                   {words.AuthorizationRequest, "state", "javascript:alert(1)", ""},
		"a word within a header":              {words.Introspection, "Authorization", "Bearer (access_token)", ""},
		"a word joined to another":            {words.TokenRequest, "assertion aud", "(valid) and (other issuer)", ""},
		"an expectation that may be absent":   {words.Claims, "azp", "(client_id) or (absent)", ""},
		"an expectation with a word in it":    {words.Published, "protected_resources", "(contains) (resource)", ""},
		"a body that looks like words":        {words.Registration, "(body)", "(anything", ""},
		"a spelling of a token":               {words.Introspection, "token", "(padded)", ""},
		"an unknown row that says so":         {words.TokenRequest, "(unknown) colour", "blue", ""},
		"a language of a member":              {words.Registration, "client_name#de-CH", "Aufgaben", ""},
		"a parameter in the body":             {words.TokenRequest, "client_id (in the body)", "(random)", ""},
		"a misspelt word":                     {words.Redemption, "code_verifier", "(randum)", `there is no word "(randum)"; did you mean "(random)"`},
		"a word in capitals":                  {words.Redemption, "code", "(Omitted)", `did you mean "(omitted)"`},
		"a bracket that is not closed":        {words.Redemption, "code", "(random", `there is no word "(random"; did you mean "(random)"`},
		"a word of another place":             {words.Redemption, "code", "(absent)", `the word "(absent)" has no meaning in a parameter`},
		"a word of requests as expectation":   {words.Returned, "code", "(omitted)", `the word "(omitted)" has no meaning in what is expected`},
		"a word that stands alone":            {words.Redemption, "code", "(omitted)x", "stands alone"},
		"a word that stands at the beginning": {words.TokenRequest, "scope", "openid (valid)", "stands at the beginning"},
		"a misspelt row":                      {words.Redemption, "code_verifer", "(random)", `a token request with a code has no row "code_verifer"; did you mean "code_verifier"`},
		"a row of another request":            {words.Refresh, "code_verifier", "(random)", "has no row"},
		"a known row that says unknown":       {words.TokenRequest, "(unknown) scope", "read", `knows "scope"`},
		"a misspelt word at an unknown row":   {words.TokenRequest, "(unknown) colour", "(randum)", "there is no word"},
		"a misspelt member that is expected":  {words.Published, "issuerr", "(absent)", `did you mean "issuer"`},
	} {
		err := test.table.Check(test.row, test.value)
		if test.says == "" && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if test.says != "" && (err == nil || !strings.Contains(err.Error(), test.says)) {
			t.Errorf("%s: got %v, expected %q", name, err, test.says)
		}
	}
}

// Words in the text of a step stand in quotation marks.
func TestCheckText(t *testing.T) {
	for text, says := range map[string]string{
		`the page says "(client_name)"`:                      "",
		`the granted scope is "(narrower scope)"`:            "",
		`the agent fails, saying "call(1)"`:                  "",
		`the granted scope is "(narower scope)"`:             `did you mean "(narrower scope)"`,
		`the client (omitted) the scope`:                     "has no meaning in a quoted text",
		`the response header "Location" contains "(absent)"`: "has no meaning in a quoted text",
	} {
		err := words.CheckText(text)
		if says == "" && err != nil || says != "" && (err == nil || !strings.Contains(err.Error(), says)) {
			t.Errorf("%s: got %v, expected %q", text, err, says)
		}
	}
}

// Each word is said once for a place, in one sentence.
func TestRegistry(t *testing.T) {
	seen := map[words.Found]bool{}
	for _, word := range words.All() {
		if !strings.HasPrefix(word.Name, "(") || !strings.HasSuffix(word.Name, ")") || !strings.HasSuffix(word.Meaning, ".") || len(word.Places) == 0 {
			t.Errorf("%+v", word)
		}
		for _, place := range word.Places {
			if found := (words.Found{Name: word.Name, Place: place}); seen[found] {
				t.Errorf("%s is twice for %s", word.Name, place)
			} else {
				seen[found] = true
			}
		}
	}
}

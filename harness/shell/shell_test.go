package shell

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// hostile are texts in which a shell sees more than letters, by form.
var hostile = map[string][]string{
	"quotes":              {`'`, `"`, `''`, `'\''`, `it's`, `"'"'"`, `$'\x41'`, `$"a"`, `'; touch pwned; '`, `"; touch pwned; "`},
	"line breaks":         {"\n", "a\nb", "a\r\nb", "a\n", "\n\n", "a\\\nb", "a\ntouch pwned\n", "<<E\nE"},
	"expansions":          {"$HOME", "${HOME}", "$(touch pwned)", "$((1+1))", "`touch pwned`", "~", "~root", "a~b", "*", "?", "[a-z]", "{a,b}", "!!", "!x", "a!b", "%s", "%1", "=ls", "a=b"},
	"operators":           {"&", "&&touch pwned", "|touch pwned", ";touch pwned", ">pwned", "<x", "<(touch pwned)", "(", ")", "{", "}", "#", "#x", "a#b", " ", "a b", "\t"},
	"backslashes":         {`\`, `\\`, `\n`, `\0`, `a\`, `\'`},
	"leading dashes":      {"-", "--", "-n", "-e", "-rf", "--help"},
	"controls":            {"\x01", "\a", "\b", "\x1b[2J", "\x1b]52;c;eA==\a", "\x7f", "\u009b31m", "\v\f"},
	"text in no encoding": {"\xff", "a\xfe\xffb", "\xc3", "\xc3(", "\xe2\x80", "\xc0\x80"},
	"Unicode":             {"", "é", "\u202e", "\u2028", "\u00a0", "\u3000", "\ufeff", "’", "‘; touch pwned", "＄(touch pwned)"},
}

// A text is one word, of the same bytes, for every shell: for one that reads a script,
// and for one in which a person pastes a line.
func TestQuote(t *testing.T) {
	for form, texts := range hostile {
		t.Run(form, func(t *testing.T) {
			var words, want []string
			for _, text := range texts {
				for _, word := range []string{Quote(text), Quoted(text)} {
					if split, err := Split(word); err != nil || !slices.Equal(split, []string{text}) {
						t.Errorf("%q: Split has %q of %s, %v", text, split, word, err)
					}
					words, want = append(words, word), append(want, text)
				}
			}
			for _, shell := range shells() {
				if got := printed(t, shell, words); !slices.Equal(got, want) {
					t.Errorf("%v: %q are %q and not %q", shell, words, got, want)
				}
			}
		})
	}
}

// A text that looks like an option is none.
func TestOperand(t *testing.T) {
	for text, want := range map[string]string{"ada": "ada", "-rf": "-- -rf", "--": "-- --", "-it's": `-- '-it'\''s'`, "": "''"} {
		if got := Operand(text); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

func shells() [][]string {
	all := [][]string{{"sh"}}
	for _, name := range []string{"bash", "dash", "zsh", "ksh"} {
		if _, err := exec.LookPath(name); err == nil {
			all = append(all, []string{name})
		}
	}
	if slices.ContainsFunc(all, func(shell []string) bool { return shell[0] == "bash" }) {
		all = append(all, []string{"bash", "-H", "-o", "history"}) // As at a prompt: "!" is a command of before.
	}
	return all
}

// printed is what a shell makes of words, each in a line.
func printed(t *testing.T, shell []string, words []string) []string {
	t.Helper()
	folder := t.TempDir()
	command := exec.CommandContext(t.Context(), shell[0], shell[1:]...)
	command.Dir, command.Stdin = folder, strings.NewReader("printf '%s\\0' "+strings.Join(words, "\nprintf '%s\\0' ")+"\n")
	got, err := command.Output()
	if left, _ := filepath.Glob(filepath.Join(folder, "*")); err != nil || len(left) > 0 {
		t.Errorf("%v: %v; it left %q", shell, err, left)
	}
	return strings.Split(strings.TrimSuffix(string(got), "\x00"), "\x00")
}

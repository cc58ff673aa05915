package shell

import (
	"errors"
	"strings"
)

// Split is the words of a command, as a shell splits it: quotes and backslashes hold a
// word together (POSIX.1-2024 Shell Command Language section 2.2). Nothing is expanded.
// A word is bytes: each character that a shell obeys is one.
func Split(command string) ([]string, error) {
	var words []string
	var word strings.Builder
	begun, quote := false, byte(0)
	for i := 0; i < len(command); i++ {
		switch letter := command[i]; {
		case letter == '\\' && escapes(quote, command[i+1:]):
			if i++; command[i] != '\n' { // A line break goes with its backslash.
				word.WriteByte(command[i])
				begun = true
			}
		case quote == 0 && (letter == '\'' || letter == '"'):
			quote, begun = letter, true
		case letter == quote && quote != 0:
			quote = 0
		case quote == 0 && strings.IndexByte(" \t\n", letter) >= 0:
			if begun {
				words = append(words, word.String())
				word.Reset()
			}
			begun = false
		default:
			word.WriteByte(letter)
			begun = true
		}
	}
	if quote != 0 {
		return nil, errors.New("a quote is not closed; end it, or write \\" + string(quote) + " for the character itself")
	}
	if begun {
		words = append(words, word.String())
	}
	return words, nil
}

// escapes tells whether a backslash within quote takes its meaning from what follows.
func escapes(quote byte, rest string) bool {
	switch {
	case rest == "" || quote == '\'':
		return false
	case quote == '"':
		return strings.IndexByte("\"\\$`\n", rest[0]) >= 0
	}
	return true
}

package shell

import (
	"errors"
	"strings"
)

// Split is the words of a command, as a shell splits it: quotes and backslashes hold a
// word together (POSIX.1-2024 Shell Command Language section 2.2). Nothing is expanded.
func Split(command string) ([]string, error) {
	var words []string
	var word strings.Builder
	begun, quote := false, rune(0)
	letters := []rune(command)
	for i := 0; i < len(letters); i++ {
		switch letter := letters[i]; {
		case letter == '\\' && quote != '\'' && i+1 < len(letters) && (quote == 0 || strings.ContainsRune(`"\$`+"`", letters[i+1])):
			i++
			word.WriteRune(letters[i])
			begun = true
		case quote == 0 && (letter == '\'' || letter == '"'):
			quote, begun = letter, true
		case letter == quote && quote != 0:
			quote = 0
		case quote == 0 && strings.ContainsRune(" \t\n", letter):
			if begun {
				words = append(words, word.String())
				word.Reset()
			}
			begun = false
		default:
			word.WriteRune(letter)
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

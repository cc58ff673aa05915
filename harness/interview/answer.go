package interview

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// What an answer has to be.

func anything(string) error { return nil }

func oneOf(words ...string) func(string) error {
	return func(answer string) error {
		if !slices.Contains(words, answer) {
			return fmt.Errorf("answer %s", strings.Join(words, ", "))
		}
		return nil
	}
}

func isURL(answer string) error {
	parsed, err := url.Parse(answer)
	if err != nil || parsed.Scheme != "https" && parsed.Scheme != "http" || parsed.Host == "" || parsed.Fragment != "" {
		return errors.New("enter a URL that begins with https:// or http://")
	}
	return nil
}

// orNothing lets a question be left open.
func orNothing(sound func(string) error) func(string) error {
	return func(answer string) error {
		if answer == "" {
			return nil
		}
		return sound(answer)
	}
}

func isPath(answer string) error {
	if !strings.HasPrefix(answer, "/") {
		return errors.New("enter a path that begins with /")
	}
	return nil
}

// variableName: names in capitals alone, so that no secret is taken for one.
var variableName = regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)

func isVariable(answer string) error {
	if !variableName.MatchString(answer) {
		return errors.New("enter the name of an environment variable, in capitals such as CLIENT_SECRET; the secret itself does not belong in a file")
	}
	return nil
}

// reference is how a target file names an environment variable.
func reference(variable string) string { return "${" + variable + "}" }

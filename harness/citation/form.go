package citation

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

var (
	// Roles are the parties that a requirement can oblige.
	Roles = []string{"authorization-server", "resource-server", "mcp-server", "mcp-client", "demo"}
	// Levels are those of RFC 2119.
	Levels = []string{"must", "should", "may"}
	// Subjects are what is still to be built: who brings the scenario of an
	// open requirement.
	Subjects = map[string]string{
		"examiner":             "The examiner: requirements, profiles, verdicts, reports",
		"authorization-server": "The authorization server, complete for people, apps and MCP clients",
		"mcp":                  "A protected MCP server and a conforming MCP client, on both wires",
		"agent":                "Agents that act for people: the profile agent",
	}

	idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9.]+)*/[a-z0-9]+(-[a-z0-9]+)*$`)
)

// longest is the most that a sentence of the registry may take, in bytes.
const longest = 240

// check holds an entry against the form that every entry has.
func (r *Registry) check(entry Requirement, specification Specification) error {
	var problems []error
	add := func(wrong bool, format string, values ...any) {
		if wrong {
			problems = append(problems, fmt.Errorf("%s: "+format, append([]any{entry.ID}, values...)...))
		}
	}
	add(!idForm.MatchString(entry.ID), "an id is specification-section/slug, such as rfc6749-5.2/basic-challenge")
	add(!strings.HasPrefix(entry.ID, specification.Name+"-"), "the ids of this file begin with %s-", specification.Name)
	add(specification.Sections[specification.SectionOf(entry)] == "", "the section %s is not in %s", specification.SectionOf(entry), specificationsFile)
	add(!slices.Contains(Levels, entry.Level), "the level %q is none of %s", entry.Level, strings.Join(Levels, ", "))
	add(!slices.Contains(Roles, entry.Role), "the role %q is none of %s", entry.Role, strings.Join(Roles, ", "))
	add(!isSentence(entry.Says), "says is one sentence with a full stop, of at most %d characters", longest)
	add(entry.Differs != "" && !isSentence(entry.Differs), "differs is one sentence with a full stop")
	add(entry.Excluded != "" && !isSentence(entry.Excluded), "excluded is one sentence with a full stop that says why no test can see it")
	add(entry.Open != "" && Subjects[entry.Open] == "", "the subject %q that is to close it is not known", entry.Open)
	add(entry.Open != "" && entry.Excluded != "", "it is open or excluded, not both")
	link, err := url.Parse(entry.URL)
	add(err != nil || link.Scheme != "https" || link.Host == "", "the url is not https")
	add(!entry.Reading.complete(), "reading has sentence, the document and section, and two texts with a full stop of at most %d characters: ours and otherwise", longest)
	for profile, level := range entry.Levels {
		known := slices.Contains(r.ProfileNames(), profile) && (level == NotRequired || slices.Contains(Levels, level))
		add(!known, "levels: %s: %s is no profile with a level", profile, level)
	}
	return errors.Join(problems...)
}

// complete tells whether a reading names its sentence and both interpretations;
// no reading is complete, too.
func (r *Reading) complete() bool {
	return r == nil || r.Sentence != "" && isSentence(r.Ours) && isSentence(r.Otherwise)
}

func isSentence(text string) bool { return strings.HasSuffix(text, ".") && len(text) <= longest }

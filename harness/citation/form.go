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
	// Profiles choose among specifications that disagree.
	Profiles = []string{"oauth-2.0", "oauth-2.1", "bcp", "mcp-2025-11-25", "mcp-2026-07-28", "agent", "oidc", "documented"}

	idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9.]+)*/[a-z0-9]+(-[a-z0-9]+)*$`)
)

// longest is the most that a sentence of the registry may take, in bytes.
const longest = 240

// check holds an entry against the form that every entry has.
func (r Requirement) check() error {
	var problems []error
	add := func(wrong bool, format string, values ...any) {
		if wrong {
			problems = append(problems, fmt.Errorf("%s: "+format, append([]any{r.ID}, values...)...))
		}
	}
	add(!idForm.MatchString(r.ID), "an id is specification-section/slug, such as rfc6749-5.2/basic-challenge")
	add(!slices.Contains(Levels, r.Level), "the level %q is none of %s", r.Level, strings.Join(Levels, ", "))
	add(!slices.Contains(Roles, r.Role), "the role %q is none of %s", r.Role, strings.Join(Roles, ", "))
	add(!strings.HasSuffix(r.Says, ".") || len(r.Says) > longest, "says is one sentence with a full stop, of at most %d characters", longest)
	link, err := url.Parse(r.URL)
	add(err != nil || link.Scheme != "https" || link.Host == "", "the url is not https")
	for profile, level := range r.Levels {
		add(!slices.Contains(Profiles, profile) || !slices.Contains(Levels, level), "levels: %s: %s is no profile with a level", profile, level)
	}
	return errors.Join(problems...)
}

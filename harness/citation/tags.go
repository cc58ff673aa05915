package citation

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Citation is what the tags of a scenario say.
type Citation struct {
	Role         string // "" for the rules of every exchange.
	Level        string
	Requirements []string
	HeldBy       map[string]int // By id: the number of the Then that holds it, where not all do.
	Needs        []string
	Profiles     []string
	Slow         bool
	Interactive  bool
}

// ParseTags reads the tags of a scenario, with those of its feature. Every
// problem is reported at once.
func (r *Registry) ParseTags(tags []string, folderRole string) (Citation, error) {
	c := Citation{}
	var problems []error
	for _, tag := range tags {
		if err := c.read(r, strings.TrimPrefix(tag, "@")); err != nil {
			problems = append(problems, err)
		}
	}
	if c.Role != folderRole {
		problems = append(problems, fmt.Errorf("the feature has the role %q and is in the folder of %q; tag the feature with @%s", c.Role, folderRole, folderRole))
	}
	if c.Level == "" {
		problems = append(problems, errors.New("no level; add @must, @should or @may"))
	}
	if len(c.Requirements) == 0 {
		problems = append(problems, errors.New("no citation; add the id of a requirement, such as @rfc6749-5.2/basic-challenge"))
	} else if level := r.levelOf(c); level != c.Level {
		problems = append(problems, fmt.Errorf("the level is %s and the registry says %s for %s", c.Level, level, c.Requirements[0]))
	}
	return c, errors.Join(problems...)
}

func (c *Citation) read(r *Registry, tag string) error {
	name, value, hasValue := strings.Cut(tag, ":")
	switch {
	case slices.Contains(Roles, tag):
		return c.once(&c.Role, tag, "role")
	case slices.Contains(Levels, tag):
		return c.once(&c.Level, tag, "level")
	case strings.Contains(tag, "/"):
		return c.cite(r, name, value, hasValue)
	case hasValue && name == "needs":
		c.Needs = append(c.Needs, value)
	case hasValue && name == "profile" && slices.Contains(r.ProfileNames(), value):
		c.Profiles = append(c.Profiles, value)
	case tag == "slow":
		c.Slow = true
	case tag == "interactive":
		c.Interactive = true
	default:
		return fmt.Errorf("@%s is no tag of ours; there are roles, levels, ids of requirements, @needs:…, @profile:…, @slow and @interactive", tag)
	}
	return nil
}

// cite reads the id of a requirement, and after a colon the number of the Then, among
// those of the scenario, that holds it.
func (c *Citation) cite(r *Registry, id, then string, isHeldByOne bool) error {
	if _, ok := r.Lookup(id); !ok {
		return fmt.Errorf("@%s is not in the registry%s", id, r.suggestion(id))
	}
	c.Requirements = append(c.Requirements, id)
	if !isHeldByOne {
		return nil
	}
	number, err := strconv.Atoi(then)
	if err != nil || number < 1 {
		return fmt.Errorf("@%s:%s: after the colon is the number of the Then that holds it, such as @%s:2", id, then, id)
	}
	if c.HeldBy == nil {
		c.HeldBy = map[string]int{}
	}
	c.HeldBy[id] = number
	return nil
}

func (c *Citation) once(member *string, value, what string) error {
	if *member != "" {
		return fmt.Errorf("@%s and @%s: there is one %s", *member, value, what)
	}
	*member = value
	return nil
}

// levelOf is the level of the first citation, under the scenario's profiles.
func (r *Registry) levelOf(c Citation) string {
	cited, ok := r.Lookup(c.Requirements[0])
	if !ok {
		return c.Level
	}
	if len(c.Profiles) > 0 {
		return r.LevelUnder(cited, c.Profiles[0])
	}
	return cited.Level
}

// suggestion names registered ids of the same section, or with the same slug.
func (r *Registry) suggestion(tag string) string {
	section, slug, _ := strings.Cut(tag, "/")
	var near []string
	for _, requirement := range r.ordered {
		if requirement.Place() == section || strings.HasSuffix(requirement.ID, "/"+slug) {
			near = append(near, "@"+requirement.ID)
		}
	}
	if len(near) == 0 {
		return "; features/requirements/ holds the ids"
	}
	return "; near it are " + strings.Join(near[:min(3, len(near))], ", ")
}

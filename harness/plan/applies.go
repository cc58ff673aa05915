package plan

import (
	"fmt"
	"slices"
	"strings"
)

// Capabilities are what a target can do, by the names of the @needs tags.
type Capabilities map[string]bool

// Apply marks the selected scenarios that the target cannot show or that no
// selected profile is about, with the reason. What is examined in a role has
// capabilities of its own. Applied again, it decides anew.
func (p *Plan) Apply(of func(role string) Capabilities, profiles []string) {
	for _, s := range p.Scenarios {
		capabilities := of(s.Role)
		s.Reason, s.Levels = "", p.levels(s, profiles)
		missing := slices.DeleteFunc(slices.Clone(s.Needs), func(need string) bool { return capabilities[need] })
		switch {
		case len(s.Levels) == 0:
			s.Reason = fmt.Sprintf("it is about the profile %s; selected is %s", strings.Join(s.Profiles, " or "), strings.Join(profiles, ", "))
		case len(missing) > 0:
			s.Reason = fmt.Sprintf("the target does not offer %s", strings.Join(missing, ", "))
		}
	}
}

// levels are the level of a scenario under each of the profiles that it is
// about: that of the requirement that it cites first.
func (p *Plan) levels(s *Scenario, profiles []string) map[string]string {
	levels := map[string]string{}
	cited, _ := p.registry.Lookup(s.Requirements[0])
	for _, profile := range profiles {
		if len(s.Profiles) == 0 || p.registry.Within(profile, s.Profiles) {
			levels[profile] = p.registry.LevelUnder(cited, profile)
		}
	}
	return levels
}

package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/harness/target"
)

// Capabilities are what a target can do, by the names of the @needs tags; what
// is not in it nobody has said. It is nil where the target has nothing in a
// role.
type Capabilities map[string]bool

// control is the capability that only the fixture has.
const control = "control"

// Apply marks the selected scenarios that the target cannot show or that no
// selected profile is about, with the reason. What is examined in a role has
// capabilities of its own. Applied again, it decides anew.
func (p *Plan) Apply(of func(role string) Capabilities, profiles []string) {
	for _, s := range p.Scenarios {
		s.Levels = p.levels(s, profiles)
		s.Reason, s.Class, s.Lacks = "", "", ""
		switch capabilities := of(s.Role); {
		case capabilities == nil:
			s.Lack(report.LacksRole, s.Role, "the target has nothing in the role "+s.Role)
		case !p.about(s, profiles):
			s.Lack(report.LacksProfile, strings.Join(s.Profiles, ", "), fmt.Sprintf("it is about the profile %s; selected is %s", strings.Join(s.Profiles, " or "), strings.Join(profiles, ", ")))
		default:
			s.need(capabilities)
		}
	}
}

// need finds what the scenario needs and the target does not offer, or does not
// say that it offers.
func (s *Scenario) need(capabilities Capabilities) {
	var missing, unsaid []string
	for _, need := range s.Needs {
		offered, said := capabilities[need]
		switch {
		case offered || need == control:
		case said:
			missing = append(missing, need)
		default:
			unsaid = append(unsaid, target.KeyOf(need))
		}
	}
	switch {
	case len(missing) > 0:
		names := strings.Join(missing, ", ")
		s.Lack(report.LacksCapability, names, "the target does not offer "+names)
	case len(unsaid) > 0:
		names := strings.Join(unsaid, ", ")
		s.Lack(report.LacksKey, names, "no metadata tells whether the target offers this; add "+names+" to the target file, if it does")
	case slices.Contains(s.Needs, control) && !capabilities[control]:
		s.Lack(report.LacksControlPlane, "", "the target has no control plane, and only that of the fixture can arrange this")
	}
}

// Lack says why a scenario does not apply.
func (s *Scenario) Lack(class report.NotApplicableClass, what, reason string) {
	s.Class, s.Lacks, s.Reason = class, what, reason
}

// levels are the level of a scenario under each selected profile: that of the
// requirement that it cites first, and none under a profile that it is not about.
func (p *Plan) levels(s *Scenario, profiles []string) map[string]string {
	levels := map[string]string{}
	cited, _ := p.registry.Lookup(s.Requirements[0])
	for _, profile := range profiles {
		levels[profile] = citation.NotRequired
		if p.about(s, []string{profile}) {
			levels[profile] = p.registry.LevelUnder(cited, profile)
		}
	}
	return levels
}

// about tells whether a scenario is about one of the profiles.
func (p *Plan) about(s *Scenario, profiles []string) bool {
	return len(s.Profiles) == 0 || slices.ContainsFunc(profiles, func(profile string) bool { return p.registry.Within(profile, s.Profiles) })
}

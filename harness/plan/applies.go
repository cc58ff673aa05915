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

// Apply marks the selected scenarios, and the rules for their exchanges, that the target
// cannot show or that no selected profile is about, with the reason. What is examined in a role has
// capabilities of its own. Applied again, it decides anew.
func (p *Plan) Apply(of func(role string) Capabilities, profiles []string) {
	p.profiles = profiles
	for _, s := range p.Scenarios {
		if !s.Selected && !s.Rule {
			continue
		}
		s.Cited = p.obligations(s, profiles)
		s.Levels = s.Cited[0].Levels
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

// Obligation is a requirement as a scenario holds it.
type Obligation struct {
	ID     string
	Levels map[string]string // By selected profile; none under one that the scenario is not about.
	Then   int               // The number of the Then that holds it; 0: all of them do.
	Error  bool              // It is about the error of a refusal, and not about refusing.
}

// obligations are what a scenario cites.
func (p *Plan) obligations(s *Scenario, profiles []string) []Obligation {
	var cited []Obligation
	for _, id := range s.Requirements {
		requirement, _ := p.registry.Lookup(id)
		cited = append(cited, p.obligation(s, requirement, profiles))
	}
	return cited
}

func (p *Plan) obligation(s *Scenario, requirement citation.Requirement, profiles []string) Obligation {
	levels := map[string]string{}
	for _, profile := range profiles {
		levels[profile] = citation.NotRequired
		if p.about(s, []string{profile}) {
			levels[profile] = p.registry.LevelUnder(requirement, profile)
		}
	}
	return Obligation{requirement.ID, levels, s.HeldBy[requirement.ID], requirement.Error != nil}
}

// ErrorCodes are the obligations that define the errors with which an endpoint has to
// refuse what a scenario sends, of those that it does not cite itself.
func (p *Plan) ErrorCodes(s *Scenario, endpoint string, codes []string) []Obligation {
	var implied []Obligation
	for _, requirement := range p.registry.ErrorCodes(endpoint, codes) {
		if !slices.Contains(s.Requirements, requirement.ID) {
			implied = append(implied, p.obligation(s, requirement, p.profiles))
		}
	}
	return implied
}

// about tells whether a scenario is about one of the profiles.
func (p *Plan) about(s *Scenario, profiles []string) bool {
	return len(s.Profiles) == 0 || slices.ContainsFunc(profiles, func(profile string) bool { return p.registry.Within(profile, s.Profiles) })
}

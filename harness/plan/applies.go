package plan

import (
	"fmt"
	"slices"
	"strings"
)

// Capabilities are what a target can do, by the names of the @needs tags.
type Capabilities map[string]bool

// Apply marks the selected scenarios that the target cannot show, with the
// reason. Applied again, it decides anew.
func (p *Plan) Apply(capabilities Capabilities) {
	for _, s := range p.Scenarios {
		s.Reason = ""
		missing := slices.DeleteFunc(slices.Clone(s.Needs), func(need string) bool { return capabilities[need] })
		if len(missing) > 0 {
			s.Reason = fmt.Sprintf("the target does not offer %s", strings.Join(missing, ", "))
		}
	}
}

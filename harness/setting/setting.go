// Package setting owns how scenarios get their parties: a control plane makes
// everything, or the target is as somebody else set it up.
//
// It does not own what scenarios do with the parties (acts), of which it uses how
// clients register, sign in and obtain tokens.
package setting

import (
	"github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
)

// Of is the setting that a target allows.
func Of(t target.Target) world.Setting {
	if t.Control.URL != "" {
		return controlled{t.Control}
	}
	return new(foreign)
}

// noControl says what takes a control plane.
func noControl(what string) error {
	return &check.NotApplicable{Reason: "the target has no control plane, which is needed to " + what, Class: report.LacksControlPlane, Lacks: what}
}

package world

import (
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/useragent"
)

// browser is a browser of the resource owner of the target.
func (r *Run) browser(log *exchange.Log) *useragent.Browser {
	b := useragent.New(log)
	owner := r.Target.ResourceOwner
	b.Hosts, b.Window = owner.Hosts, r.Window
	if r.Reach != nil {
		b.Trusts = r.Reach.Trusts
	}
	for _, step := range owner.Steps {
		b.Steps = append(b.Steps, useragent.Step(step))
	}
	return b
}

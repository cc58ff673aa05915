package main

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

// hardenedDrain lets a load balancer notice that a server is about to stop.
const hardenedDrain = 5 * time.Second

// harden makes config one to run in earnest, or says at once all that is in the
// way: what was wrong with the flags before, and what is forbidden or missing.
func (f serveFlags) harden(ctx context.Context, config *impl.Config, before error) error {
	var problems []string
	if before != nil {
		problems = strings.Split(before.Error(), "\n")
	}
	problems = append(problems, f.forbidden()...)
	if !f.given("registration") {
		config.Policy.Registration = realm.RegistrationOff
	}
	if !f.given("drain") {
		config.Drain = hardenedDrain
	}
	config.Control = ""
	problems = append(problems, config.Harden(ctx)...)
	if len(problems) == 0 {
		return nil
	}
	refusedStart(ctx, *config)
	return errors.New("serve --hardened does not start with this configuration:\n  - " + strings.Join(problems, "\n  - "))
}

// forbidden are the flags that do not go with it.
func (f serveFlags) forbidden() []string {
	var problems []string
	for flag, why := range map[string]string{
		"control": "the control plane lets an examiner change everything",
		"fault":   "faults are for examiners", "documented-tokens": "those tokens are for the demo",
		"tls-self-signed": "nobody vouches for that certificate; give --tls-cert and --tls-key, or have a reverse proxy",
	} {
		if f.given(flag) && (flag != "control" || f.control != "") {
			problems = append(problems, "--"+flag+": leave it out: "+why)
		}
	}
	slices.Sort(problems)
	if parsed, err := url.Parse(f.store); err == nil && parsed.User != nil {
		if _, secret := parsed.User.Password(); secret {
			problems = append(problems, "--store: everybody on the machine sees the password in a flag; put the location into "+storeLocation+" instead")
		}
	}
	return problems
}

// refusedStart keeps record of it where the record was to be.
func refusedStart(ctx context.Context, config impl.Config) {
	if config.Audit == nil {
		return
	}
	log := &audit.Log{Lines: audit.Lines(config.Audit)}
	log.Trail("", time.Now, nil).Record(ctx, store.Event{Name: audit.StartRefused, Reason: "hardened"})
}

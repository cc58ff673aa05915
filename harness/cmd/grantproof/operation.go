package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/pflag"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
)

// operation is the flags of serve about how it is watched and limited.
type operation struct {
	metrics, audit          string
	auditKeep, drain        time.Duration
	auditRequired           bool
	addressRate, clientRate int
}

func (o *operation) register(f *pflag.FlagSet) {
	f.StringVar(&o.metrics, "metrics", "", "loopback `address` of the metrics for Prometheus, such as 127.0.0.1:9090 (default: none)")
	f.StringVar(&o.audit, "audit", "", "`file` that gets every security decision as a line of JSON; - is standard output (default: only the store keeps them)")
	f.DurationVar(&o.auditKeep, "audit-keep", audit.Kept, "how long the store keeps security decisions for \"grantproof audit\"; 0 keeps none")
	f.BoolVar(&o.auditRequired, "audit-required", false, "refuse tokens and sign-ins while neither the --audit file nor the store can keep the decision (default with --hardened: true)")
	f.DurationVar(&o.drain, "drain", 0, "how long /ready answers 503 before the servers stop; 0 stops them at once (default with --hardened: 5s)")
	f.IntVar(&o.addressRate, "address-rate", 50, "requests a second from one address without client authentication, except from this machine; 0 is no limit")
	f.IntVar(&o.clientRate, "client-rate", 500, "requests a second from one client; 0 is no limit")
}

// waiting is how much is remembered for the visitors of one network who have not
// signed in: a thousand people behind one address who begin within half an hour,
// and at most 30 MB.
const waiting = 2000

// apply says in config what the flags say.
func (o operation) apply(config *impl.Config) error {
	if o.addressRate < 0 || o.clientRate < 0 || o.auditKeep < 0 || o.drain < 0 {
		return errors.New("--address-rate, --client-rate, --audit-keep and --drain: use 0 or more")
	}
	config.Metrics, config.AuditKept, config.Drain = o.metrics, o.auditKeep, o.drain
	config.AuditRequired = o.auditRequired
	config.Policy.Rates = realm.Rates{Address: o.addressRate, Client: o.clientRate, Waiting: waiting, SpareLoopback: true}
	return nil
}

// openAudit opens what the lines go to, until the process ends; nil is nothing.
func (o operation) openAudit(out io.Writer) (io.Writer, error) {
	switch o.audit {
	case "":
		return nil, nil
	case "-":
		return out, nil
	}
	file, err := audit.OpenFile(o.audit)
	if err != nil {
		return nil, fmt.Errorf("--audit: the file cannot be written: %w", err)
	}
	return file, nil
}

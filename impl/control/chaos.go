package control

import (
	"log/slog"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/wire"
)

// chaosOf judges the chaos of a request; nil is none.
func chaosOf(request *control.Chaos) (*fault.Chaos, error) {
	if request == nil {
		return nil, nil
	}
	probability, names := fault.DefaultProbability, []string(nil)
	if request.Probability != nil {
		probability = *request.Probability
	}
	if request.Departures != nil {
		names = *request.Departures
	}
	chaos, err := fault.NewChaos(request.Seed, probability, names)
	if err != nil {
		return nil, wire.InvalidRequest(err.Error())
	}
	return chaos, nil
}

// setChaos gives a realm its chaos, where a request says anything of it.
func setChaos(r *realm.Realm, chaos *fault.Chaos, log *slog.Logger) {
	if chaos != nil {
		chaos.Log = log.With("realm", r.ID)
		r.Alter(realm.Chaos, chaos.Alter())
	}
}

func listed() *[]control.Departure {
	var all []control.Departure
	for _, d := range fault.Departures() {
		all = append(all, control.Departure{Name: string(d.Name), Lasting: d.Lasting, Summary: d.Summary})
	}
	return &all
}

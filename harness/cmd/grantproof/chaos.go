package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/fault"
)

// parseChaos reads SEED[:PROBABILITY[:NAME,NAME…]].
func parseChaos(text string) (*fault.Chaos, error) {
	wrong := func(why string) error {
		return fmt.Errorf("--chaos %s: %s; use SEED, SEED:PROBABILITY or SEED:PROBABILITY:NAME,NAME, such as 7:0.3", text, why)
	}
	first, rest, _ := strings.Cut(text, ":")
	second, third, _ := strings.Cut(rest, ":")
	seed, err := strconv.ParseInt(first, 10, 64)
	if err != nil || seed < 0 {
		return nil, wrong("the seed is no whole number from 0 on")
	}
	probability := fault.DefaultProbability
	if second != "" {
		if probability, err = strconv.ParseFloat(second, 64); err != nil {
			return nil, wrong("the probability is no number")
		}
	}
	var names []string
	if third != "" {
		names = strings.Split(third, ",")
	}
	chaos, err := fault.NewChaos(seed, probability, names)
	if err != nil {
		return nil, wrong(err.Error())
	}
	return chaos, nil
}

// addChaos makes the demo chaotic. It begins with nothing, as what was remembered
// before would make another run of it, and keeps nothing, as its keys change.
func (f serveFlags) addChaos(config *impl.Config) (err error) {
	if f.chaos == "" || f.hardened { // Which says that they do not go together.
		return nil
	}
	if f.store != "" && f.store != "memory" {
		return errors.New("--chaos goes with --store memory alone, so that the same seed does the same again; leave --store out")
	}
	config.Store = "memory"
	config.Chaos, err = parseChaos(f.chaos)
	return err
}

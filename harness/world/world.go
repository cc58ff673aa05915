package world

import (
	"reflect"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/useragent"
)

// World is the state of one scenario: what all scenarios have in common, and a
// part for each noun that this one is about.
type World struct {
	Run     *Run
	Log     *exchange.Log
	Script  Script
	Realm   *Realm
	Client  *Client            // Who acts.
	Grant   Grant              // What the client has obtained.
	Last    Result             // What the last When brought about.
	Browser *useragent.Browser // Of the resource owner.

	parts   map[reflect.Type]any
	endings *endings
}

// New returns the world of a scenario that has not begun.
func (r *Run) New() *World {
	log := &exchange.Log{Client: r.HTTP}
	return &World{Run: r, Log: log, Browser: r.browser(log), endings: new(endings)}
}

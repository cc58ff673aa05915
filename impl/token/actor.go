package token

import (
	"encoding/json"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/strictjson"
)

// Actor is who acts for the subject of a token (RFC 8693 section 4.1,
// https://www.rfc-editor.org/rfc/rfc8693#section-4.1).
type Actor struct {
	Issuer  string `json:"iss,omitempty"` // Whose subject it is; empty for that of the token.
	Subject string `json:"sub"`
	Before  *Actor `json:"act,omitempty"` // Who acted before; nil for the first.
}

// Length is how many actors the chain has that ends with a.
func (a *Actor) Length() int {
	if a == nil {
		return 0
	}
	return 1 + a.Before.Length()
}

// Shown is a as an introspection response has it.
func (a *Actor) Shown() *oauth.Actor {
	if a == nil {
		return nil
	}
	return &oauth.Actor{Sub: a.Subject, Act: a.Before.Shown()}
}

// ShownActor is the actor that an introspection response names.
func ShownActor(shown *oauth.Actor) *Actor {
	if shown == nil {
		return nil
	}
	return &Actor{Subject: shown.Sub, Before: ShownActor(shown.Act)}
}

// readActor reads a claim that names an actor.
func readActor(claim any) (*Actor, bool) {
	if claim == nil {
		return nil, true
	}
	encoded, err := json.Marshal(claim)
	if err != nil {
		return nil, false
	}
	actor := new(Actor)
	if err := strictjson.Unmarshal(encoded, actor); err != nil {
		return nil, false
	}
	return actor, true
}

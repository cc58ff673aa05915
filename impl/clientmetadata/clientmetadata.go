// Package clientmetadata owns the judgement of what a client says of itself,
// whichever way it says so: by registration and its update, by a metadata
// document, or by a command of the operator. An entrance that keeps a
// client asks Judge before.
//
// It does not own what a server offers, such as grant types and scopes, nor how
// a refusal is worded on the wire: that is the entrance's.
package clientmetadata

import (
	"fmt"

	"github.com/grantproof/grantproof/impl/redirecturi"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
)

// Flaw is what is wrong with one member of the metadata.
type Flaw struct{ Member, Reason string }

// Error implements error.
func (f *Flaw) Error() string { return f.Member + ": " + f.Reason }

func flaw(member, format string, args ...any) *Flaw {
	return &Flaw{Member: member, Reason: fmt.Sprintf(format, args...)}
}

// Judge returns the first flaw of a client; nil where there is none.
var Judge = rule.New(func(in rule.Place, client store.Client) *Flaw {
	if wrong := judgeSizes(client); wrong != nil {
		return wrong
	}
	if wrong := judgeRedirectURIs(in, client); wrong != nil {
		return wrong
	}
	if wrong := judgeKeys(client); wrong != nil {
		return wrong
	}
	return judgePages(client)
})

func judgeRedirectURIs(in rule.Place, client store.Client) *Flaw {
	if client.ApplicationType != redirecturi.Native && client.ApplicationType != redirecturi.Web {
		return flaw("application_type", "it is native or web")
	}
	for _, uri := range client.RedirectURIs {
		if wrong := redirecturi.Flaw.In(in)(uri, client.ApplicationType); wrong != "" {
			return flaw("redirect_uris", "%s: %s", uri, wrong)
		}
	}
	return nil
}

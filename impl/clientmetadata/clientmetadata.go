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

	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/redirecturi"
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
func Judge(client store.Client, faults faultname.Set) *Flaw {
	for _, judge := range []func(store.Client, faultname.Set) *Flaw{judgeSizes, judgeRedirectURIs, judgeKeys, judgePages} {
		if wrong := judge(client, faults); wrong != nil {
			return wrong
		}
	}
	return nil
}

func judgeRedirectURIs(client store.Client, faults faultname.Set) *Flaw {
	if client.ApplicationType != redirecturi.Native && client.ApplicationType != redirecturi.Web {
		return flaw("application_type", "it is native or web")
	}
	for i, uri := range client.RedirectURIs {
		if i > 0 && faults.Has(faultname.FirstRedirectURIJudged) {
			break
		}
		if wrong := redirecturi.Flaw(uri, client.ApplicationType, faults); wrong != "" {
			return flaw("redirect_uris", "%s: %s", uri, wrong)
		}
	}
	return nil
}

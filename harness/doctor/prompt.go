package doctor

import (
	"context"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/world"
)

// prompt asks with prompt=none, without anybody who is signed in: whoever
// understands it shows no page (OpenID Connect Core section 3.1.2.1,
// https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest). Metadata
// do not tell that of a server that is no OpenID provider.
func (e *examination) prompt(ctx context.Context) {
	for _, a := range e.acting(ctx) {
		if a.only != nil || !e.may(a.client, "authorization_code") || a.client.RedirectURI() == "" {
			continue
		}
		w, err := e.world(ctx, a.client)
		if err == nil {
			_ = acts.Authorize(ctx, w, world.Table{{Name: "prompt", Value: "none"}}) // That a person is asked is no error here.
		}
		if err != nil || w.Last.Exchange == nil {
			return
		}
		understood, claimed := isAboutPerson(w.Last.Returned.Get("error")), e.run.Capabilities["prompt"]
		f := Finding{Name: "prompt", Status: OK, Key: "capabilities.prompt", Tried: "an authorization request with prompt=none", CameBack: "the browser, without a page"}
		switch {
		case understood && !claimed:
			f.CameBack += "; with capabilities: {prompt: true} the run also examines prompt and max_age"
		case !understood && claimed:
			f.Status, f.CameBack = Warning, "a page, or an error other than login_required"
			f.Change = "write capabilities: {prompt: false}, if the server does not support prompt"
		case !understood:
			return
		}
		e.found(f)
		return
	}
}

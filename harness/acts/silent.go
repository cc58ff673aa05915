package acts

import (
	"context"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/world"
)

// unlessSilent is not applicable where a person who approved the client before is asked
// again by a plain request: neither a session nor a remembered approval is required
// (OpenID Connect Core section 3.1.2.4,
// https://openid.net/specs/openid-connect-core-1_0.html#Consent). The request that
// asks for silence and nothing else is judged by itself.
func unlessSilent(ctx context.Context, w *world.World, err error) error {
	if !w.Browser.Approved || asksForSilenceAlone(w) {
		return err
	}
	if w.Run.Remember("authorizes silently", func() bool { return authorizesSilently(ctx, w.Run) }) {
		return err
	}
	return &check.NotApplicable{Reason: "the authorization server asks the resource owner at every request", Lacks: "silent_authorization"}
}

func asksForSilenceAlone(w *world.World) bool {
	table := w.Script.Action.Table
	return len(table) == 1 && table[0].Name == "prompt" && table[0].Value == "none"
}

// authorizesSilently tries the plain request. A server at which nobody can be asked
// gets no excuse.
func authorizesSilently(ctx context.Context, r *world.Run) bool {
	fresh := r.New()
	defer fresh.Close(ctx)
	if RegisterAny(ctx, fresh) != nil || HasApproved(ctx, fresh, nil) != nil {
		return true
	}
	return Authorize(ctx, fresh, nil) == nil && fresh.Grant.Code != ""
}

// deniedUnasked tells whether a person wanted to deny, and came back with a code
// without being asked.
func deniedUnasked(w *world.World) bool {
	person := w.Browser.Person
	if prompt, _ := w.Script.Action.Table.Get("prompt"); prompt == "consent" {
		return false // It had to ask.
	}
	return person != nil && person.Decision == useragent.Denies && !w.Browser.Decided && w.Last.Returned.Get("code") != "" && !w.Client.Registered
}

// askedNobody: the operator of a server can consent to the clients that it registered
// (OpenID Connect Core section 3.1.2.4; RFC 6749 section 4.1.1,
// https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1).
func askedNobody() error {
	return &check.NotApplicable{Reason: "the authorization server asks for no consent to a client that its operator registered", Lacks: "consent_page"}
}

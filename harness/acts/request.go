package acts

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/world"
)

// Do sends a request as the action of the scenario and keeps what was
// obtained.
func Do(ctx context.Context, w *world.World, kind world.Kind, request exchange.Request) error {
	send := func(ctx context.Context) (world.Result, error) {
		answer, err := w.Log.Send(ctx, request)
		return world.Result{Kind: kind, Exchange: answer}, err
	}
	result, err := send(ctx)
	result.Repeat = send
	w.Last = result
	keepToken(w, Object(result))
	if err == nil {
		err = w.Run.Setting.Limited(result.Exchange)
	}
	return err
}

// Object is the JSON object that came; nil for anything else.
func Object(r world.Result) map[string]any {
	var object map[string]any
	if r.Exchange != nil {
		_ = json.Unmarshal(r.Exchange.Content, &object)
	}
	return object
}

func keepToken(w *world.World, answer map[string]any) {
	if token, ok := answer["access_token"].(string); ok && w.Last.Kind == world.TokenResponse {
		lifetime, _ := answer["expires_in"].(float64)
		w.Grant.AccessToken, w.Grant.Holder, w.Grant.Lifetime = token, w.Client, time.Duration(min(lifetime, 1e9))*time.Second
		w.Grant.For = w.Last.Exchange.Form().Get("resource")
		w.Log.Secret(token)
	}
	if token, ok := answer["refresh_token"].(string); ok && w.Last.Kind == world.TokenResponse {
		w.Grant.UsedRefreshToken, w.Grant.RefreshToken = w.Grant.RefreshToken, token
		w.Log.Secret(token)
	}
	if token, ok := answer["id_token"].(string); ok && w.Last.Kind == world.TokenResponse {
		keepIdentity(w, token)
	}
	if scope, known := grantedBy(w, answer); known && w.Last.Kind == world.TokenResponse {
		w.Grant.Scope = scope
	}
}

// grantedBy is the scope that a token response grants. Left out, it is the requested one
// (RFC 6749 section 5.1, https://www.rfc-editor.org/rfc/rfc6749#section-5.1), and a
// refresh that names none requests the one that the resource owner granted (section 6).
func grantedBy(w *world.World, answer map[string]any) (scope string, known bool) {
	if scope, stated := answer["scope"].(string); stated {
		return scope, true
	}
	if _, issued := answer["access_token"].(string); !issued {
		return "", false
	}
	form := w.Last.Exchange.Form()
	requested := form.Get("scope")
	switch form.Get("grant_type") {
	case "authorization_code":
		requested = w.Grant.Asked
	case "refresh_token":
		requested = cmp.Or(requested, w.Grant.Consented)
	}
	return requested, requested != ""
}

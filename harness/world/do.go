package world

import (
	"context"
	"encoding/json"
	"time"

	"github.com/grantproof/grantproof/harness/exchange"
)

// Do sends a request as the action of the scenario and keeps what was
// obtained.
func (w *World) Do(ctx context.Context, kind Kind, request exchange.Request) error {
	send := func(ctx context.Context) (Result, error) {
		answer, err := w.Log.Send(ctx, request)
		return Result{Kind: kind, Exchange: answer}, err
	}
	result, err := send(ctx)
	result.Repeat = send
	w.Last = result
	w.keepToken(result.Object())
	if err == nil {
		err = w.Run.Setting.Limited(result.Exchange)
	}
	return err
}

// Object is the JSON object that came; nil for anything else.
func (r Result) Object() map[string]any {
	var object map[string]any
	if r.Exchange != nil {
		_ = json.Unmarshal(r.Exchange.Content, &object)
	}
	return object
}

func (w *World) keepToken(answer map[string]any) {
	if token, ok := answer["access_token"].(string); ok && w.Last.Kind == TokenResponse {
		lifetime, _ := answer["expires_in"].(float64)
		w.Grant.AccessToken, w.Grant.Holder, w.Grant.Lifetime = token, w.Client, time.Duration(min(lifetime, 1e9))*time.Second
		w.Log.Secret(token)
	}
	if token, ok := answer["refresh_token"].(string); ok && w.Last.Kind == TokenResponse {
		w.Grant.UsedRefreshToken, w.Grant.RefreshToken = w.Grant.RefreshToken, token
		w.Log.Secret(token)
	}
	if token, ok := answer["id_token"].(string); ok && w.Last.Kind == TokenResponse {
		w.keepIdentity(token)
	}
	if scope, ok := answer["scope"].(string); ok && w.Last.Kind == TokenResponse {
		w.Grant.Scope = scope
	}
}

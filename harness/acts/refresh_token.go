package acts

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// waits are the seconds after which a used refresh token is tried again.
var waits = []int{0, 1, 2, 5, 10, 30, 60, 300, 3600, 86400}

// refreshesAtOnce is how many refreshes agents send at the same time.
const refreshesAtOnce = 5

// ObtainRefreshToken obtains tokens for a resource owner, as a Given.
// Where the server lists offline_access, it is asked for.
func ObtainRefreshToken(ctx context.Context, w *world.World, table world.Table) error {
	if offered, ok := w.Run.Metadata["scopes_supported"].([]any); ok && slices.Contains(offered, any("offline_access")) {
		asked, named := table.Get("scope")
		if !named {
			asked = "(valid)"
		}
		asked = world.Resolve(world.Row{Name: "scope", Value: asked}, w.Client.Scope, nil, valids(w))
		table = append(table.Without("scope"), world.Row{Name: "scope", Value: asked + " offline_access"})
		table = append(table, consentAgain(w.Run, table)...)
	}
	if err := ObtainTokens(ctx, w, table); err != nil {
		return err
	}
	w.Grant.Consented = w.Grant.Scope
	if w.Grant.RefreshToken == "" {
		return &check.NotApplicable{Reason: "the authorization server issued no refresh token to this client"}
	}
	return nil
}

// consentAgain has the resource owner asked, without which a server may ignore
// the scope offline_access (OpenID Connect Core section 11,
// https://openid.net/specs/openid-connect-core-1_0.html#OfflineAccess).
func consentAgain(r *world.Run, table world.Table) world.Table {
	if _, named := table.Get("prompt"); named || r.Setting.Consent(r) != world.AsksForPrompt {
		return nil
	}
	return world.Table{{Name: "prompt", Value: "consent"}}
}

// Refresh asks for fresh tokens with a refresh token, departing from a valid
// request in what table says.
func Refresh(ctx context.Context, w *world.World, table world.Table) error {
	parameters := world.Parameters{{Name: "grant_type", Value: "refresh_token"}, {Name: "refresh_token", Value: w.Grant.RefreshToken}}
	if w.Grant.Resource != "" {
		parameters = append(parameters, world.Parameter{Name: "resource", Value: w.Grant.Resource})
	}
	return sendForm(ctx, w, world.TokenResponse, parameters, table)
}

// MeasureRefresh finds out the profile of the authorization server. pass lets
// seconds pass there. Where nobody can, only what happens at once is seen, and a
// used refresh token that still works then is not told from one that works for ever.
func MeasureRefresh(ctx context.Context, w *world.World, pass func(context.Context, int64) error) error {
	m := measurement{w, pass, world.RefreshProfile{DeadAfter: -1}}
	err := m.parallel(ctx)
	if err == nil {
		err = m.lostResponse(ctx)
	}
	if err == nil {
		err = m.reuse(ctx)
	}
	w.Last.Kind, w.Last.Refresh = world.Tried, &m.profile
	return err
}

// measurement is a profile in the making.
type measurement struct {
	*world.World
	pass    func(context.Context, int64) error
	profile world.RefreshProfile
}

// refresh uses a token and returns the next one; "" where it is refused.
func (m measurement) refresh(ctx context.Context, token string) (string, error) {
	sub := m.Fork()
	sub.Grant.RefreshToken = token
	if err := Refresh(ctx, sub, nil); err != nil {
		return "", err
	}
	if check.TokenIssued(sub.Last.Exchange) != nil {
		return "", nil
	}
	return sub.Grant.RefreshToken, nil
}

func (m *measurement) fresh(ctx context.Context) (string, error) {
	err := ObtainRefreshToken(ctx, m.World, nil)
	return m.Grant.RefreshToken, err
}

// parallel: agents whose access tokens expire at the same moment.
func (m *measurement) parallel(ctx context.Context) error {
	token, err := m.fresh(ctx)
	if err != nil {
		return err
	}
	next, errs := make([]string, refreshesAtOnce), make([]error, refreshesAtOnce)
	var group sync.WaitGroup
	for i := range refreshesAtOnce {
		group.Go(func() { next[i], errs[i] = m.refresh(ctx, token) })
	}
	group.Wait()
	served, newest := 0, ""
	for i := range refreshesAtOnce {
		if errs[i] != nil {
			return errs[i]
		}
		if next[i] != "" {
			served, newest = served+1, next[i]
		}
	}
	alive, err := m.refresh(ctx, newest)
	m.profile.Parallel = fmt.Sprintf("%d of %d refreshes at once were served", served, refreshesAtOnce)
	if alive == "" {
		m.profile.Parallel += ", and the family was ended"
	} else {
		m.profile.Parallel += ", and the family lived on"
	}
	return err
}

// lostResponse: the network broke off, and the agent sends the same again.
func (m *measurement) lostResponse(ctx context.Context) error {
	token, err := m.fresh(ctx)
	if err != nil {
		return err
	}
	if _, err = m.refresh(ctx, token); err != nil {
		return err
	}
	again, err := m.refresh(ctx, token)
	m.profile.LostResponse = "a refresh whose answer was lost is refused when it is sent again"
	if again != "" {
		m.profile.LostResponse = "a refresh whose answer was lost is served when it is sent again"
	}
	return err
}

// reuse: an old token comes later and later, each time in a family of its own.
func (m *measurement) reuse(ctx context.Context) error {
	for _, wait := range waits {
		old, err := m.fresh(ctx)
		if err != nil {
			return err
		}
		newest, err := m.refresh(ctx, old)
		if err != nil {
			return err
		}
		if newest == old {
			return m.conclude("refresh tokens are not rotated, so that no reuse is seen", "unsafe")
		}
		if err := m.wait(ctx, wait); err != nil {
			return err
		}
		again, err := m.refresh(ctx, old)
		if err != nil {
			return err
		}
		if again == "" {
			return m.afterReuse(ctx, newest, wait)
		}
		m.profile.GraceSeconds = wait
	}
	return m.conclude(fmt.Sprintf("a used refresh token still worked after %d seconds", m.profile.GraceSeconds), "unsafe")
}

// afterReuse looks how long the family outlives the refusal.
func (m *measurement) afterReuse(ctx context.Context, newest string, wait int) error {
	for _, seconds := range []int{0, 1, 10, 60} {
		err := m.wait(ctx, seconds)
		if unfit := new(check.NotApplicable); errors.As(err, &unfit) {
			break
		}
		if err != nil {
			return err
		}
		next, err := m.refresh(ctx, newest)
		if err != nil {
			return err
		}
		if next == "" {
			m.profile.DeadAfter = seconds
			class := "tolerant"
			if wait == 0 && seconds == 0 {
				class = "strict"
			}
			return m.conclude("the reuse was refused and ended the family", class)
		}
		newest = next
	}
	return m.conclude("the reuse was refused, and the family lived on", "unsafe")
}

func (m *measurement) wait(ctx context.Context, seconds int) error {
	if seconds == 0 {
		return nil
	}
	return m.pass(ctx, int64(seconds))
}

func (m *measurement) conclude(reuse, class string) error {
	m.profile.Reuse, m.profile.Class = reuse, class
	return nil
}

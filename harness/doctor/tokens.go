package doctor

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/world"
)

// holder is a world in which a client holds an access token.
type holder struct {
	*world.World
	actor actor
	how   string
}

var errNobody = errors.New("no client could get one")

// obtain gets an access token with a scope: by client credentials, else by a
// code; from clients that have the scope according to the file, else from the others.
// prepare says in the fresh world what it is for; nil where that does not matter.
func (e *examination) obtain(ctx context.Context, scope string, prepare func(context.Context, *world.World) error) (holder, error) {
	problem := errNobody
	clients := e.acting(ctx)
	lacks := func(a actor) int { return min(1, len(a.lacks(scope))) }
	slices.SortStableFunc(clients, func(a, b actor) int { return lacks(a) - lacks(b) })
	for _, a := range clients {
		for _, grant := range []string{"client_credentials", "authorization_code"} {
			if !e.may(a.client, grant) || grant == "authorization_code" && !e.mayGoByCode(a) {
				continue
			}
			held, err := e.obtainAs(ctx, a, grant, scope, prepare)
			if err == nil {
				return held, nil
			}
			if errors.Is(problem, errNobody) || lacks(a) == 0 {
				problem = fmt.Errorf("%s by %s: %w", a.name, grant, err)
			}
			if lacks(a) > 0 && lacks(clients[0]) > 0 {
				problem = &unscoped{clients[0], clients[0].lacks(scope), err}
			}
		}
	}
	return holder{}, problem
}

func (e *examination) obtainAs(ctx context.Context, a actor, grant, scope string, prepare func(context.Context, *world.World) error) (holder, error) {
	w, err := e.worldOf(ctx, a)
	if err == nil && prepare != nil {
		err = prepare(ctx, w)
	}
	if err == nil {
		err = obtainBy(ctx, w, grant, scope)
	}
	return holder{w, a, grant}, err
}

// lacks are the scopes of needed that the client has not, according to the file.
func (a actor) lacks(needed string) string {
	if !a.client.Known {
		return ""
	}
	return lacking(a.client.Scope, needed)
}

// unscoped says that the file gives a client without a scope that is needed.
type unscoped struct {
	actor
	without string
	err     error
}

// Error implements error.
func (u *unscoped) Error() string {
	return fmt.Sprintf("%s does not have the scope %q, according to the target file, and asked for it in vain: %v", u.name, u.without, u.err)
}

// change is what to write, if the server agrees.
func (u *unscoped) change() string {
	return fmt.Sprintf("write scope: %q, if the client is registered for it, or name a client that is", u.client.Scope+" "+u.without)
}

// blame points to why no token came: to the scope of a client, or to those that do
// not authenticate, which were blamed already.
func (e *examination) blame(f *Finding, err error) {
	if errors.Is(err, errNobody) && len(e.strangers) > 0 {
		*f = Finding{Name: f.Name, Status: Skipped, CameBack: "no token, because no client authenticates: see clients." + e.strangers[0] + " above"}
	}
	if lacks := new(unscoped); errors.As(err, &lacks) {
		f.Key, f.Change = lacks.key("scope"), lacks.change()
	}
}

// unusedScope: the server grants a scope that the file does not give the client, so
// that a run would not ask for it.
func (f *Finding) unusedScope(a actor, scope string) {
	if without := a.lacks(scope); f.Status == OK && without != "" {
		f.Status, f.Key, f.Change = Warning, a.key("scope"), (&unscoped{actor: a, without: without}).change()
	}
}

// mayGoByCode: a client that is like one that signed in is believed to be able to.
func (e *examination) mayGoByCode(a actor) bool {
	return slices.ContainsFunc(e.signsIn, func(client *world.Client) bool {
		return (client == e.registered) == (a.client == e.registered)
	})
}

func obtainBy(ctx context.Context, w *world.World, grant, scope string) error {
	var table world.Table
	if scope != "" {
		table = world.Table{{Name: "scope", Value: scope}}
	}
	if grant == "client_credentials" {
		return acts.ObtainToken(ctx, w, table)
	}
	if tools := world.Part[acts.ToolServer](w); tools != nil {
		table = append(table, world.Row{Name: "resource", Value: tools.URL})
	}
	_ = acts.Ask(ctx, w, useragent.Person{Decision: useragent.Approves}) // Without one the server may approve at once.
	if err := acts.ObtainCode(ctx, w, table); err != nil {
		return err
	}
	if err := acts.RedeemCode(ctx, w, table.Without("scope")); err != nil {
		return err
	}
	return check.TokenIssued(w.Last.Exchange)
}

// tokens looks at an access token.
func (e *examination) tokens(ctx context.Context) {
	f := Finding{Name: "access token", Status: OK, Key: "capabilities.jwt_access_token", Tried: "to get one and to read it"}
	held, err := e.obtain(ctx, "", nil)
	if err != nil {
		e.skipped(f.Name, err.Error())
		return
	}
	f.Tried = fmt.Sprintf("a token of %s by %s", held.actor.name, held.how)
	claimed, says := e.run.Target.Capabilities["jwt_access_token"]
	token, err := proof.Parse(held.Grant.AccessToken)
	switch media, _ := token.Header["typ"].(string); {
	case err != nil && claimed:
		f.Status, f.CameBack, f.Change = Error, "an opaque token", "remove jwt_access_token from capabilities, or let the server issue JWTs to this client"
	case err != nil:
		f.CameBack = "an opaque token, which only the server can read"
	case !says && (media == "at+jwt" || media == "application/at+jwt"):
		f.CameBack = fmt.Sprintf("a JWT (alg %v, typ %s); with capabilities: {jwt_access_token: true} the run also examines RFC 9068", token.Header["alg"], media)
	default:
		f.CameBack = fmt.Sprintf("a JWT (alg %v, typ %v)", token.Header["alg"], token.Header["typ"])
	}
	e.found(f)
}

package doctor

import (
	"context"
	"errors"
	"fmt"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
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
// code. prepare says in the fresh world what it is for; nil where that does not
// matter.
func (e *examination) obtain(ctx context.Context, scope string, prepare func(context.Context, *world.World) error) (holder, error) {
	problem := errNobody
	for _, a := range e.acting(ctx) {
		for _, grant := range []string{"client_credentials", "authorization_code"} {
			if !e.may(a.client, grant) || grant == "authorization_code" && !e.signsIn {
				continue
			}
			w, err := e.worldOf(ctx, a)
			if err == nil && prepare != nil {
				err = prepare(ctx, w)
			}
			if err == nil {
				err = obtainBy(ctx, w, grant, scope)
			}
			if err == nil {
				return holder{w, a, grant}, nil
			}
			problem = fmt.Errorf("%s by %s: %w", a.name, grant, err)
		}
	}
	return holder{}, problem
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

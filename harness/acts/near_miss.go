package acts

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/nearmiss"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases that send one request for each near miss of a value. The Then that
// follows judges every one of them, and the control sends the right value.
var _ = phrases(When, []step{
	{says: `the client (sends an authorization request|requests a token|redeems the code|refreshes the token|calls the protected resource|calls the MCP server) with each near miss of "([^"]*)"`, names: comparedName, deviates: true, do: sendsNearMisses},
})

// comparedIn are the parameters that a server compares with a value that it knows, by
// the request, with the kind of each.
var comparedIn = map[string]map[string]nearmiss.Kind{
	"sends an authorization request": {"client_id": nearmiss.Identifier, "redirect_uri": nearmiss.RedirectURI},
	"requests a token":               {"client_id": nearmiss.Identifier, "client_secret": nearmiss.Secret},
	"redeems the code": {
		"client_id": nearmiss.Identifier, "client_secret": nearmiss.Secret, "code": nearmiss.Code, "redirect_uri": nearmiss.SentURI,
		"code_verifier": nearmiss.Verifier, "code_challenge": nearmiss.Verifier, "resource": nearmiss.Resource,
		nameOfVerifier: nearmiss.Name,
	},
	"calls the protected resource": comparedClaims,
	"calls the MCP server":         comparedClaims,
	"refreshes the token":          {"client_secret": nearmiss.Secret, "refresh_token": nearmiss.Secret, "scope": nearmiss.Scope, "resource": nearmiss.Resource},
}

// nameOfVerifier is not a value but the name of one.
const nameOfVerifier = "name of code_verifier"

func comparedName(args []string) (string, []string) { return args[1], sortedKeys(comparedIn[args[0]]) }

// secretly are the values that no verdict shows.
var secretly = []nearmiss.Kind{nearmiss.Secret, nearmiss.Code, nearmiss.Verifier}

func sendsNearMisses(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if strings.HasPrefix(args[0], "calls ") {
		return showsNearMisses(ctx, w, args)
	}
	plain, plainArgs, _ := find(When, "the client "+args[0])
	name, kind := args[1], comparedIn[args[0]][args[1]]
	e := &each{World: w, name: name, kind: kind, send: func(ctx context.Context, w *world.World, table world.Table) error {
		return plain.do(ctx, w, plainArgs, table)
	}}
	e.right = func(w *world.World) string { return rightValue(w, name) }
	e.deviate = func(ctx context.Context, w *world.World, value string) error {
		return e.send(ctx, w, world.Table{{Name: name, Value: value}})
	}
	switch name {
	case "code_challenge":
		e.deviate = redeemsChallenge
	case nameOfVerifier:
		e.deviate = redeemsUnderName
	}
	// Whoever compares something else than the grant may take the grant first.
	e.takes = slices.Contains([]string{"redeems the code", "refreshes the token"}, args[0]) && !slices.Contains([]string{"code", "refresh_token", "code_challenge"}, name)
	w.Script.Action = world.Action{Phrase: plain.phrase(plainArgs), Table: world.Table{{Name: name, Value: "a near miss"}}, Do: e.send}
	return e.all(ctx)
}

// rightValue is what a valid request has for a parameter after what was arranged.
func rightValue(w *world.World, name string) string {
	switch {
	case name == "redirect_uri" && w.Grant.RedirectURI != "":
		return w.Grant.RedirectURI
	case name == "code_challenge" && w.Grant.Verifier == "":
		w.Grant.Verifier = proof.Verifier()
	case name == nameOfVerifier:
		return "code_verifier"
	case name == "scope" && w.Grant.Consented != "":
		return w.Grant.Consented
	case name == "resource" && w.Grant.Resource != "":
		return w.Grant.Resource
	}
	return Valid(w, name)
}

// redeemsChallenge has a code issued for a challenge that is almost the right one, and
// redeems it with the verifier of the right one. A request that is refused brings none.
func redeemsChallenge(ctx context.Context, w *world.World, challenge string) error {
	err := Authorize(ctx, w, world.Table{{Name: "code_verifier", Value: w.Grant.Verifier}, {Name: "code_challenge", Value: challenge}})
	if err != nil || w.Grant.Code == "" {
		return err
	}
	return RedeemCode(ctx, w, nil)
}

// redeemsUnderName sends the code verifier under a name that is almost the right one.
func redeemsUnderName(ctx context.Context, w *world.World, name string) error {
	w.Log.Secret(w.Grant.Verifier)
	return RedeemCode(ctx, w, world.Table{{Name: "code_verifier", Value: "(omitted)"}, {Name: name, Value: w.Grant.Verifier}})
}

// each sends a request for each near miss of a value. It shares what was arranged for as
// long as that lasts.
type each struct {
	*world.World
	name    string
	kind    nearmiss.Kind
	right   func(*world.World) string
	deviate func(ctx context.Context, w *world.World, value string) error
	send    func(ctx context.Context, w *world.World, table world.Table) error
	takes   bool // A refused request may have used the grant up.

	arranged *world.World // As the next request finds it.
	lasts    bool         // A refused request leaves the grant as it is.
}

func (e *each) all(ctx context.Context) error {
	e.arranged = e.World
	misses := e.misses(e.World)
	if len(misses) == 0 {
		return &check.NotApplicable{Reason: "a valid request of this client has no " + e.name}
	}
	var tried []world.NearMiss
	for i, miss := range misses {
		trial, err := e.try(ctx, i, miss.Name)
		if err != nil {
			return err
		}
		if trial != nil {
			tried = append(tried, world.NearMiss{Name: e.name + " with " + miss.Name, Value: e.shown(miss), World: trial})
		}
	}
	if len(tried) == 0 {
		return &check.Inconclusive{Reason: "no answer to a near miss of " + e.name + " could be read"}
	}
	e.Last = tried[len(tried)-1].World.Last
	e.Last.NearMisses = tried
	return nil
}

// misses are those of the right value in a world. A name that differs in more than its
// case is another parameter.
func (e *each) misses(w *world.World) []nearmiss.NearMiss {
	right := e.right(w)
	misses := nearmiss.Of(e.kind, right)
	if e.kind != nearmiss.Name {
		return misses
	}
	return slices.DeleteFunc(misses, func(miss nearmiss.NearMiss) bool { return !strings.EqualFold(miss.Value, right) })
}

// shown is the value of a near miss, unless it is as good as a secret.
func (e *each) shown(miss nearmiss.NearMiss) string {
	if slices.Contains(secretly, e.kind) {
		return ""
	}
	return miss.Value
}

// try sends the near miss of a name; nil where the value at hand has none, or where the
// server puts it into a header that nobody can read: the others show whether it compares.
func (e *each) try(ctx context.Context, i int, name string) (*world.World, error) {
	if i > 0 && e.takes && !e.lasts {
		if err := e.arrange(ctx, isObtained); err != nil {
			return nil, err
		}
	}
	trial, err := e.once(ctx, name)
	if trial != nil && isLimited(trial, err) {
		// The limit is one of wrong secrets of a client: another one is as good.
		if err := e.arrange(ctx, isAnything); err != nil {
			return nil, err
		}
		trial, err = e.once(ctx, name)
	}
	if exchange.IsMalformed(err) {
		return nil, nil
	}
	if err != nil || trial == nil {
		return nil, err
	}
	e.arranged.Grant.RefreshToken = trial.Grant.RefreshToken // It may have been renewed.
	if i == 0 && e.takes {
		return trial, e.probe(ctx)
	}
	return trial, nil
}

func (e *each) once(ctx context.Context, name string) (*world.World, error) {
	misses := e.misses(e.arranged)
	at := slices.IndexFunc(misses, func(miss nearmiss.NearMiss) bool { return miss.Name == name })
	if at < 0 {
		return nil, nil
	}
	trial := e.arranged.Fork()
	return trial, e.deviate(ctx, trial, misses[at].Value)
}

// probe finds out whether the grant outlives a request that was refused.
func (e *each) probe(ctx context.Context) error {
	right := e.arranged.Fork()
	if err := e.send(ctx, right, nil); err != nil {
		return err
	}
	if e.lasts = check.TokenIssued(right.Last.Exchange) == nil; !e.lasts {
		return nil
	}
	return e.arrange(ctx, isObtained)
}

// arrange repeats Givens of the scenario.
func (e *each) arrange(ctx context.Context, which func(phrase string) bool) error {
	anew := e.Fork()
	for _, given := range e.Script.Givens {
		if !which(given.Phrase) {
			continue
		}
		if err := given.Apply(ctx, anew); err != nil {
			return fmt.Errorf("%s, for the next near miss: %w", given.Phrase, err)
		}
	}
	e.arranged = anew
	return nil
}

func isObtained(phrase string) bool { return strings.HasPrefix(phrase, "the client has obtained") }
func isAnything(string) bool        { return true }

func isLimited(trial *world.World, err error) bool {
	answer := trial.Last.Exchange
	return IsLimited(err) || err == nil && answer != nil && answer.Status == http.StatusTooManyRequests
}

// judged has a Then judge what the When brought about: every near miss, where it sent
// some. The verdict names those that were not refused.
func judged(w *world.World, judge func(*world.World) error) error {
	if len(w.Last.NearMisses) == 0 {
		return judge(w)
	}
	var worst, open error
	var names []string
	answers := slices.ContainsFunc(w.Last.NearMisses, func(miss world.NearMiss) bool { return !crashed(miss) })
	for _, miss := range w.Last.NearMisses {
		if answers && crashed(miss) {
			continue
		}
		err := judge(miss.World)
		if err == nil {
			continue
		}
		if failure := new(check.Failure); !errors.As(err, &failure) {
			open = cmp.Or(open, err)
		} else if worst == nil || check.Otherwise(worst) && !check.Otherwise(err) {
			worst, names = miss.Named(failure), nil
		} else if check.Otherwise(worst) == check.Otherwise(err) {
			names = append(names, miss.Name)
		}
	}
	if open != nil && (worst == nil || check.Otherwise(worst)) {
		return open // None is known to slip through.
	}
	if failure := new(check.Failure); errors.As(worst, &failure) && len(names) > 0 {
		failure.Actual += "; the same of " + strings.Join(names, ", ")
	}
	return worst
}

// crashed: a server that fails at a strange value has not accepted it. That it must not
// fail is what the scenarios about garbage are for.
func crashed(miss world.NearMiss) bool {
	answer := miss.World.Last.Exchange
	return answer != nil && answer.Status >= http.StatusInternalServerError
}

package acts

import (
	"cmp"
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// A client that is registered for private_key_jwt or client_secret_jwt
// authenticates with a JWT (RFC 7523 section 2.2,
// https://www.rfc-editor.org/rfc/rfc7523#section-2.2). Rows of a table deviate
// from a valid one:
//
//	| assertion iss       | (omitted)  |  a claim, by its name
//	| assertion typ       | at+jwt     |  typ, alg, kid and crit are of the header
//	| assertion signed_by | stranger   |  another key under the same kid; or
//	                                      nobody, alg none; or public_key, a MAC
//	                                      with the public key as its secret; or
//	                                      earlier_key, from before a change
//	| client_assertion    | (changed)  |  the claims are others than were signed
//	| client_assertion    | (used before) |  the one that was sent last
//
// Claims have these values besides: (expired), (in the future), (in 8 seconds),
// (90 seconds ago), (other issuer), (token_endpoint), (upper case), (random),
// (valid)x for what begins with the valid value, and (valid) and x for a list.
const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// byJWT tells whether the client authenticates with a JWT.
func byJWT(c *world.Client) bool {
	return c.Method == "private_key_jwt" || c.Method == "client_secret_jwt"
}

// assert returns the parameters with which the client authenticates by a JWT,
// and the rows of table that are not about it.
//
// A row about the client_secret of such a client is about its proof: (omitted),
// there is none.
func assert(ctx context.Context, w *world.World, table world.Table) (world.Parameters, world.Table, error) {
	about, rest := table.About("assertion ")
	switch secret, _ := rest.Get("client_secret"); secret {
	case "(omitted)":
		return world.Parameters{{Name: "client_id", Value: w.Client.ID}}, rest, nil
	case "(valid)":
		return nil, nil, &check.NotApplicable{Reason: "the client authenticates by JWTs and sends no secret"}
	}
	made, err := assertion(ctx, w, about)
	if err != nil {
		return nil, nil, err
	}
	switch value, _ := rest.Get("client_assertion"); value {
	case "(changed)":
		changed := proof.Changed(made)
		w.Log.Derive(exchange.Derived{Name: "changed_assertion", Value: changed, Command: "changed", Arguments: []string{made}})
		made, rest = changed, rest.Without("client_assertion")
	case "(used before)":
		made, rest = w.Grant.Assertion, rest.Without("client_assertion")
	}
	w.Grant.Assertion = made
	return world.Parameters{{Name: "client_id", Value: w.Client.ID}, {Name: "client_assertion_type", Value: assertionType}, {Name: "client_assertion", Value: made}}, rest, nil
}

// MakeAssertion makes an assertion that is sent later, as the one "(used
// before)".
func MakeAssertion(ctx context.Context, w *world.World) error {
	made, err := assertion(ctx, w, nil)
	w.Grant.Assertion = made
	return err
}

// assertion makes the JWT, departing from a valid one in what about says.
func assertion(ctx context.Context, w *world.World, about world.Table) (string, error) {
	key, err := signingKey(w)
	if err != nil {
		return "", err
	}
	header := map[string]any{"alg": key.Algorithm, "typ": "JWT"}
	if key.ID != "" {
		header["kid"] = key.ID
	}
	claims := map[string]any{
		"iss": w.Client.ID, "sub": w.Client.ID, "aud": audienceOfAssertions(ctx, w),
		"jti": "(random)", "iat": at(w, 0), "exp": at(w, 60),
	}
	return signDeparting(w, "client_assertion", about, key, header, claims)
}

// signDeparting signs a JWT that departs from a valid one in what about says.
func signDeparting(w *world.World, name string, about world.Table, key proof.Key, header, claims map[string]any) (string, error) {
	for _, row := range about {
		switch {
		case row.Name == "signed_by":
			var err error
			if key, err = signedBy(w, row.Value, key, header); err != nil {
				return "", err
			}
		case slices.Contains([]string{"alg", "typ", "kid", "crit"}, row.Name):
			deviate(header, row, headerOf(row))
		default:
			deviate(claims, row, claim(w, row, claims[row.Name]))
		}
	}
	return sign(w, name, key, header, claims)
}

func deviate(members map[string]any, row world.Row, value any) {
	members[row.Name] = value
	if row.Value == "(omitted)" {
		delete(members, row.Name)
	}
}

func headerOf(row world.Row) any {
	if row.Name == "crit" {
		return strings.Fields(row.Value)
	}
	return world.Resolve(row, "", nil, func(string) string { return "" })
}

// sign makes the JWT and remembers how, for the scripts that repeat it.
func sign(w *world.World, name string, key proof.Key, header, claims map[string]any) (string, error) {
	made, err := key.Sign(header, claims)
	if err != nil {
		return "", err
	}
	head, headErr := json.Marshal(header)
	payload, payloadErr := json.Marshal(claims)
	w.Log.Secret(made)
	w.Log.Derive(exchange.Derived{Name: name, Value: made, Command: "assertion", Arguments: []string{key.Text(), string(head), string(payload)}})
	return made, cmp.Or(headErr, payloadErr)
}

// signingKey is that of the client. One that has none makes one, to use a
// method for which it is not registered.
func signingKey(w *world.World) (proof.Key, error) {
	switch {
	case w.Client.Method == "client_secret_jwt":
		return proof.SharedSecret(cmp.Or(w.Client.Secret, proof.Random())), nil
	case w.Client.Key != nil:
		return *w.Client.Key, nil
	}
	return newKey(w, "ES256")
}

// newKey makes a key with a kid of its own.
func newKey(w *world.World, algorithm string) (proof.Key, error) {
	key, err := proof.NewKey(algorithm, "key-"+proof.Text(8))
	deriveKey(w, key)
	return key, err
}

func deriveKey(w *world.World, key proof.Key) {
	w.Log.Secret(key.Text())
	w.Log.Derive(exchange.Derived{Name: "key", Value: key.Text(), Command: "key", Arguments: []string{key.Algorithm, key.ID}})
}

// signedBy changes who signs.
func signedBy(w *world.World, who string, key proof.Key, header map[string]any) (proof.Key, error) {
	switch who {
	case "nobody":
		header["alg"] = "none"
	case "public_key":
		header["alg"] = "HS256"
	case "earlier_key":
		key = *w.Client.EarlierKey
		header["kid"] = key.ID
	case "stranger":
		stranger, err := key.Stranger()
		if stranger.Asymmetric() {
			deriveKey(w, stranger)
		}
		return stranger, err
	}
	return key, nil
}

var (
	inSeconds  = regexp.MustCompile(`^\(in (\d+) seconds\)$`)
	secondsAgo = regexp.MustCompile(`^\((\d+) seconds ago\)$`)
)

// claim is the value of a claim that a row asks for.
func claim(w *world.World, row world.Row, valid any) any {
	if match := inSeconds.FindStringSubmatch(row.Value); match != nil {
		return at(w, seconds(match[1]))
	}
	if match := secondsAgo.FindStringSubmatch(row.Value); match != nil {
		return at(w, -seconds(match[1]))
	}
	if others, ok := strings.CutPrefix(row.Value, "(valid) and "); ok {
		return []any{valid, claim(w, world.Row{Name: row.Name, Value: others}, valid)}
	}
	text, _ := valid.(string)
	switch row.Value {
	case "(expired)":
		return 1
	case "(in the future)":
		return int64(1) << 33
	case "(other issuer)":
		return w.Realm.Issuer + "/another"
	case "(token_endpoint)":
		endpoint, _ := w.Endpoint("token_endpoint")
		return endpoint
	case "(random)":
		return "(random)"
	}
	return world.Resolve(row, text, nil, valids(w))
}

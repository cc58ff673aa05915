package token

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// asSent is what claims are after they were sent.
func asSent(t *testing.T, claims jwt.MapClaims) jwt.MapClaims {
	t.Helper()
	text, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	var read jwt.MapClaims
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	return read
}

// What an access token says is read as it was written; what it does not say is left out.
func TestAccessClaims(t *testing.T) {
	full := Access{
		Issuer: "https://as.example", Subject: "u", ClientID: "c", ID: "g.1", IssuedAt: start, Expires: start.Add(time.Hour),
		Audience: []string{"https://a.example", "https://b.example"}, Scope: Scope{"a", "b"}, Actor: &Actor{Subject: "x", Before: &Actor{Subject: "y"}},
	}
	one, least := full, full
	one.Audience = full.Audience[:1]
	least.Audience, least.Scope, least.Actor = nil, nil, nil
	for name, test := range map[string]struct {
		access          Access
		aud, scope, act any
	}{
		"everything":   {full, []any{"https://a.example", "https://b.example"}, "a b", map[string]any{"sub": "x", "act": map[string]any{"sub": "y"}}},
		"one audience": {one, "https://a.example", "a b", map[string]any{"sub": "x", "act": map[string]any{"sub": "y"}}},
		"the least":    {least, nil, nil, nil},
	} {
		claims := asSent(t, test.access.Claims())
		if !reflect.DeepEqual([]any{claims["aud"], claims["scope"], claims["act"]}, []any{test.aud, test.scope, test.act}) {
			t.Errorf("%s: the claims are %v", name, claims)
		}
		read, err := FromClaims(claims)
		if err != nil || len(read.Audience) != len(test.access.Audience) || read.Scope.String() != test.access.Scope.String() ||
			read.Actor.Length() != test.access.Actor.Length() || !read.IssuedAt.Equal(start) || !read.Expires.Equal(start.Add(time.Hour)) || read.ID != "g.1" {
			t.Errorf("%s: it is read as %+v, %v", name, read, err)
		}
	}
	if claims := asSent(t, least.Claims()); len(claims) != 6 {
		t.Errorf("the least claims are %v", claims)
	}
}

// Claims that lack a party, or have a member of another kind, are not those of an access
// token.
func TestFromClaims(t *testing.T) {
	for name, test := range map[string]struct {
		member string
		value  any // nil takes the member out.
		ok     bool
	}{
		"without an issuer":       {"iss", nil, false},
		"without a subject":       {"sub", nil, false},
		"without a client":        {"client_id", nil, false},
		"an empty subject":        {"sub", "", false},
		"a number for a client":   {"client_id", 1, false},
		"without times":           {"iat", nil, true},
		"without an end":          {"exp", nil, true},
		"a text for the end":      {"exp", "soon", true},
		"scopes in a list":        {"scope", []any{"a", "b"}, true},
		"a number for the scope":  {"scope", 1, false},
		"an impossible scope":     {"scope", `a"b`, false},
		"a text for an actor":     {"act", "x", false},
		"a text for may_act":      {"may_act", "x", false},
		"somebody who may act":    {"may_act", map[string]any{"sub": "x"}, true},
		"a number among the aud":  {"aud", []any{1}, false},
		"an audience in the list": {"aud", []any{"https://a.example"}, true},
	} {
		claims := asSent(t, access("1").Claims())
		claims[test.member] = test.value
		if test.value == nil {
			delete(claims, test.member)
		}
		read, err := FromClaims(claims)
		if (err == nil) != test.ok {
			t.Errorf("%s: %v, want it accepted: %v", name, err, test.ok)
		}
		if test.ok && (read.IssuedAt.IsZero() != (test.member == "iat") || read.Expires.IsZero() != (test.member == "exp") || (read.MayAct != nil) != (test.member == "may_act")) {
			t.Errorf("%s: it is read as %+v", name, read)
		}
	}
}

// A token is the client's own if it is its subject, and the grant that it comes of is in
// its id.
func TestWhoseToken(t *testing.T) {
	if !(Access{Subject: "c", ClientID: "c"}).ForClient() || (Access{Subject: "u", ClientID: "c"}).ForClient() {
		t.Error("a client's own token is not told from that of a user")
	}
	if got := GrantOf(Access{ID: NewTokenID("grant")}); got != "grant" {
		t.Errorf("a token of a grant comes of %q", got)
	}
	if id := NewTokenID(""); strings.Contains(id, ".") || GrantOf(Access{ID: id}) != "" {
		t.Errorf("a client's own token has the id %q", id)
	}
}

// A chain of actors is shown as it is, and read back.
func TestActors(t *testing.T) {
	chain := &Actor{Issuer: "i", Subject: "a", Before: &Actor{Subject: "b"}}
	shown := chain.Shown()
	if back := ShownActor(shown); back.Length() != 2 || back.Subject != "a" || back.Before.Subject != "b" || shown.Act.Act != nil {
		t.Errorf("it is shown as %+v", shown)
	}
	var none *Actor
	if none.Shown() != nil || ShownActor(nil) != nil || none.Length() != 0 {
		t.Error("nobody is an actor")
	}
}

// A scope is a list of tokens with one space between two, of the characters that RFC 6749
// section 3.3 names; a repeated one counts once.
func TestParseScope(t *testing.T) {
	for text, want := range map[string]Scope{
		"": nil, "a": {"a"}, "a b": {"a", "b"}, "b a b": {"b", "a"}, "!#[]~": {"!#[]~"}, "A a": {"A", "a"},
	} {
		if scope, ok := ParseScope(text); !ok || !reflect.DeepEqual(scope, want) {
			t.Errorf("%q is read as %q, %v", text, scope, ok)
		}
	}
	for _, text := range []string{" ", "a ", " a", "a  b", "a\tb", `a"b`, `a\b`, "a\x7fb", "ä", "a\u00a0b", "\x00"} {
		if scope, ok := ParseScope(text); ok {
			t.Errorf("%q is read as %q", text, scope)
		}
	}
	if within := (Scope{"a", "b", "c"}).Within(Scope{"c", "a"}); !reflect.DeepEqual(within, Scope{"a", "c"}) {
		t.Errorf("within is %q", within)
	}
}

// A secret matches its own hash alone, and a hash has one spelling.
func TestHash(t *testing.T) {
	hash := HashOf("secret")
	if !hash.Matches("secret") || hash.Matches("secret ") || hash.Matches("") {
		t.Error("a hash does not tell its secret from another one")
	}
	text, err := hash.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range otherSpellings(string(text)) {
		if new(Hash).UnmarshalText([]byte(other)) == nil {
			t.Errorf("%q is read as a hash beside %q", other, text)
		}
	}
}

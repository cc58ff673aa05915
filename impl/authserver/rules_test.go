package authserver

import (
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/clientmetadata"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// An assertion is held to each thing that RFC 7523 section 3 asks of it.
func TestAssertionFits(t *testing.T) {
	r := aRealm(t, realm.Policy{})
	soon := float64(r.Clock.Now().Add(time.Minute).Unix())
	for name, test := range map[string]struct {
		header, claims map[string]any // What differs; nil takes a member out.
		says           string         // Of the refusal; empty where it fits.
	}{
		"right":                 {},
		"with a typ":            {header: map[string]any{"typ": "JWT"}},
		"with another typ":      {header: map[string]any{"typ": "at+jwt"}, says: "another kind"},
		"with a typ of a kind":  {header: map[string]any{"typ": "application/client-authentication+jwt"}},
		"with extensions":       {header: map[string]any{"crit": []any{"x"}}, says: "critical"},
		"of another issuer":     {claims: map[string]any{"iss": "other"}, says: "iss"},
		"about another client":  {claims: map[string]any{"sub": "other"}, says: "sub"},
		"about nobody":          {claims: map[string]any{"sub": nil}, says: "sub"},
		"for another server":    {claims: map[string]any{"aud": "https://other.example"}, says: "aud"},
		"without an end":        {claims: map[string]any{"exp": nil}, says: "exp"},
		"with a text for it":    {claims: map[string]any{"exp": "soon"}, says: "exp"},
		"that has expired":      {claims: map[string]any{"exp": soon - 3600}, says: "expired"},
		"that lives too long":   {claims: map[string]any{"exp": soon + 7200}, says: "longer than an hour"},
		"from the future":       {claims: map[string]any{"iat": soon + 60}, says: "future"},
		"that begins later":     {claims: map[string]any{"nbf": soon + 60}, says: "future"},
		"with a text for iat":   {claims: map[string]any{"iat": "now"}, says: "iat"},
		"with a text for nbf":   {claims: map[string]any{"nbf": "now"}, says: "nbf"},
		"with both times":       {claims: map[string]any{"iat": soon - 60, "nbf": soon - 60}},
		"without an identifier": {claims: map[string]any{"jti": nil}, says: "jti"},
		"with the longest jti":  {claims: map[string]any{"jti": strings.Repeat("x", maxIdentifier)}},
		"with a longer one":     {claims: map[string]any{"jti": strings.Repeat("x", maxIdentifier+1)}, says: "jti"},
	} {
		a := Assertion{Header: map[string]any{}, Claims: jwt.MapClaims{"iss": "c", "sub": "c", "aud": issuer, "exp": soon, "jti": "1"}}
		merge(a.Header, test.header)
		merge(a.Claims, test.claims)
		refused := AssertionFits.Sound(r, store.Client{ID: "c"}, a)
		if (refused == nil) != (test.says == "") || refused != nil && !strings.Contains(refused.Description, test.says) {
			t.Errorf("%s: %v", name, refused)
		}
	}
	if expires := (Assertion{Claims: jwt.MapClaims{}}).expires(); !expires.IsZero() {
		t.Errorf("without an end it expires at %s", expires)
	}
}

// merge changes members; nil takes one out.
func merge(into, change map[string]any) {
	for name, value := range change {
		if into[name] = value; value == nil {
			delete(into, name)
		}
	}
}

// A software statement is held to the times and the audience that it has.
func TestStatementClaims(t *testing.T) {
	r := aRealm(t, realm.Policy{})
	now := float64(r.Clock.Now().Unix())
	for name, test := range map[string]struct {
		claims jwt.MapClaims
		says   string
	}{
		"without any":         {jwt.MapClaims{}, ""},
		"with all":            {jwt.MapClaims{"exp": now + 60, "nbf": now - 60, "aud": issuer}, ""},
		"within the skew":     {jwt.MapClaims{"exp": now - 10, "nbf": now + 10}, ""},
		"expired":             {jwt.MapClaims{"exp": now - 60}, "expired"},
		"not yet":             {jwt.MapClaims{"nbf": now + 90}, "has not come"},
		"for others":          {jwt.MapClaims{"aud": []any{"https://other.example"}}, "another authorization server"},
		"for this and others": {jwt.MapClaims{"aud": []any{"https://other.example", issuer}}, ""},
		"a text for the end":  {jwt.MapClaims{"exp": "soon"}, "not of its type"},
		"a text for nbf":      {jwt.MapClaims{"nbf": "soon"}, "not of its type"},
		"a number in the aud": {jwt.MapClaims{"aud": []any{1.0}}, "not of its type"},
	} {
		refused := judgeStatementClaims(r, test.claims)
		if (refused == nil) != (test.says == "") || refused != nil && !strings.Contains(refused.Description, test.says) {
			t.Errorf("%s: %v", name, refused)
		}
	}
}

// UserInfo tells what the scopes ask for and the user has.
func TestClaimsOf(t *testing.T) {
	for _, test := range []struct {
		user        store.User
		scope       token.Scope
		name, email bool
	}{
		{store.User{ID: "u", Username: "n", Email: "e"}, token.Scope{"openid", "profile", "email"}, true, true},
		{store.User{ID: "u", Username: "n", Email: "e"}, token.Scope{"openid", "profile"}, true, false},
		{store.User{ID: "u", Username: "n", Email: "e"}, token.Scope{"openid", "email"}, false, true},
		{store.User{ID: "u", Username: "n", Email: "e"}, token.Scope{"openid"}, false, false},
		{store.User{ID: "u"}, token.Scope{"openid", "profile", "email"}, false, false},
	} {
		if claims := claimsOf(test.user, test.scope); claims.Sub != "u" || (claims.PreferredUsername != nil) != test.name || (claims.Email != nil) != test.email {
			t.Errorf("of %+v the scope %s shows %+v", test.user, test.scope, claims)
		}
	}
}

// An actor is one of this issuer, and a client names one by its own token or by one that
// its resource got.
func TestActor(t *testing.T) {
	r := aRealm(t, realm.Policy{})
	for _, test := range []struct {
		may  token.Actor
		same bool
	}{
		{token.Actor{Subject: "a"}, true}, {token.Actor{Subject: "a", Issuer: issuer}, true},
		{token.Actor{Subject: "b"}, false}, {token.Actor{Subject: "a", Issuer: "https://other.example"}, false},
	} {
		if got := same(r, test.may, token.Actor{Subject: "a"}); got != test.same {
			t.Errorf("%+v is the actor: %v", test.may, got)
		}
	}
	client := store.Client{ID: "c", Serves: []string{"https://api.example.com"}}
	for _, test := range []struct {
		acting   token.Access
		entitled bool
	}{
		{token.Access{ClientID: "c"}, true}, {token.Access{ClientID: "d", Audience: client.Serves}, true}, {token.Access{ClientID: "d", Audience: []string{"https://other.example"}}, false},
	} {
		if got := EntitledToActor.Sound(client, test.acting); got != test.entitled {
			t.Errorf("it may use %+v: %v", test.acting, got)
		}
	}
}

// A challenge is needed by public clients, and by all that name its method.
func TestCodeChallengeRequired(t *testing.T) {
	public, confidential := store.Client{AuthMethod: "none"}, store.Client{AuthMethod: "client_secret_basic"}
	demo := store.Client{AuthMethod: "none", Demo: true}
	for name, test := range map[string]struct {
		asks     realm.CodeChallenge
		client   store.Client
		method   *string
		required bool
	}{
		"a public client":                    {realm.ChallengeOptional, public, nil, true},
		"a confidential one":                 {realm.ChallengeOptional, confidential, nil, false},
		"a confidential one, with a method":  {realm.ChallengeOptional, confidential, new("S256"), true},
		"a confidential one, strictly":       {realm.CodeChallenge(""), confidential, nil, true},
		"a documented one":                   {realm.CodeChallenge(""), demo, nil, false},
		"a documented one, that names one":   {realm.CodeChallenge(""), demo, new("S256"), true},
		"a public one, that names no method": {realm.CodeChallenge(""), public, nil, true},
	} {
		if got := CodeChallengeRequired.Sound(test.asks, test.client, test.method); got != test.required {
			t.Errorf("%s needs a challenge: %v", name, got)
		}
	}
	for challenge, ok := range map[string]bool{strings.Repeat("A", 43): true, strings.Repeat("A", 42): false, strings.Repeat("A", 44): false, strings.Repeat("A", 64): false, "": false} {
		if CodeChallengeWellFormed.Sound("S256", challenge) != ok {
			t.Errorf("a challenge of %d characters is accepted: %v", len(challenge), !ok)
		}
	}
}

// A redirect URI is the registered one, but for the port of this machine.
func TestSameRedirectURI(t *testing.T) {
	public, confidential := store.Client{AuthMethod: "none"}, store.Client{AuthMethod: "client_secret_basic"}
	native := store.Client{AuthMethod: "client_secret_basic", ClientMetadata: store.ClientMetadata{ApplicationType: "native"}}
	web := store.Client{AuthMethod: "none", ClientMetadata: store.ClientMetadata{ApplicationType: "web"}}
	for _, test := range []struct {
		client           store.Client
		registered, sent string
		same             bool
	}{
		{public, "http://127.0.0.1/cb", "http://127.0.0.1:8000/cb", true},
		{public, "http://127.0.0.1/cb", "http://u@127.0.0.1:8000/cb", false},
		{public, "http://127.0.0.1/cb", "http://127.0.0.2:8000/cb", false},
		{public, "http://127.0.0.1/cb", "http://%zz", false},
		{public, "http://%zz", "http://127.0.0.1/cb", false},
		{public, "https://127.0.0.1/cb", "https://127.0.0.1:8000/cb", false},
		{public, "http://localhost/cb", "http://localhost:8000/cb", true},
		{confidential, "http://localhost/cb", "http://localhost:8000/cb", false},
		{native, "http://localhost/cb", "http://localhost:8000/cb", true},
		{web, "http://localhost/cb", "http://localhost:8000/cb", false},
		{public, "http://a.example/cb", "http://a.example:8000/cb", false},
	} {
		if same := SameRedirectURI.Sound(test.client, test.registered, test.sent); same != test.same {
			t.Errorf("%s for %s: %v", test.sent, test.registered, same)
		}
	}
}

// A form is one of the session if it holds its secret; a session without one has none.
func TestFormOfSession(t *testing.T) {
	for _, test := range []struct {
		secret, given string
		is            bool
	}{{"a", "a", true}, {"a", "b", false}, {"a", "", false}, {"", "", false}, {"a", "aa", false}} {
		if FormOfSession.Sound(test.secret, test.given) != test.is {
			t.Errorf("%q with the secret %q: %v", test.given, test.secret, !test.is)
		}
	}
}

// A person who allows nothing, or only what is of no use alone, allows nothing.
func TestNothingIn(t *testing.T) {
	for _, test := range []struct {
		asked, allowed token.Scope
		nothing        bool
	}{
		{token.Scope{"a", "b"}, nil, true}, {token.Scope{"a", "b"}, token.Scope{"a"}, false},
		{token.Scope{"a", offlineAccess}, token.Scope{offlineAccess}, true}, {token.Scope{offlineAccess}, token.Scope{offlineAccess}, false},
		{token.Scope{"a", offlineAccess}, token.Scope{"a", offlineAccess}, false},
	} {
		if got := nothingIn(test.asked, test.allowed); got != test.nothing {
			t.Errorf("of %s it is nothing to allow %s: %v", test.asked, test.allowed, got)
		}
	}
	for _, test := range []struct {
		grants []string
		asked  token.Scope
		says   string
	}{
		{nil, token.Scope{"a"}, "one hour"}, {[]string{"refresh_token"}, token.Scope{"a", offlineAccess}, "If it may"},
		{[]string{"refresh_token"}, token.Scope{offlineAccess}, "This lasts until"}, {[]string{"refresh_token"}, token.Scope{"a"}, "This lasts until"},
	} {
		if got := lasting(store.Client{GrantTypes: test.grants}, test.asked); !strings.Contains(got, test.says) {
			t.Errorf("with %q, asked for %s: %s", test.grants, test.asked, got)
		}
	}
}

// A person recognizes a URI by its host, or by the scheme of an app.
func TestOriginOfURI(t *testing.T) {
	for uri, want := range map[string][2]string{
		"https://a.example:8443/cb": {"https://a.example:8443", "a.example:8443"}, "com.example.app:/cb": {"com.example.app:", "com.example.app:"}, "http://%zz/cb": {"http:", "http:"},
	} {
		if got := [2]string{origin(uri), returns(uri)}; got != want {
			t.Errorf("%s is known as %q", uri, got)
		}
	}
}

// An update of a registration names its client, leaves to the server what is the server's
// and repeats a secret at most.
func TestJudgeUpdate(t *testing.T) {
	hash := token.HashOf("secret")
	client, without := store.Client{ID: "c", Secret: &hash}, store.Client{ID: "c"}
	for name, test := range map[string]struct {
		client store.Client
		update oauth.ClientUpdate
		ok     bool
	}{
		"the least":           {client, oauth.ClientUpdate{ClientID: new("c")}, true},
		"without a client":    {client, oauth.ClientUpdate{}, false},
		"of another client":   {client, oauth.ClientUpdate{ClientID: new("d")}, false},
		"with its secret":     {client, oauth.ClientUpdate{ClientID: new("c"), ClientSecret: new("secret")}, true},
		"with another secret": {client, oauth.ClientUpdate{ClientID: new("c"), ClientSecret: new("other")}, false},
		"without any secret":  {without, oauth.ClientUpdate{ClientID: new("c"), ClientSecret: new("secret")}, false},
		"with a token":        {client, oauth.ClientUpdate{ClientID: new("c"), RegistrationAccessToken: new("t")}, false},
		"with a time":         {client, oauth.ClientUpdate{ClientID: new("c"), ClientIDIssuedAt: new(int64(1))}, false},
		"with an end":         {client, oauth.ClientUpdate{ClientID: new("c"), ClientSecretExpiresAt: new(int64(0))}, false},
		"with a URI":          {client, oauth.ClientUpdate{ClientID: new("c"), RegistrationClientURI: new("https://as.example.com")}, false},
	} {
		if refused := judgeUpdate(test.client, test.update); (refused == nil) != test.ok {
			t.Errorf("%s: %v", name, refused)
		}
	}
}

// Members with a language tag are kept if people read them, and within bounds.
func TestLocalized(t *testing.T) {
	for name, value := range map[string]any{
		"client_name": "A", "client_name#": "A", "client_name#" + strings.Repeat("x", 65): "A", "client_name#d\u202ee": "A", "client_name#de": 1, "scope#de": "A",
		"client_name#fr": strings.Repeat("x", clientmetadata.MaxURI+1),
	} {
		if kept := localized(map[string]any{name: value}); len(kept) > 0 {
			t.Errorf("%q is kept", name)
		}
	}
	many := map[string]any{}
	for i := range clientmetadata.MaxLocalized + 5 {
		many["client_name#"+strings.Repeat("x", i+1)] = "A"
	}
	if kept := localized(many); len(kept) != clientmetadata.MaxLocalized {
		t.Errorf("%d are kept", len(kept))
	}
	if kept := localized(map[string]any{"client_name#de": "A", "policy_uri#de": "B"}); len(kept) != 2 {
		t.Errorf("kept are %v", kept)
	}
}

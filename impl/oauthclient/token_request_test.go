package oauthclient_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/oauthclient"
)

func TestTokenResponses(t *testing.T) {
	for name, test := range map[string]struct {
		tokens object
		answer http.HandlerFunc
		says   string // Empty: the token is used.
	}{
		"bearer":              {object{"token_type": "bearer"}, nil, ""},
		"BEARER":              {object{"token_type": "BEARER"}, nil, ""},
		"no lifetime":         {object{"expires_in": nil}, nil, ""},
		"no scope":            {object{"scope": nil}, nil, ""},
		"a narrower scope":    {object{"scope": "x"}, nil, ""},
		"unknown members":     {object{"x": []int{1}}, nil, ""},
		"no refresh token":    {object{"refresh_token": nil}, nil, ""},
		"an empty one":        {object{"refresh_token": ""}, nil, ""},
		"a mac token":         {object{"token_type": "mac"}, nil, `of the type "mac"`},
		"a DPoP token":        {object{"token_type": "DPoP"}, nil, `of the type "DPoP"`},
		"no type":             {object{"token_type": nil}, nil, `of the type ""`},
		"no token":            {object{"access_token": nil}, nil, "empty or has characters"},
		"a token with a line": {object{"access_token": "a\r\nX-Injected: 1"}, nil, "empty or has characters"},
		"HTML":                {nil, page, "something else than the JSON"},
		"without an end":      {nil, huge, "longer than 1 MiB"},
		"redirected":          {nil, away, "redirects with status 302"},
		"a broken server":     {nil, abort, "cannot be reached"},
		"a server error":      {nil, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, "status 500 and no OAuth error"},
		"an error that repeats secrets": {nil, func(w http.ResponseWriter, r *http.Request) {
			_ = r.ParseForm()
			writeJSON(w, 400, object{"error": "invalid_request", "error_description": "code " + r.PostForm.Get("code") + "\n\x1b[1m" + r.PostForm.Get("code_verifier")})
		}, "refuses with invalid_request (code [redacted]"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSystem(t)
			s.tokens = test.tokens
			if test.answer != nil {
				s.answers["/token"] = test.answer
			}
			h := newHandler(t, s.handlerConfig())
			if test.says == "" {
				mustCall(t, h, s)
				return
			}
			wants(t, mustFail(t, h, s), oauthclient.StepToken, test.says)
			if len(s.shown) != 1 {
				t.Errorf("the MCP server saw the tokens %q", s.shown)
			}
		})
	}
}

// How a client authenticates follows from what it has, and from what the server
// supports.
func TestClientAuthentication(t *testing.T) {
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte("a+b:s%3A"+canary))
	for name, test := range map[string]struct {
		supported any
		secret    string
		basic     string
		posted    string
		says      string
	}{
		"a public client":       {[]string{"client_secret_basic", "none"}, "", "", "", ""},
		"where nothing is said": {nil, "s:" + canary, basic, "", ""},
		"with basic and post":   {[]string{"client_secret_post", "client_secret_basic"}, "s:" + canary, basic, "", ""},
		"with post alone":       {[]string{"client_secret_post"}, "s:" + canary, "", "s:" + canary, ""},
		"with neither":          {[]string{"private_key_jwt"}, "s:" + canary, "", "", "supports neither"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSystem(t)
			s.metadata = object{"token_endpoint_auth_methods_supported": test.supported}
			config := s.handlerConfig()
			config.Credentials = []oauthclient.Credentials{{Issuer: s.AS.URL, ClientID: "a b", ClientSecret: test.secret}}
			h := newHandler(t, config)
			if test.says != "" {
				wants(t, mustFail(t, h, s), oauthclient.StepToken, test.says)
				return
			}
			mustCall(t, h, s)
			request := s.requests[0]
			if request.authorization != test.basic || request.Get("client_secret") != test.posted || test.basic == "" && request.Get("client_id") != "a b" {
				t.Errorf("it sends %q and %v", request.authorization, request.Values)
			}
		})
	}
}

// Without a person, a client proves who it is, for the resource too, and renews
// what it has without a refresh token.
func TestClientCredentials(t *testing.T) {
	s := newSystem(t)
	s.metadata = object{"authorization_endpoint": nil, "code_challenge_methods_supported": nil, "grant_types_supported": []string{"client_credentials"}}
	config, now := s.handlerConfig(), new(clock)
	config.Now, config.Grant, config.Registration = now.now, oauthclient.GrantClientCredentials, nil
	config.Credentials = []oauthclient.Credentials{{Issuer: s.AS.URL, ClientID: "machine", ClientSecret: "secret-" + canary}}
	h := newHandler(t, config)
	mustCall(t, h, s)
	now.advance(3595 * time.Second)
	mustCall(t, h, s)
	s.change(func() { s.needs = "tasks:write" })
	mustCall(t, h, s)
	for i, scope := range []string{"tasks:read", "tasks:read", "tasks:read tasks:write"} {
		request := s.requests[i]
		if request.Get("grant_type") != "client_credentials" || request.Get("resource") != s.server() || request.Get("scope") != scope || request.authorization == "" {
			t.Errorf("token request %d is %v", i+1, request.Values)
		}
	}
	if len(s.authorizations) != 0 || len(s.requests) != 3 {
		t.Errorf("%d authorizations, %d token requests", len(s.authorizations), len(s.requests))
	}
}

func TestPrivateKeyJWT(t *testing.T) {
	p256, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	p384, _ := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	rsaKey, _ := rsa.GenerateKey(rand.Reader, 2048)
	_, edKey, _ := ed25519.GenerateKey(rand.Reader)
	for want, key := range map[string]any{"ES256": p256, "ES384": p384, "RS256": rsaKey, "EdDSA": edKey} {
		t.Run(want, func(t *testing.T) {
			encoded, _ := x509.MarshalPKCS8PrivateKey(key)
			signer, err := oauthclient.ParseKey(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: encoded}))
			if err != nil {
				t.Fatal(err)
			}
			s := newSystem(t)
			config := s.handlerConfig()
			config.Grant, config.Now = oauthclient.GrantClientCredentials, time.Now
			config.Credentials = []oauthclient.Credentials{{Issuer: s.AS.URL, ClientID: "machine", Key: &oauthclient.Key{Signer: signer, ID: "k1"}}}
			mustCall(t, newHandler(t, config), s)
			form := s.requests[0]
			parsed, err := jwt.Parse(form.Get("client_assertion"), func(*jwt.Token) (any, error) { return signer.Public(), nil },
				jwt.WithIssuer("machine"), jwt.WithSubject("machine"), jwt.WithAudience(s.AS.URL), jwt.WithExpirationRequired(), jwt.WithValidMethods([]string{want}))
			if err != nil || parsed.Header["kid"] != "k1" || form.Get("client_assertion_type") == "" || form.Get("resource") != s.server() || form.authorization != "" {
				t.Errorf("%v; the request is %v", err, form.Values)
			}
			audience, _ := parsed.Claims.GetAudience()
			if len(audience) != 1 {
				t.Errorf("the assertion is for %v", audience)
			}
			s.metadata = object{"token_endpoint_auth_signing_alg_values_supported": []string{"PS512"}}
			wants(t, mustFail(t, newHandler(t, config), s), oauthclient.StepToken, "takes no assertions that are signed with")
			s.metadata = object{"token_endpoint_auth_methods_supported": []string{"none"}}
			wants(t, mustFail(t, newHandler(t, config), s), oauthclient.StepToken, "does not support private_key_jwt")
		})
	}
	for _, text := range []string{"", "x", "-----BEGIN PRIVATE KEY-----\neA==\n-----END PRIVATE KEY-----"} {
		if _, err := oauthclient.ParseKey([]byte(text)); err == nil || !strings.HasPrefix(err.Error(), "the private key ") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

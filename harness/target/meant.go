package target

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/nearest"
)

// authMethods are the ways in which a client of the target file can authenticate
// (https://www.iana.org/assignments/oauth-parameters/oauth-parameters.xhtml#token-endpoint-auth-method).
var authMethods = []string{"client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none"}

// grantTypes are those with a short name (RFC 7591 section 2,
// https://www.rfc-editor.org/rfc/rfc7591#section-2).
var grantTypes = []string{"authorization_code", "implicit", "password", "client_credentials", "refresh_token"}

// Profiles are the names that a target file can have in profiles.
func Profiles() []string {
	var schema struct {
		Properties struct {
			Profiles struct {
				Items struct{ Enum []string }
			}
		}
	}
	_ = json.Unmarshal(TargetSchema, &schema) // It is ours, and a test reads it.
	return schema.Properties.Profiles.Items.Enum
}

// oneOf is what is wrong with a word that has to be one of some; nil for nothing.
func oneOf(key, what, word string, words []string) error {
	if slices.Contains(words, word) {
		return nil
	}
	return fmt.Errorf("%s: there is no %s %q%s; write one of %s", key, what, word, nearest.Hint(word, words), strings.Join(words, ", "))
}

// checkWords finds words that no list has: profiles, grant types, authentication
// methods, and the words in brackets.
func (t *Target) checkWords() []error {
	var problems []error
	add := func(err error) {
		if err != nil {
			problems = append(problems, err)
		}
	}
	for i, name := range t.Profiles {
		add(oneOf(fmt.Sprintf("profiles.%d", i), "profile", name, Profiles()))
	}
	for name, client := range t.Clients {
		if client.AuthMethod != "" {
			add(oneOf("clients."+name+".token_endpoint_auth_method", "authentication method", client.AuthMethod, authMethods))
		}
		for _, grant := range client.GrantTypes {
			if nearest.Hint(grant, grantTypes) != "" { // Servers have others of their making.
				add(oneOf("clients."+name+".grant_types", "grant type", grant, grantTypes))
			}
		}
		for _, uri := range client.RedirectURIs {
			add(checkRedirectURI("clients."+name+".redirect_uris", uri))
		}
	}
	if audience := t.AuthorizationServer.AssertionAudience; audience != "" {
		add(oneOf("authorization_server.assertion_audience", "audience", audience, []string{AudienceIssuer, AudienceTokenEndpoint}))
	}
	for i, step := range t.ResourceOwner.Steps {
		for _, value := range step.Fill {
			if strings.HasPrefix(value, "(") && strings.HasSuffix(value, ")") {
				add(oneOf(fmt.Sprintf("resource_owner.steps.%d.fill", i), "word", value, []string{"(username)", "(password)"}))
			}
		}
	}
	return problems
}

// checkRedirectURI: it is an absolute URI without a fragment (RFC 6749 section
// 3.1.2, https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2).
func checkRedirectURI(key, uri string) error {
	parsed, err := url.Parse(uri)
	switch {
	case err != nil || !parsed.IsAbs():
		return fmt.Errorf("%s: %q is no absolute URI; write it with its scheme, such as http://127.0.0.1:8765/callback", key, uri)
	case strings.Contains(uri, "#"):
		return fmt.Errorf("%s: %q has a fragment, which no redirect URI has; write it without", key, uri)
	}
	return nil
}

// checkAmounts finds limits that would stop everything, and clients that have to
// differ and do not.
func (t *Target) checkAmounts() []error {
	var problems []error
	if t.Limits.RequestsPerSecond < 0 {
		problems = append(problems, fmt.Errorf("limits.requests_per_second: %d is less than 1; leave it out for no limit", t.Limits.RequestsPerSecond))
	}
	if t.Limits.Timeout < 0 {
		problems = append(problems, fmt.Errorf("limits.timeout: %s is less than nothing; write it such as 10s", t.Limits.Timeout))
	}
	for _, name := range []string{"confidential", "public"} {
		if second := t.Clients["second"]; second.ID != "" && second.ID == t.Clients[name].ID {
			problems = append(problems, fmt.Errorf("clients.second.client_id: %q is the client_id of clients.%s, too; name another client, or leave clients.second out", second.ID, name))
		}
	}
	return problems
}

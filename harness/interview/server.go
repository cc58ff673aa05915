package interview

import (
	"context"
	"errors"
	"strings"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/reach"
	"github.com/grantproof/grantproof/impl/printable"
)

// authorizationServer finds the one of an API or MCP server, and its metadata.
func (i *interview) authorizationServer(ctx context.Context) error {
	if i.target.AuthorizationServer.Issuer == "" {
		run := i.run()
		byDefault := ""
		if err := run.FindIssuer(ctx); err == nil {
			byDefault = run.Target.AuthorizationServer.Issuer
		}
		// What a server names is not what the person typed: where the examiner would not
		// go, the file does not send it.
		var refusal *reach.Refusal
		if _, err := run.DocumentOf(ctx, byDefault); byDefault != "" && errors.As(err, &refusal) {
			i.say("It names %s as its authorization server, which is not taken: %s.", printable.Line(byDefault), refusal.Because)
			byDefault = ""
		}
		issuer, err := i.ask("Issuer of its authorization server", byDefault, orNothing(isURL))
		if err != nil || issuer == "" {
			return err
		}
		i.target.AuthorizationServer.Issuer = issuer
	}
	issuer := i.target.AuthorizationServer.Issuer
	document, err := i.run().DocumentOf(ctx, issuer)
	if err != nil {
		i.say("It publishes no metadata (%s).", strings.ReplaceAll(err.Error(), "\n", "; "))
		return i.endpoints()
	}
	i.found = document
	i.say("Its metadata name %d members.", len(document))
	if named, _ := document["issuer"].(string); named != issuer {
		if other, err := i.run().DocumentOf(ctx, named); err == nil && other["issuer"] == named {
			i.say("It calls itself %s, which is what is written.", named)
			i.target.AuthorizationServer.Issuer = named
		}
	}
	return nil
}

// endpoints asks for what metadata would tell.
func (i *interview) endpoints() error {
	base := strings.TrimSuffix(i.target.AuthorizationServer.Issuer, "/")
	metadata := map[string]any{}
	for _, endpoint := range []struct{ member, question, path string }{
		{"token_endpoint", "Token endpoint", "/token"},
		{"authorization_endpoint", "Authorization endpoint", "/authorize"},
		{"introspection_endpoint", "Introspection endpoint", ""},
		{"revocation_endpoint", "Revocation endpoint", ""},
	} {
		byDefault := ""
		if endpoint.path != "" {
			byDefault = base + endpoint.path
		}
		address, err := i.ask(endpoint.question, byDefault, orNothing(isURL))
		if err != nil {
			return err
		}
		if address != "" {
			metadata[endpoint.member] = address
		}
	}
	grants, err := i.ask("Grant types", "authorization_code client_credentials refresh_token", anything)
	if err != nil {
		return err
	}
	metadata["grant_types_supported"] = words(grants)
	if strings.Contains(grants, "authorization_code") {
		metadata["response_types_supported"] = []any{"code"}
		pkce, err := i.confirm("Does it support PKCE, with S256?")
		if err != nil {
			return err
		}
		if pkce {
			metadata["code_challenge_methods_supported"] = []any{"S256"}
		}
	}
	i.target.AuthorizationServer.Metadata, i.found = metadata, metadata
	return nil
}

// has tells whether a list of the metadata holds a value; listed whether there
// is a list.
func (i *interview) has(member, value string) (has, listed bool) {
	list, listed := i.found[member].([]any)
	for _, each := range list {
		has = has || each == value
	}
	return has, listed
}

// offers tells whether the server offers a grant: left out, the list means
// authorization_code (RFC 8414 section 2,
// https://www.rfc-editor.org/rfc/rfc8414#section-2).
func (i *interview) offers(grant string) bool {
	has, listed := i.has("grant_types_supported", grant)
	_, endpoint := i.found["authorization_endpoint"]
	return has && (grant != "authorization_code" || endpoint) || !listed && grant == "authorization_code" && endpoint
}

// scopes are those of resources that the metadata name.
func (i *interview) scopes() string {
	var names []string
	listed, _ := i.found["scopes_supported"].([]any)
	for _, each := range listed {
		if name, isText := each.(string); isText {
			names = append(names, name)
		}
	}
	return acts.ScopesOfResources(names)
}

func words(text string) []any {
	var all []any
	for word := range strings.FieldsSeq(text) {
		all = append(all, word)
	}
	return all
}

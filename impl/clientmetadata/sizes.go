package clientmetadata

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/grantproof/grantproof/impl/store"
)

// The most that is kept of one client, in characters and in number. The schema of a registration says the
// same, but does not see software statements, metadata documents and commands.
const (
	MaxText         = 256      // Of a text for people or of a word.
	MaxURI          = 2048     // Of a URI, and of a list of scopes.
	MaxRedirectURIs = 32       // More than any application has places.
	MaxList         = 16       // Grant types, contacts.
	MaxLocalized    = 64       // Texts with a language tag.
	MaxKeys         = 32 << 10 // Of a JWK Set: forty RSA keys of 4096 bits.
	MaxStatement    = 16 << 10 // Of a software statement.
	MaxTotal        = 40 << 10 // Of all of it together, in bytes.
)

// judgeSizes: a stranger who registers does not choose how much is remembered
// (RFC 7591 section 5, https://www.rfc-editor.org/rfc/rfc7591#section-5).
func judgeSizes(client store.Client) *Flaw {
	total := 0
	for _, text := range textsOf(client) {
		total += len(text.member) + len(text.value)
		if utf8.RuneCountInString(text.value) > text.most {
			return flaw(text.member, "it has more than %d characters", text.most)
		}
	}
	for _, list := range []struct {
		member       string
		values       []string
		most, length int
	}{
		{"redirect_uris", client.RedirectURIs, MaxRedirectURIs, MaxURI},
		{"grant_types", client.GrantTypes, MaxList, MaxText},
		{"contacts", client.Contacts, MaxList, MaxText},
	} {
		if len(list.values) > list.most {
			return flaw(list.member, "there are more than %d", list.most)
		}
		if slices.ContainsFunc(list.values, func(value string) bool { return utf8.RuneCountInString(value) > list.length }) {
			return flaw(list.member, "one of them has more than %d characters", list.length)
		}
		total += len(strings.Join(list.values, ""))
	}
	if total > MaxTotal {
		return flaw("client metadata", "all members together have more than %d bytes", MaxTotal)
	}
	if len(client.Localized) > MaxLocalized {
		return flaw("client_name", "it is in more than %d languages", MaxLocalized)
	}
	return nil
}

// text is one member with the most bytes that it may have.
type text struct {
	member, value string
	most          int
}

// textsOf are all members of a client that are texts.
func textsOf(client store.Client) []text {
	texts := []text{
		{"client_name", client.Name, MaxText},
		{"application_type", client.ApplicationType, MaxText},
		{"token_endpoint_auth_method", client.AuthMethod, MaxText},
		{"client_uri", client.URI, MaxURI},
		{"logo_uri", client.LogoURI, MaxURI},
		{"tos_uri", client.TermsURI, MaxURI},
		{"policy_uri", client.PolicyURI, MaxURI},
		{"jwks_uri", client.JWKSURI, MaxURI},
		{"jwks", string(client.JWKS), MaxKeys},
		{"scope", client.Scope.String(), MaxURI},
		{"software_id", client.SoftwareID, MaxText},
		{"software_version", client.SoftwareVersion, MaxText},
		{"software_statement", client.SoftwareStatement, MaxStatement},
	}
	for _, name := range slices.Sorted(maps.Keys(client.Localized)) {
		texts = append(texts, text{name, client.Localized[name], MaxURI})
	}
	return texts
}

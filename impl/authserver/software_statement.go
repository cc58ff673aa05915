package authserver

import (
	"maps"
	"slices"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// withStatement is the metadata of a registration with that of its software
// statement.
func withStatement(r *realm.Realm, metadata oauth.ClientMetadata) (oauth.ClientMetadata, *wire.Error) {
	if metadata.SoftwareStatement == nil {
		return metadata, nil
	}
	claims, refused := SoftwareStatement.In(r)(r, *metadata.SoftwareStatement)
	if refused != nil {
		return metadata, refused
	}
	members := map[string]any{}
	err := recode(metadata, &members)
	maps.DeleteFunc(claims, func(name string, claim any) bool { return slices.Contains(ofJWT, name) || claim == nil })
	var stated oauth.ClientMetadata
	if err != nil || recode(StatedMetadata.In(r)(members, claims), &stated) != nil {
		return metadata, invalidStatement("one of its claims is not of the type of the member of its name")
	}
	return stated, nil
}

// ofJWT are the claims of a statement that are about itself and not about the
// client, and the one that would hold another statement.
var ofJWT = []string{"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "software_statement"}

// StatedMetadata puts the metadata of a client together. What somebody trusted says of
// the client goes before what the client says itself (RFC 7591 section 2,
// https://www.rfc-editor.org/rfc/rfc7591#section-2).
var StatedMetadata = rule.New(func(said, stated map[string]any) map[string]any {
	all := maps.Clone(said)
	maps.Copy(all, stated)
	return all
})

// SoftwareStatement judges a software statement and returns its claims (RFC 7591
// section 2.3, https://www.rfc-editor.org/rfc/rfc7591#section-2.3).
var SoftwareStatement = rule.New(func(r *realm.Realm, raw string) (map[string]any, *wire.Error) {
	statement, err := readAssertion(raw)
	if err != nil {
		return nil, invalidStatement("it is not a JWT")
	}
	name, _ := statement.Claims["iss"].(string)
	issuer := func(issuer realm.StatementIssuer) bool { return issuer.Issuer == name }
	switch i := slices.IndexFunc(r.Policy().StatementIssuers, issuer); {
	// A statement that nobody stands for says nothing.
	case name == "":
		return nil, invalidStatement("iss is missing: nobody says who made it")
	case statement.Algorithm == "none":
		return nil, invalidStatement("it is not signed")
	case i < 0:
		return nil, &wire.Error{Code: "unapproved_software_statement", Description: "its issuer is not one that this server trusts"}
	case !statement.verifiedBy(statement.fitting(r.Policy().StatementIssuers[i].Keys), token.Algorithms):
		return nil, invalidStatement("no key of its issuer verifies it")
	}
	return maps.Clone(statement.Claims), judgeStatementClaims(r, statement.Claims)
})

// judgeStatementClaims: a statement need not end or be for one server, but one
// that says so is held to it (RFC 7519 section 4.1,
// https://www.rfc-editor.org/rfc/rfc7519#section-4.1).
func judgeStatementClaims(r *realm.Realm, claims jwt.MapClaims) *wire.Error {
	now := r.Clock.Now()
	expires, expiresErr := claims.GetExpirationTime()
	begins, beginsErr := claims.GetNotBefore()
	audience, audienceErr := claims.GetAudience()
	switch {
	case expiresErr != nil || beginsErr != nil || audienceErr != nil:
		return invalidStatement("exp, nbf or aud is not of its type")
	case expires != nil && !now.Before(expires.Add(assertionSkew)):
		return invalidStatement("it has expired")
	case begins != nil && begins.After(now.Add(assertionSkew)):
		return invalidStatement("its time has not come")
	case len(audience) > 0 && !slices.Contains(audience, r.Issuer):
		return invalidStatement("it is for another authorization server")
	}
	return nil
}

// invalidStatement refuses a statement (RFC 7591 section 3.2.2,
// https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2).
func invalidStatement(description string) *wire.Error {
	return &wire.Error{Code: "invalid_software_statement", Description: description}
}

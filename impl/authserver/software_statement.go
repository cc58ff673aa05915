package authserver

import (
	"slices"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// withStatement is the metadata of a registration with that of its software
// statement. What somebody trusted says of the client goes before what the
// client says itself (RFC 7591 section 2,
// https://www.rfc-editor.org/rfc/rfc7591#section-2).
func withStatement(r *realm.Realm, metadata oauth.ClientMetadata) (oauth.ClientMetadata, *wire.Error) {
	if metadata.SoftwareStatement == nil {
		return metadata, nil
	}
	claims, refused := readStatement(r, *metadata.SoftwareStatement)
	if refused != nil {
		return metadata, refused
	}
	members := map[string]any{}
	err := recode(metadata, &members)
	for name, claim := range claims {
		if _, both := members[name]; !both || !r.Faults().Has(faultname.PlainMetadataPrecedes) {
			members[name] = claim
		}
	}
	var stated oauth.ClientMetadata
	if err != nil || recode(members, &stated) != nil {
		return metadata, invalidStatement(r, "one of its claims is not of the type of the member of its name")
	}
	return stated, nil
}

// ofJWT are the claims of a statement that are about itself and not about the
// client, and the one that would hold another statement.
var ofJWT = []string{"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "software_statement"}

// readStatement returns what a software statement says of the client, if it is
// valid (RFC 7591 section 2.3, https://www.rfc-editor.org/rfc/rfc7591#section-2.3).
func readStatement(r *realm.Realm, raw string) (map[string]any, *wire.Error) {
	read, err := readAssertion(raw)
	if err != nil {
		return nil, invalidStatement(r, "it is not a JWT")
	}
	if refused := judgeStatement(r, read); refused != nil {
		return nil, refused
	}
	claims := map[string]any{}
	for name, claim := range read.Claims {
		if !slices.Contains(ofJWT, name) && claim != nil {
			claims[name] = claim
		}
	}
	return claims, nil
}

func judgeStatement(r *realm.Realm, statement Assertion) *wire.Error {
	faults, trusted := r.Faults(), r.Policy().StatementIssuers
	name, _ := statement.Claims["iss"].(string)
	if name == "" && faults.Has(faultname.StatementIssuerOptional) && len(trusted) > 0 {
		name = trusted[0].Issuer
	}
	// A statement that nobody stands for says nothing.
	if name == "" {
		return invalidStatement(r, "iss is missing: nobody says who made it")
	}
	if statement.Algorithm == "none" && !faults.Has(faultname.UnsignedStatementAccepted) {
		return invalidStatement(r, "it is not signed")
	}
	i := slices.IndexFunc(trusted, func(issuer realm.StatementIssuer) bool { return issuer.Issuer == name })
	if i < 0 && faults.Has(faultname.AnyStatementApproved) {
		return nil
	}
	if i < 0 {
		return &wire.Error{Code: "unapproved_software_statement", Description: "its issuer is not one that this server trusts"}
	}
	if !statement.verifiedBy(statement.fitting(trusted[i].Keys), token.Algorithms) && !faults.Has(faultname.StatementSignatureNotChecked) && statement.Algorithm != "none" {
		return invalidStatement(r, "no key of its issuer verifies it")
	}
	return judgeStatementClaims(r, statement.Claims)
}

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
		return invalidStatement(r, "exp, nbf or aud is not of its type")
	case r.Faults().Has(faultname.StatementClaimsNotChecked):
		return nil
	case expires != nil && !now.Before(expires.Add(assertionSkew)):
		return invalidStatement(r, "it has expired")
	case begins != nil && begins.After(now.Add(assertionSkew)):
		return invalidStatement(r, "its time has not come")
	case len(audience) > 0 && !slices.Contains(audience, r.Issuer):
		return invalidStatement(r, "it is for another authorization server")
	}
	return nil
}

// invalidStatement refuses a statement (RFC 7591 section 3.2.2,
// https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2).
func invalidStatement(r *realm.Realm, description string) *wire.Error {
	if r.Faults().Has(faultname.StatementErrorRenamed) {
		return invalidMetadata("software_statement: " + description)
	}
	return &wire.Error{Code: "invalid_software_statement", Description: description}
}

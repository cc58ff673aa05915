package fault

import (
	"net/http"
	"slices"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Fault{
	{
		Name:     "plain-metadata-precedes",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/statement-precedence"},
		Summary:  "Plain registration values override those of the software statement.",
		Rules: func(in rule.Replaced) {
			held := authserver.StatedMetadata.In(in)
			authserver.StatedMetadata.Replace(in, func(said, stated map[string]any) map[string]any {
				return held(stated, said)
			})
		},
	},
	{
		Name:     "statement-issuer-optional",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2.3/statement-issuer"},
		Summary:  "A software statement without iss is accepted.",
		Rules:    believingStatement("iss is missing: nobody says who made it"),
	},
	{
		Name:     "unsigned-statement-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2.3/statement-signed"},
		Summary:  "An unsigned software statement is accepted.",
		Rules:    believingStatement("it is not signed"),
	},
	{
		Name:     "any-statement-approved",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/unapproved-software-statement"},
		Summary:  "A software statement of any issuer is trusted.",
		Rules:    believingStatement("its issuer is not one that this server trusts"),
	},
	{
		Name:     "statement-signature-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/invalid-software-statement"},
		Summary:  "The signature of a software statement is not checked.",
		Rules:    believingStatement("no key of its issuer verifies it"),
	},
	{
		Name:     "statement-claims-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/invalid-software-statement"},
		Summary:  "The expiry and audience of a software statement are not checked.",
		Rules:    believingStatement("it has expired", "its time has not come", "it is for another authorization server"),
	},
	{
		Name:     "statement-error-renamed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/invalid-software-statement"},
		Summary:  "An invalid software statement is refused with invalid_client_metadata.",
		Answer: onRegistration("*", http.StatusBadRequest, func(r *seam.Response) {
			if seam.Members(r)["error"] == "invalid_software_statement" {
				seam.With("error", "invalid_client_metadata")(r)
			}
		}),
	},
})

// believingStatement believes a software statement that is refused for one of these reasons.
func believingStatement(reasons ...string) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.SoftwareStatement.In(in)
		authserver.SoftwareStatement.Replace(in, func(r *realm.Realm, raw string) (map[string]any, *wire.Error) {
			claims, refused := held(r, raw)
			if refused == nil || !slices.Contains(reasons, refused.Description) {
				return claims, refused
			}
			believed := jwt.MapClaims{}
			_, _, _ = jwt.NewParser().ParseUnverified(raw, believed)
			return believed, nil
		})
	}
}

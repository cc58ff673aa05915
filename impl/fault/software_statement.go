package fault

var _ = add([]Fault{
	{
		Name:     "plain-metadata-precedes",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/statement-precedence"},
		Summary:  "Plain registration values override those of the software statement.",
	},
	{
		Name:     "statement-issuer-optional",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2.3/statement-issuer"},
		Summary:  "A software statement without iss is accepted.",
	},
	{
		Name:     "unsigned-statement-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2.3/statement-signed"},
		Summary:  "An unsigned software statement is accepted.",
	},
	{
		Name:     "any-statement-approved",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/unapproved-software-statement"},
		Summary:  "A software statement of any issuer is trusted.",
	},
	{
		Name:     "statement-signature-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/invalid-software-statement"},
		Summary:  "The signature of a software statement is not checked.",
	},
	{
		Name:     "statement-claims-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/invalid-software-statement"},
		Summary:  "The expiry and audience of a software statement are not checked.",
	},
	{
		Name:     "statement-error-renamed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/invalid-software-statement"},
		Summary:  "An invalid software statement is refused with invalid_client_metadata.",
	},
})

package fault

var _ = add([]Fault{
	{
		Name:     "plain-metadata-precedes",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/statement-precedence"},
		Summary:  "What a client says of itself goes before its software statement.",
	},
	{
		Name:     "statement-issuer-optional",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2.3/statement-issuer"},
		Summary:  "A software statement need not say who made it.",
	},
	{
		Name:     "unsigned-statement-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2.3/statement-signed"},
		Summary:  "A software statement need not be signed.",
	},
	{
		Name:     "any-statement-approved",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/unapproved-software-statement"},
		Summary:  "A software statement of anybody is trusted.",
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
		Summary:  "A software statement is valid for ever, and everywhere.",
	},
	{
		Name:     "statement-error-renamed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/invalid-software-statement"},
		Summary:  "A software statement that is not valid is refused as other metadata is.",
	},
})

package fault

import "net/http"

// Faults of the authorization server in how it reads software statements.
const (
	PlainMetadataPrecedes        Name = "plain-metadata-precedes"
	StatementIssuerOptional      Name = "statement-issuer-optional"
	UnsignedStatementAccepted    Name = "unsigned-statement-accepted"
	AnyStatementApproved         Name = "any-statement-approved"
	StatementSignatureNotChecked Name = "statement-signature-not-checked"
	StatementClaimsNotChecked    Name = "statement-claims-not-checked"
	StatementErrorRenamed        Name = "statement-error-renamed"
	StatementNotReturned         Name = "statement-not-returned"
	StatementValuesNotReturned   Name = "statement-values-not-returned"
)

var softwareStatement = []Fault{
	{PlainMetadataPrecedes, AuthorizationServer, ids{"rfc7591-2/statement-precedence"}, "What a client says of itself goes before its software statement."},
	{StatementIssuerOptional, AuthorizationServer, ids{"rfc7591-2.3/statement-issuer"}, "A software statement need not say who made it."},
	{UnsignedStatementAccepted, AuthorizationServer, ids{"rfc7591-2.3/statement-signed"}, "A software statement need not be signed."},
	{AnyStatementApproved, AuthorizationServer, ids{"rfc7591-3.2.2/unapproved-software-statement"}, "A software statement of anybody is trusted."},
	{StatementSignatureNotChecked, AuthorizationServer, ids{"rfc7591-3.2.2/invalid-software-statement"}, "The signature of a software statement is not checked."},
	{StatementClaimsNotChecked, AuthorizationServer, ids{"rfc7591-3.2.2/invalid-software-statement"}, "A software statement is valid for ever, and everywhere."},
	{StatementErrorRenamed, AuthorizationServer, ids{"rfc7591-3.2.2/invalid-software-statement"}, "A software statement that is not valid is refused as other metadata is."},
	{StatementNotReturned, AuthorizationServer, ids{"rfc7591-3.2.1/statement-returned"}, "The answer to a registration does not return its software statement."},
	{StatementValuesNotReturned, AuthorizationServer, ids{"rfc7591-3.2.1/statement-values-returned"}, "What a software statement says is in the statement alone when it comes back."},
}

var softwareStatementEdits = map[Name]func(*http.Request, *Response){
	StatementNotReturned: onRegistration("POST", http.StatusCreated, without("software_statement")),
	StatementValuesNotReturned: onRegistration("POST", http.StatusCreated, func(r *Response) {
		if _, stated := members(r)["software_statement"]; stated {
			without("software_version")(r)
		}
	}),
}

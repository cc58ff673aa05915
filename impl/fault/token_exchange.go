package fault

import "net/http"

// Faults of the authorization server in exchanging tokens, and of the protected
// resource in reading what came of it.
const (
	MissingSubjectTokenMisreported Name = "missing-subject-token-misreported"
	SubjectTokenTypeOptional       Name = "subject-token-type-optional"
	ActorTokenTypeOptional         Name = "actor-token-type-optional"
	PublicClientExchanges          Name = "public-client-exchanges"
	TokenOfOthersExchanged         Name = "token-of-others-exchanged"
	SubjectTokenNotVerified        Name = "subject-token-not-verified"
	ExpiredSubjectTokenExchanged   Name = "expired-subject-token-exchanged"
	RevokedSubjectTokenExchanged   Name = "revoked-subject-token-exchanged"
	ActorTokenNotVerified          Name = "actor-token-not-verified"
	ActorTokenOfOthersAccepted     Name = "actor-token-of-others-accepted"
	BadSubjectTokenMisreported     Name = "bad-subject-token-misreported"
	BadActorTokenMisreported       Name = "bad-actor-token-misreported"
	RequestedTokenTypeIgnored      Name = "requested-token-type-ignored"
	IDTokenIssuedAsBearer          Name = "id-token-issued-as-bearer"
	IssuedTokenTypeMissing         Name = "issued-token-type-missing"
	RefreshTokenForExchange        Name = "refresh-token-for-exchange"
	UnknownAudienceIgnored         Name = "unknown-audience-ignored"
	ActorNotNamed                  Name = "actor-not-named"
	EarlierActorsForgotten         Name = "earlier-actors-forgotten"
	ActorsInReverse                Name = "actors-in-reverse"
	ActorWithExpiry                Name = "actor-with-expiry"
	IntrospectedActorAsText        Name = "introspected-actor-as-text"
	ClientOfSubjectTokenKept       Name = "client-of-subject-token-kept"
	ExchangedScopeAsList           Name = "exchanged-scope-as-list"
	MayActIgnored                  Name = "may-act-ignored"
	ScopeBeyondSubjectToken        Name = "scope-beyond-subject-token"
	ScopeBeyondExchangingClient    Name = "scope-beyond-exchanging-client"
	ExchangedTokenOutlivesSubject  Name = "exchanged-token-outlives-subject"
	ExchangedTokenOutlivesGrant    Name = "exchanged-token-outlives-grant"
	SubjectTokenUsedUp             Name = "subject-token-used-up"
	PriorActorDecides              Name = "prior-actor-decides"
)

var tokenExchange = []Fault{
	{MissingSubjectTokenMisreported, AuthorizationServer, ids{"rfc8693-2.1/required-parameters"}, "A token exchange without a subject token is answered with invalid_grant."},
	{SubjectTokenTypeOptional, AuthorizationServer, ids{"rfc8693-2.1/required-parameters"}, "A token is exchanged without its type."},
	{ActorTokenTypeOptional, AuthorizationServer, ids{"rfc8693-2.1/actor-token-type"}, "An actor token without its type is accepted, and a type without an actor token."},
	{PublicClientExchanges, AuthorizationServer, ids{"rfc8693-2.1/client-authentication"}, "A client that cannot prove who it is exchanges tokens."},
	{TokenOfOthersExchanged, AuthorizationServer, ids{"rfc8693-2.1/entitled-client"}, "A client exchanges tokens that were not meant for it."},
	{SubjectTokenNotVerified, AuthorizationServer, ids{"rfc8693-2.1/validated", "rfc8693-2.2.2/subject-token-invalid"}, "A subject token is read and not verified."},
	{ExpiredSubjectTokenExchanged, AuthorizationServer, ids{"rfc8693-2.1/validated", "rfc8693-2.2.2/subject-token-invalid"}, "A subject token is exchanged for ever."},
	{RevokedSubjectTokenExchanged, AuthorizationServer, ids{"rfc8693-2.1/validated", "rfc8693-2.2.2/subject-token-invalid"}, "A subject token is exchanged though it was revoked."},
	{ActorTokenNotVerified, AuthorizationServer, ids{"rfc8693-2.1/validated", "rfc8693-2.2.2/actor-token-invalid"}, "An actor token is read and not verified."},
	{ActorTokenOfOthersAccepted, AuthorizationServer, ids{"rfc8693-2.1/entitled-client"}, "A client names an actor by a token that was not meant for it."},
	{BadSubjectTokenMisreported, AuthorizationServer, ids{"rfc8693-2.2.2/subject-token-invalid"}, "A subject token that is not valid is answered with invalid_grant."},
	{BadActorTokenMisreported, AuthorizationServer, ids{"rfc8693-2.2.2/actor-token-invalid"}, "An actor token that is not valid is answered with invalid_grant."},
	{RequestedTokenTypeIgnored, AuthorizationServer, ids{"rfc8693-2.2.1/requested-type"}, "An access token is issued whatever requested_token_type says."},
	{IDTokenIssuedAsBearer, AuthorizationServer, ids{"rfc8693-2.2.1/not-applicable"}, "What was issued as an ID token by token exchange is called a Bearer token."},
	{IssuedTokenTypeMissing, AuthorizationServer, ids{"rfc8693-2.2.1/response"}, "The response to a token exchange has no issued_token_type."},
	{RefreshTokenForExchange, AuthorizationServer, ids{"rfc8693-2.2.1/no-refresh-token"}, "A token exchange brings a refresh token."},
	{UnknownAudienceIgnored, AuthorizationServer, ids{"rfc8693-2.2.2/invalid-target"}, "An audience that nobody knows is ignored."},
	{ActorNotNamed, AuthorizationServer, ids{"rfc8693-4.1/actor"}, "A delegated token does not say who acts."},
	{EarlierActorsForgotten, AuthorizationServer, ids{"rfc8693-4.1/actor"}, "A token that was delegated again names the last actor alone."},
	{ActorsInReverse, AuthorizationServer, ids{"rfc8693-4.1/actor"}, "The first actor of a chain is the outermost, and the current one the innermost."},
	{ActorWithExpiry, AuthorizationServer, ids{"rfc8693-4.1/identity-alone"}, "The act of a token has an exp."},
	{IntrospectedActorAsText, AuthorizationServer, ids{"rfc8693-4.1/introspected"}, "The act of an introspection response is a text."},
	{ClientOfSubjectTokenKept, AuthorizationServer, ids{"rfc8693-4.3/client-id"}, "The client_id of an exchanged token is that of the subject token."},
	{ExchangedScopeAsList, AuthorizationServer, ids{"rfc8693-4.2/scope-claim"}, "The scope of an exchanged token is a list."},
	{MayActIgnored, AuthorizationServer, ids{"rfc8693-4.4/may-act"}, "Whoever holds a token acts for its subject, whatever its may_act says."},
	{ScopeBeyondSubjectToken, AuthorizationServer, ids{"rfc8693-5/no-escalation"}, "An exchanged token has all the scope of the client."},
	{ScopeBeyondExchangingClient, AuthorizationServer, ids{"rfc8693-5/no-escalation"}, "An exchanged token has all the scope of the subject token."},
	{ExchangedTokenOutlivesSubject, AuthorizationServer, ids{"rfc8693-5/lifetime"}, "An exchanged token lives as long as any other."},
	{ExchangedTokenOutlivesGrant, AuthorizationServer, ids{"rfc7009-2.1/access-tokens-of-grant"}, "An exchanged token does not end with the grant that it comes of."},
	{SubjectTokenUsedUp, AuthorizationServer, ids{"rfc8693-2.1/inputs-untouched"}, "A token that was exchanged is revoked."},
	{PriorActorDecides, ResourceServer, ids{"rfc8693-4.1/prior-actors"}, "A token is refused because of who acted before."},
}

var tokenExchangeEdits = map[Name]func(*http.Request, *Response){
	IssuedTokenTypeMissing: onTokens(without("issued_token_type")),
	IntrospectedActorAsText: on("POST", "/oauth/introspect", func(r *Response) {
		if actor, acts := members(r)["act"].(map[string]any); acts {
			with("act", actor["sub"])(r)
		}
	}),
}

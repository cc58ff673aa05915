package fault

var _ = add([]Fault{
	{
		Name:     "password-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1/owner-verified"},
		Summary:  "An existing user can sign in with any password.",
	},
	{
		Name:     "sign-out-ineffective",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1/owner-verified"},
		Summary:  "A person who signs out stays signed in.",
	},
	{
		Name:     "password-guessing-unlimited",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.10/user-credentials"},
		Summary:  "Guesses of a password are not limited.",
	},
	{
		Name:     "known-users-told",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.10/user-credentials"},
		Summary:  "The response to a wrong password differs if the user exists.",
	},
})

package fault

var _ = add([]Fault{
	{
		Name:     "password-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1/owner-verified"},
		Summary:  "A known name signs in with any password.",
	},
	{
		Name:     "sign-out-ineffective",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1/owner-verified"},
		Summary:  "Who signs out stays signed in.",
	},
	{
		Name:     "password-guessing-unlimited",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.10/user-credentials"},
		Summary:  "Passwords may be guessed as often and as fast as one likes.",
	},
	{
		Name:     "known-users-told",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.10/user-credentials"},
		Summary:  "A wrong password is answered differently where the user exists.",
	},
})

package fault

// Faults of the authorization server in how it withstands guessing.
const (
	ClientGuessingUnlimited Name = "client-guessing-unlimited"
	GuessingLocksEverybody  Name = "guessing-locks-everybody"
)

var guessing = []Fault{
	{ClientGuessingUnlimited, AuthorizationServer, ids{"rfc6749-2.3.1/brute-force"}, "The secret of a client may be guessed as often as one likes."},
	{GuessingLocksEverybody, AuthorizationServer, ids{"rfc6749-2.3.1/brute-force"}, "Whoever guesses the secret of one client locks all clients out."},
}

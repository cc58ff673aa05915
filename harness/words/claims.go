package words

// ofClaims are the words for claims of JWTs.
var ofClaims = []Word{
	{Name: "(expired)", Form: Alone, Places: []Place{Claim, Minted},
		Meaning: "The first second of 1970."},
	{Name: "(in the future)", Form: Alone, Places: []Place{Claim, Minted},
		Meaning: "A time in the year 2242."},
	{Name: "(in a minute)", Form: Alone, Places: []Place{Minted},
		Meaning: "A time in sixty seconds."},
	{Name: "(in N seconds)", Form: Alone, Places: []Place{Claim},
		Meaning: "A time in N seconds, as a number."},
	{Name: "(N seconds ago)", Form: Alone, Places: []Place{Claim},
		Meaning: "A time N seconds ago, as a number."},
	{Name: "(other issuer)", Form: Alone, Places: []Place{Claim},
		Meaning: "The identifier of another authorization server."},
	{Name: "(token_endpoint)", Form: Alone, Places: []Place{Claim},
		Meaning: "The URL of the token endpoint."},
	{Name: "(valid in upper case)", Form: Alone, Places: []Place{Minted},
		Meaning: "The valid identifier with its scheme and host in capitals."},
	{Name: "(other resource)", Form: Alone, Places: []Place{Minted},
		Meaning: "The identifier of another protected resource."},
	{Name: "(protected resource)", Form: Alone, Places: []Place{Minted},
		Meaning: "The identifier of the protected resource, also where the tokens are for the MCP server."},
	{Name: "(now)", Form: Begins, Places: []Place{Inside},
		Meaning: "The time at which the JWT is signed, with seconds added that follow.",
		Unused:  "the examiner writes it into JWTs, so that a script which repeats the requests signs fresh ones"},
}

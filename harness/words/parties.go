package words

// ofParties are the words for what clients publish and what servers answer.
var ofParties = []Word{
	{Name: "(published)", Form: Alone, Places: []Place{Key},
		Meaning: "The client publishes its keys at a URL, which its jwks_uri names."},
	{Name: "(registered beforehand)", Form: Alone, Places: []Place{Identity},
		Meaning: "The client has a client_id of the authorization server before it connects."},
	{Name: "(of another authorization server)", Form: Alone, Places: []Place{Identity},
		Meaning: "The client has a client_id of an authorization server that the MCP server does not name."},
	{Name: "(client ID metadata document)", Form: Alone, Places: []Place{Identity},
		Meaning: "The client_id is the URL of the client's metadata document."},
	{Name: "(a picture)", Form: Alone, Places: []Place{Metadata},
		Meaning: "The URL of a picture that the client publishes."},
	{Name: "(a missing page)", Form: Alone, Places: []Place{Metadata},
		Meaning: "A URL at the server of the client that is answered with 404."},
	{Name: "(elsewhere)", Form: Alone, Places: []Place{Location},
		Meaning: "The URL of another document on the same server."},
	{Name: "(issuer)", Form: Within, Places: []Place{Answer},
		Meaning: "The issuer identifier of the authorization server."},
	{Name: "(MCP server)", Form: Within, Places: []Place{Answer},
		Meaning: "The resource identifier of the MCP server."},
	{Name: "(protected resource)", Form: Within, Places: []Place{Answer},
		Meaning: "The resource identifier of the protected resource behind the MCP server."},
	{Name: "(resource metadata)", Form: Within, Places: []Place{Answer},
		Meaning: "The URL of the MCP server's metadata."},
}

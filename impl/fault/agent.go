package fault

var _ = add([]Fault{
	{
		Name:     "agent-says-nothing",
		Role:     MCPClient,
		Violates: ids{"documented-agent/read", "documented-agent/create", "documented-agent/get", "documented-agent/update", "documented-agent/delete", "documented-agent/complete-oldest-pending", "documented-agent/complete-all-pending"},
		Summary:  "The agent does not report what it did.",
		Client:   saying(func(_ string, err error) (string, error) { return "Done.", err }),
	},
	{
		Name:     "agent-hides-errors",
		Role:     MCPClient,
		Violates: ids{"documented-agent/unknown-task", "documented-agent/insufficient-scope", "documented-agent/server-down"},
		Summary:  "The agent reports success even when a call failed.",
		Client:   saying(func(sentence string, _ error) (string, error) { return sentence, nil }),
	},
})

// saying edits what the agent says of what it did.
func saying(edit func(sentence string, err error) (string, error)) func(*Client) {
	return func(c *Client) { c.says = append(c.says, edit) }
}

package fault

import "github.com/grantproof/grantproof/impl/seam"

var _ = add([]Fault{
	{
		Name:     "agent-says-nothing",
		Role:     MCPClient,
		Violates: ids{"documented-agent/read", "documented-agent/create", "documented-agent/get", "documented-agent/update", "documented-agent/delete", "documented-agent/complete-oldest-pending", "documented-agent/complete-all-pending"},
		Summary:  "The agent does not report what it did.",
		Client:   seam.Saying(func(_ string, err error) (string, error) { return "Done.", err }),
	},
	{
		Name:     "agent-hides-errors",
		Role:     MCPClient,
		Violates: ids{"documented-agent/unknown-task", "documented-agent/insufficient-scope", "documented-agent/server-down"},
		Summary:  "The agent reports success even when a call failed.",
		Client:   seam.Saying(func(sentence string, _ error) (string, error) { return sentence, nil }),
	},
})

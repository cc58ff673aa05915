package fault

var _ = add([]Fault{
	{
		Name:     "tool-scope-not-checked",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "error-handling/insufficient-scope-403"},
		Summary:  "Every token opens every tool.",
	},
	{
		Name:     "tool-never-opens",
		Role:     MCPServer,
		Violates: ids{"mcp-security-scope-minimization/reduced-tokens"},
		Summary:  "No token ever has the scopes of a tool.",
	},
	{
		Name:     "tool-missing",
		Role:     MCPServer,
		Violates: ids{"documented-mcp/tools"},
		Summary:  "One of the documented tools is missing.",
	},
	{
		Name:     "tool-result-empty",
		Role:     MCPServer,
		Violates: ids{"documented-mcp/list-tasks", "documented-mcp/create-task", "documented-mcp/get-task", "documented-mcp/update-task"},
		Summary:  "A tool that succeeds answers with nothing.",
	},
	{
		Name:     "tool-schema-missing",
		Role:     MCPServer,
		Violates: ids{"documented-mcp/tool-schemas"},
		Summary:  "The tools have no output schema.",
	},
	{
		Name:     "tool-error-as-protocol-error",
		Role:     MCPServer,
		Violates: ids{"documented-mcp/tool-errors"},
		Summary:  "A tool that fails is answered with an internal error of the protocol.",
	},
	{
		Name:     "secret-in-tool-error",
		Role:     MCPServer,
		Violates: ids{"documented-mcp/no-secret"},
		Summary:  "The message of a failing tool holds a token.",
	},
})

package target

import "github.com/goccy/go-yaml"

// TaskTools are harmless calls of the reference MCP server.
var TaskTools = []Tool{
	{Name: "list_tasks", Scope: "tasks:read"},
	{Name: "summarize_tasks", Scope: "tasks:read user:read"},
}

// TaskAPI are the probes of the reference resource server.
var TaskAPI = []Probe{
	{Method: "GET", Path: "/api/tasks", Scope: "tasks:read"},
	{Method: "GET", Path: "/api/user", Scope: "user:read"},
}

// Reference is the reference system at these URLs, with its control plane.
func Reference(name, issuer, resource, mcp string, control Control) Target {
	return Target{
		Name:                name,
		AuthorizationServer: AuthorizationServer{Issuer: issuer},
		ResourceServer:      ResourceServer{URL: resource, Probes: TaskAPI},
		MCPServer:           MCPServer{URL: mcp, Tools: TaskTools},
		Control:             control,
		// Those that its policies claim.
		Profiles: []string{"oauth-2.0", "bcp", "oauth-2.1", "mcp-2025-11-25", "mcp-2026-07-28", "oidc", "documented"},
		// Those that no metadata tells, or not that of the root realm: a policy brings
		// them.
		Capabilities: map[string]bool{
			"jwt_access_token": true, "resource_indicators": true, "prompt": true, "documented": true,
			"plain_challenge": true, "sessions": true, "root_metadata": true, "offline_access": true, "step_up": true, "client_document": true, "refreshes": true, "authorization_without_pkce": true,
		},
	}
}

// File is the text of a target file. Secrets in it are to be references to the
// environment.
func (t Target) File() ([]byte, error) { return yaml.MarshalWithOptions(t, yaml.OmitEmpty()) }

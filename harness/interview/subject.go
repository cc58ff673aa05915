package interview

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/harness/world"
)

// subject finds out what is examined.
func (i *interview) subject(ctx context.Context) error {
	if i.target.HasServers() {
		if err := i.target.Check(); err != nil {
			return err
		}
		return i.listens(ctx, cmp.Or(i.target.MCPServer.URL, i.target.ResourceServer.URL, i.target.AuthorizationServer.Issuer))
	}
	address, err := i.ask("URL of the server to examine", "", func(answer string) error {
		if err := isURL(answer); err != nil {
			return err
		}
		return i.listens(ctx, answer)
	})
	if err != nil {
		return err
	}
	kind, err := i.ask("Is it an authorization server (issuer), an API (resource) or an MCP server (mcp)?", i.kindOf(ctx, address), oneOf("issuer", "resource", "mcp"))
	switch kind {
	case "issuer":
		i.target.AuthorizationServer.Issuer = address
	case "resource":
		i.target.ResourceServer.URL = address
	case "mcp":
		i.target.MCPServer.URL = address
	}
	return err
}

// listens wants some answer from a server: without one nothing can be found out.
func (i *interview) listens(ctx context.Context, address string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	response, err := i.run(address).HTTP.Do(request)
	if err != nil {
		return fmt.Errorf("nothing answers there (%w); start the server, or correct the URL", err)
	}
	return response.Body.Close()
}

// kindOf guesses by the metadata and the name.
func (i *interview) kindOf(ctx context.Context, address string) string {
	run := i.run(address)
	_, protected := run.MetadataOf(ctx, world.WellKnown(address, "oauth-protected-resource"))
	_, err := run.DocumentOf(ctx, address)
	switch named := strings.Contains(strings.ToLower(address), "mcp"); {
	case err == nil && !(protected == nil && named):
		return "issuer"
	case named:
		return "mcp"
	case protected == nil:
		return "resource"
	}
	return "issuer"
}

// nameOf is the host of a URL.
func nameOf(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return address
	}
	return parsed.Host
}

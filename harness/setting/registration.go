package setting

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/world"
)

// secretMethod is how a client shows its secret where a scenario leaves that
// open: in the header, unless the metadata lists the body alone.
func secretMethod(run *world.Run) control.ClientRequestTokenEndpointAuthMethod {
	listed := acts.Listed(run, "token_endpoint_auth_methods_supported")
	if !slices.Contains(listed, "client_secret_basic") && slices.Contains(listed, "client_secret_post") {
		return "client_secret_post"
	}
	return "client_secret_basic"
}

// applicationTypes are what a client registers as: who can prove who it is, is
// no native application, if the server takes its redirect URIs for others
// (OpenID Connect Dynamic Client Registration section 2,
// https://openid.net/specs/openid-connect-registration-1_0.html#ClientMetadata).
func applicationTypes(confidential bool, table world.Table) []string {
	if kind, named := table.Get("application_type"); named {
		return []string{kind}
	}
	if confidential {
		return []string{"web", "native"}
	}
	return []string{"native"}
}

// metadataFor is the registration of what a scenario asks for. Grants that it
// does not name itself are those of the usual ones that the server offers.
func metadataFor(run *world.Run, request control.ClientRequest, table world.Table) world.Table {
	grants := *request.GrantTypes
	if _, named := table.Get("grant_types"); !named {
		grants = slices.DeleteFunc(slices.Clone(grants), func(grant string) bool {
			return !run.Capabilities[grant] || grant == "client_credentials" && *request.TokenEndpointAuthMethod == "none"
		})
	}
	responses := "[]"
	if slices.Contains(grants, "authorization_code") {
		responses = "code"
	}
	metadata := world.Table{
		{Name: "grant_types", Value: strings.Join(grants, " ")}, {Name: "response_types", Value: responses},
		{Name: "redirect_uris", Value: strings.Join(*request.RedirectUris, " ")}, {Name: "token_endpoint_auth_method", Value: string(*request.TokenEndpointAuthMethod)},
	}
	if request.Jwks != nil {
		keys, _ := json.Marshal(*request.Jwks) // of our own making
		metadata = append(metadata, world.Row{Name: "jwks", Value: string(keys)})
	}
	if request.JwksURI != nil {
		metadata = append(metadata, world.Row{Name: "jwks_uri", Value: *request.JwksURI})
	}
	if request.ClientName != nil {
		metadata = append(metadata, world.Row{Name: "client_name", Value: *request.ClientName})
	}
	if request.Scope != nil {
		return append(metadata, world.Row{Name: "scope", Value: *request.Scope})
	}
	if scopes := acts.Listed(run, "scopes_supported"); len(scopes) > 0 {
		metadata = append(metadata, world.Row{Name: "scope", Value: strings.Join(scopes, " ")})
	}
	return metadata
}

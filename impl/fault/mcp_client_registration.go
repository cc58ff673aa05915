package fault

import (
	"cmp"
	"encoding/json"
	"net/http"

	"github.com/grantproof/grantproof/impl/agent"
	"github.com/grantproof/grantproof/impl/oauthclient"
	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Fault{
	{
		Name:     "application-type-not-sent",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "application-type/sent", mcpSpec + "application-type/native"},
		Summary:  "The client registers without application_type.",
		Client:   seam.Registering(func(metadata map[string]any) { delete(metadata, "application_type") }),
	},
	{
		Name:     "nameless-registration",
		Role:     MCPClient,
		Violates: ids{"rfc7591-2/client-name-sent", "rfc7591-2/client-uri-sent"},
		Summary:  "The client registers without client_name and client_uri.",
		Client: seam.Registering(func(metadata map[string]any) {
			delete(metadata, "client_name")
			delete(metadata, "client_uri")
		}),
	},
	{
		Name:     "refresh-grant-not-listed",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "refresh-tokens/grant-type-listed"},
		Summary:  "The client registers without the grant type refresh_token.",
		Client:   seam.Registering(func(metadata map[string]any) { metadata["grant_types"] = []string{"authorization_code"} }),
	},
	{
		Name:     "redirect-uri-elsewhere",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "communication-security/redirect-uris", "oauth-2.1-communication-security/client-https", "rfc8252-8.3/no-localhost", "rfc7591-2/redirect-uris-sent", "rfc7591-5/redirect-uri-kinds-sent", "rfc6749-3.1.2/client-absolute-uri"},
		Summary:  "The client registers a redirect URI of another host without TLS.",
		Client:   seam.Registering(func(metadata map[string]any) { metadata["redirect_uris"] = []string{"http://192.0.2.1/callback"} }),
	},
	{
		Name:     "refused-registration-used",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "application-type/failure-handled"},
		Summary:  "The client continues after its registration was refused.",
		Client: seam.Seeing(seam.IsRegistration, func(_ *http.Request, response *http.Response) {
			if response.StatusCode == http.StatusBadRequest {
				seam.Answer(response, http.StatusCreated, `{"client_id":"made-up","token_endpoint_auth_method":"none","redirect_uris":["http://127.0.0.1/callback"]}`)
			}
		}),
	},
	{
		Name:     "first-registration-used-elsewhere",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "authorization-server-binding/registers-again", mcpSpec + "authorization-server-binding/not-reused", mcpSpec + "authorization-server-location/separate-state"},
		Summary:  "The client uses its first registration at every authorization server.",
		Client: func(c *seam.Client) {
			first := ""
			seam.Reading(seam.IsRegistration, func(_ *http.Request, registered map[string]any) {
				if encoded, err := json.Marshal(registered); err == nil {
					first = cmp.Or(first, string(encoded))
				}
			})(c)
			seam.Knowing(func(r *http.Request) (int, string) {
				if seam.IsRegistration(r) {
					return http.StatusCreated, first
				}
				return 0, ""
			})(c)
		},
	},
	{
		Name:     "registration-token-shown",
		Role:     MCPClient,
		Violates: ids{"rfc7592-5/token-protected"},
		Summary:  "The client sends its registration access token to the token endpoint.",
		Client: func(c *seam.Client) {
			token := ""
			seam.Reading(seam.IsRegistration, func(_ *http.Request, registered map[string]any) {
				token = seam.Text(registered, "registration_access_token")
			})(c)
			seam.Requesting(func(r *http.Request) {
				if seam.IsTokenRequest(r) && token != "" {
					r.Header.Set("X-Registration-Access-Token", token)
				}
			})(c)
		},
	},
	{
		Name:     "credentials-not-used",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "client-registration/priority", mcpSpec + "pre-registration/static-credentials"},
		Summary:  "The client registers dynamically although it has pre-registered credentials.",
		Client: seam.Configuring(func(config *oauthclient.HandlerConfig) {
			if len(config.Credentials) > 0 {
				config.Credentials, config.Registration = nil, agent.Metadata("Examined agent")
			}
		}),
	},
	{
		Name:     "credentials-of-any-issuer",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "authorization-server-binding/not-reused", mcpSpec + "authorization-server-location/no-shared-credentials", mcpSpec + "authorization-server-binding/mismatch-surfaced", mcpSpec + "authorization-server-binding/keyed-by-issuer"},
		Summary:  "The client sends its credentials to every authorization server.",
		Client: seam.Configuring(func(config *oauthclient.HandlerConfig) {
			for i := range config.Credentials {
				config.Credentials[i].Issuer = ""
			}
		}),
	},
})

package acts

import (
	"slices"

	"github.com/grantproof/grantproof/harness/world"
)

// authenticatingAt is the client as it authenticates at an endpoint other than that for
// tokens: as it is registered to, or, where the metadata list other methods for
// the endpoint alone, by one of those (RFC 8414 section 2,
// https://www.rfc-editor.org/rfc/rfc8414#section-2). How a table has it
// authenticate is left alone.
func authenticatingAt(r *world.Run, endpoint string, client *world.Client, table world.Table) *world.Client {
	listed, limited := r.Metadata[endpoint+"_endpoint_auth_methods_supported"].([]any)
	_, said := table.Get("(authentication)")
	if client == nil || client.Secret == "" || !limited || said || slices.Contains(listed, any(client.Method)) {
		return client
	}
	for _, method := range []string{"client_secret_basic", "client_secret_post"} {
		if slices.Contains(listed, any(method)) {
			otherwise := *client
			otherwise.Method = method
			return &otherwise
		}
	}
	return client
}

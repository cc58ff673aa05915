package fault

import (
	"encoding/json"
	"github.com/grantproof/grantproof/impl/seam"
	"net/http"
)

var _ = add([]Fault{
	{
		Name:     "document-redirected",
		Role:     MCPClient,
		Violates: ids{"cimd-client-metadata-document/served-with-200"},
		Summary:  "The client metadata document redirects.",
		Client: seam.Documenting(func(w http.ResponseWriter, r *http.Request, _ map[string]any) {
			http.Redirect(w, r, "/moved.json", http.StatusFound)
		}),
	},
	{
		Name:     "document-of-another-client",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "client-id-metadata-documents/client-id-identical", "cimd-client-metadata-document/own-client-id"},
		Summary:  "The client_id in the client metadata document is another URL.",
		Client:   documentedWith(func(document map[string]any) { document["client_id"] = "https://other.example/client.json" }),
	},
	{
		Name:     "document-incomplete",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "client-id-metadata-documents/required-members"},
		Summary:  "The client metadata document has no name and no redirect URI.",
		Client: documentedWith(func(document map[string]any) {
			delete(document, "client_name")
			delete(document, "redirect_uris")
		}),
	},
	{
		Name:     "secret-published",
		Role:     MCPClient,
		Violates: ids{"cimd-client-metadata-document/no-secret-published"},
		Summary:  "The client metadata document contains a secret.",
		Client:   documentedWith(func(document map[string]any) { document["client_secret"] = "a-secret-that-everybody-can-read" }),
	},
})

// documentedWith edits the members of the client's document.
func documentedWith(edit func(document map[string]any)) func(*seam.Client) {
	return seam.Documenting(func(w http.ResponseWriter, _ *http.Request, members map[string]any) {
		edit(members)
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(members)
	})
}

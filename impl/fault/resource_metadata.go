package fault

import (
	"net/http"

	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Fault{
	{
		Name:     "resource-with-fragment",
		Role:     ResourceServer,
		Violates: ids{"rfc9728-2/no-fragment"},
		Summary:  "The resource in the metadata has a fragment.",
		Answer: seam.OnMetadata(func(r *seam.Response) {
			resource, _ := seam.Members(r)["resource"].(string)
			seam.With("resource", resource+"#here")(r)
		}),
	},
	{
		Name:     "resource-metadata-missing",
		Role:     ResourceServer,
		Violates: ids{"rfc9728-3/path-inserted"},
		Summary:  "The protected resource has no metadata.",
		Answer:   seam.OnMetadata(seam.As(http.StatusNotFound, `{"error":"not_found"}`)),
	},
	{
		Name:     "empty-list-in-resource-metadata",
		Role:     ResourceServer,
		Violates: ids{"rfc9728-3.2/no-empty-lists"},
		Summary:  "The metadata of the resource has an empty list.",
		Answer:   seam.OnMetadata(seam.With("resource_signing_alg_values_supported", []string{})),
	},
	{
		Name:     "unknown-bearer-method",
		Role:     ResourceServer,
		Violates: ids{"rfc9728-2/bearer-methods"},
		Summary:  "The metadata of the resource lists the bearer method cookie.",
		Answer:   seam.OnMetadata(seam.With("bearer_methods_supported", []string{"header", "cookie"})),
	},
	{
		Name:     "resource-metadata-with-slash",
		Role:     ResourceServer,
		Violates: ids{"rfc9728-3.3/resource-identical"},
		Summary:  "The resource in the metadata has a trailing slash.",
		Answer: seam.OnMetadata(func(r *seam.Response) {
			object := seam.Members(r)
			resource, _ := object["resource"].(string)
			seam.With("resource", resource+"/")(r)
		}),
	},
	{
		Name:     "resource-metadata-as-text",
		Role:     ResourceServer,
		Violates: ids{"rfc9728-3.2/json"},
		Summary:  "The metadata of the resource is text/plain.",
		Answer:   seam.OnMetadata(seam.AsText),
	},
})

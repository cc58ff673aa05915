package variant

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/grantproof/grantproof/impl/cimd"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/seam"
)

const registrationPath = "/oauth/register"

var _ = add([]Variant{
	{
		Name:    "registration-with-other-members",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 3.2.1: the server returns what it provisioned itself; extensions may define further members",
		Summary: "A registration response has members of OpenID Connect and of the server itself.",
		Tempts:  ids{"rfc7591-3.2.1/created", "rfc7591-3.2.1/all-metadata", "rfc7592-3/all-metadata"},
		Answer: onRegistered(func(_ *http.Request, r *seam.Response) {
			seam.With("subject_type", "public")(r)
			seam.With("require_auth_time", false)(r)
			seam.With("tenant", map[string]any{"id": 7})(r)
		}),
	},
	{
		Name:    "time-of-issue-not-told",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 3.2.1: client_id_issued_at is optional",
		Summary: "A registration response has no client_id_issued_at.",
		Tempts:  ids{"rfc7591-3.2.1/created", "rfc7591-3.2.1/all-metadata"},
		Answer:  onRegistered(func(_ *http.Request, r *seam.Response) { seam.Without("client_id_issued_at")(r) }),
	},
	{
		Name:    "unknown-method-replaced-at-registration",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 3.2.1: the server may replace any of the requested metadata values with suitable ones",
		Summary: "A client that asks for an unknown token_endpoint_auth_method is registered for client_secret_basic.",
		Tempts:  ids{"rfc7591-3.2.2/invalid-client-metadata", "rfc7591-3.2.1/all-metadata"},
		Request: registering(func(metadata map[string]any) {
			known := []string{"client_secret_basic", "client_secret_post", "private_key_jwt", "client_secret_jwt", "none"}
			if method, ok := metadata["token_endpoint_auth_method"].(string); ok && !slices.Contains(known, method) {
				metadata["token_endpoint_auth_method"] = known[0]
			}
		}),
	},
	{
		Name:    "unknown-grant-types-dropped-at-registration",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 3.2.1: the server may replace any of the requested metadata values with suitable ones",
		Summary: "A client that asks for unknown grant_types is registered for the others.",
		Tempts:  ids{"rfc7591-3.2.2/invalid-client-metadata", "rfc7591-2/grant-types"},
		Request: registering(func(metadata map[string]any) {
			list, _ := metadata["grant_types"].([]any)
			known := slices.DeleteFunc(slices.Clone(list), func(each any) bool {
				return !slices.Contains([]any{"authorization_code", "refresh_token", "client_credentials"}, each)
			})
			if len(known) > 0 {
				metadata["grant_types"] = known
			}
		}),
	},
	{
		Name:    "response-types-follow-grant-types",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 2.1: how the server keeps a client from an inconsistent state is its choice; refusing is an example",
		Summary: "A client is registered for the response types that go with its grants, whatever it asks for.",
		Tempts:  ids{"rfc7591-2.1/consistent", "rfc7591-2/response-types", "rfc7591-3.2.2/invalid-client-metadata"},
		Request: registering(func(metadata map[string]any) { delete(metadata, "response_types") }),
	},
	{
		Name:    "unknown-scope-dropped-at-registration",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 3.2.1: the server may replace any of the requested metadata values with suitable ones",
		Summary: "A client that asks for unknown scopes is registered for the others.",
		Tempts:  ids{"rfc7591-3.2.2/invalid-client-metadata", "rfc7591-3.2.1/all-metadata"},
		Request: registering(func(metadata map[string]any) {
			if scope, ok := metadata["scope"].(string); ok {
				known := append([]string{"openid", "profile", "email", "offline_access"}, realm.Scopes...)
				metadata["scope"] = strings.Join(slices.DeleteFunc(strings.Fields(scope), func(name string) bool { return !slices.Contains(known, name) }), " ")
			}
		}),
	},
	{
		Name:    "scope-not-registered",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 2: implementation and use of all client metadata fields is optional",
		Summary: "The scope of a registration is ignored: each client can have the scopes of the API.",
		Tempts:  ids{"rfc7591-3.2.1/all-metadata", "rfc6749-3.3/unregistered-scope", "rfc7592-2.2/omitted"},
		Request: registering(func(metadata map[string]any) { delete(metadata, "scope") }),
	},
	{
		Name:    "application-type-not-registered",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 2: the server ignores metadata that it does not understand; application_type is of OpenID Connect",
		Summary: "The application_type of a registration is ignored, and in no response.",
		Tempts:  ids{"rfc7591-2/unknown-ignored", "rfc7591-3.2.1/all-metadata"},
		Request: registering(func(metadata map[string]any) { delete(metadata, "application_type") }),
		Answer:  onRegistered(func(_ *http.Request, r *seam.Response) { seam.Without("application_type")(r) }),
	},
	{
		Name:    "contacts-and-software-not-registered",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 2: implementation and use of all client metadata fields is optional",
		Summary: "Contacts, software_id and software_version of a registration are ignored.",
		Tempts:  ids{"rfc7591-3.2.1/all-metadata", "rfc7592-2.2/replaced", "rfc7592-2.2/omitted", "rfc7592-3/all-metadata"},
		Request: registering(func(metadata map[string]any) {
			for _, member := range []string{"contacts", "software_id", "software_version"} {
				delete(metadata, member)
			}
		}),
	},
	{
		Name:    "translations-not-registered",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 sections 2 and 2.2: names with a language tag may be represented, and what is not understood is ignored",
		Summary: "Members of a registration with a language tag are ignored.",
		Tempts:  ids{"rfc7591-2.2/language-tag-case", "rfc7591-2.2/untagged-as-is", "rfc7591-3.2.1/all-metadata"},
		Departs: ids{"rfc7591-2.2/language-tag-case"},
		Request: registering(func(metadata map[string]any) {
			for member := range metadata {
				if strings.Contains(member, "#") {
					delete(metadata, member)
				}
			}
		}),
	},
	{
		Name:    "pages-of-clients-not-registered",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 2: implementation and use of all client metadata fields is optional",
		Summary: "The pages and the logo of a registration are ignored.",
		Tempts:  ids{"rfc7591-3.2.1/all-metadata", "rfc7591-5/self-asserted", "rfc7591-5/impersonation"},
		Departs: ids{"rfc7591-2/client-uri-shown", "rfc7591-2/logo-shown", "rfc7591-2/tos-shown", "rfc7591-2/policy-shown", "rfc7591-5/uris-same-host", "rfc7591-5/uris-resolve", "rfc7591-5/malicious-content"},
		Request: registering(func(metadata map[string]any) {
			for member := range metadata {
				base, _, _ := strings.Cut(member, "#")
				if slices.Contains([]string{"client_uri", "logo_uri", "tos_uri", "policy_uri"}, base) {
					delete(metadata, member)
				}
			}
		}),
	},
	{
		Name:    "software-statements-ignored",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 3.1.1: the server may ignore the software statement if it does not support this feature",
		Summary: "A software statement is ignored, whatever it says.",
		Tempts:  ids{"rfc7591-3.2.2/invalid-software-statement", "rfc7591-3.2.2/unapproved-software-statement", "rfc7591-3.2.1/all-metadata"},
		Without: []string{"software_statement"},
		Request: registering(func(metadata map[string]any) { delete(metadata, "software_statement") }),
	},
	{
		Name:    "secrets-in-the-header-alone",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 3.2.1: the server may replace any of the requested metadata values with suitable ones",
		Summary: "A client that asks for client_secret_post is registered for client_secret_basic.",
		Tempts:  ids{"rfc7591-3.2.1/all-metadata", "rfc7591-2/auth-method-default", "rfc7592-2.2/replacements-returned"},
		Request: registering(func(metadata map[string]any) {
			if metadata["token_endpoint_auth_method"] == "client_secret_post" {
				metadata["token_endpoint_auth_method"] = "client_secret_basic"
			}
		}),
	},
	{
		Name:    "no-public-clients",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 5: public clients may register if the policy allows them; section 3.2.1: the server may replace any requested value",
		Summary: "A client that asks for the authentication method none is registered for client_secret_basic, and gets a secret.",
		Tempts:  ids{"rfc7591-2/none-without-secret", "rfc7591-3.2.1/all-metadata", "mcp-2026-07-28-overview/registration-server"},
		Departs: ids{"rfc6749-9/native-without-secret"}, // Its clients use the secret that they get.
		Without: []string{"public_clients"},
		Request: registering(func(metadata map[string]any) {
			if metadata["token_endpoint_auth_method"] == "none" {
				metadata["token_endpoint_auth_method"] = "client_secret_basic"
			}
		}),
	},
	{
		Name:    "unfit-name-replaced-at-registration",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 3.2.2: the server may substitute a valid value for any requested parameter",
		Summary: "A client whose client_name is no text is registered under another name.",
		Tempts:  ids{"rfc7591-3.2.2/error", "rfc7591-3.2.2/invalid-client-metadata"},
		Request: registering(func(metadata map[string]any) {
			if _, isText := metadata["client_name"].(string); !isText && metadata["client_name"] != nil {
				metadata["client_name"] = "Unnamed client"
			}
		}),
	},
	{
		Name:    "registration-by-form-as-well",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 3: the endpoint accepts JSON; no sentence has it refuse another format",
		Summary: "A registration may be a form, too.",
		Tempts:  ids{"rfc7591-3/post-json", "rfc7591-3.2.2/error"},
		Request: formAsJSON,
	},
	{
		Name:    "no-machine-registers-itself",
		Role:    AuthorizationServer,
		Allows:  "RFC 7591 section 2: the server may reject any requested value by an error; section 5 has invalid_client_metadata for grant types that it keeps apart",
		Summary: "A registration for client_credentials is refused with invalid_client_metadata.",
		Tempts:  ids{"rfc7591-2/grant-types", "rfc7592-2.3/client-invalidated", "rfc7592-2.3/tokens-invalidated", "rfc7591-2.1/consistent"},
		Without: []string{"client_credentials"},
		Request: registering(func(metadata map[string]any) {
			if list, _ := metadata["grant_types"].([]any); slices.Contains(list, any("client_credentials")) {
				metadata["grant_types"] = []string{"of-another-server"}
			}
		}),
	},
	{
		Name:    "no-registration-endpoint",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: registration_endpoint is optional",
		Summary: "Clients do not register themselves.",
		Tempts:  ids{"rfc8414-2/required-members", "mcp-2026-07-28-overview/registration-server"},
		Departs: ids{"oidc-discovery-3/registration-endpoint"},
		Without: []string{"registration"},
		Answer:  without(registrationPath, "registration_endpoint"),
	},
	{
		Name:    "no-client-metadata-documents",
		Role:    AuthorizationServer,
		Allows:  "CIMD draft, Authorization Server Metadata: the member says support, and left out there is none",
		Summary: "The URL of a metadata document is no client_id.",
		Tempts:  ids{"cimd-authorization-server-metadata/advertised", "mcp-2026-07-28-overview/cimd-server"},
		Departs: ids{"mcp-2026-07-28-overview/cimd-server"},
		Without: []string{"client_id_metadata_document"},
		Answer:  onEveryMetadata(seam.Without("client_id_metadata_document_supported")),
	},
	{
		Name:    "documents-of-five-kilobytes",
		Role:    AuthorizationServer,
		Allows:  "CIMD draft, Maximum Response Size: a limit is recommended, and 5 kilobytes are",
		Summary: "A client metadata document of more than five kilobytes is refused.",
		Tempts:  ids{"cimd-maximum-response-size/limited", "cimd-client-metadata-document/json"},
		Rules:   seam.Instead(cimd.MaxDocument, func() int64 { return 5 << 10 }),
	},
})

// formAsJSON takes the form of a registration for a JSON object.
func formAsJSON(r *http.Request) {
	if r.URL.Path != registrationPath || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return
	}
	sent, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	form, _ := url.ParseQuery(string(sent))
	metadata := map[string]any{}
	for name, values := range form {
		if metadata[name] = values[0]; strings.HasSuffix(name, "s") {
			metadata[name] = values
		}
	}
	body, _ := json.Marshal(metadata)
	r.Header.Set("Content-Type", "application/json")
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
}

// onRegistered edits the answers about a client that is registered.
func onRegistered(edit func(*http.Request, *seam.Response)) func(*http.Request, *seam.Response) {
	return func(r *http.Request, response *seam.Response) {
		if strings.HasPrefix(r.URL.Path, registrationPath) && response.Status < 300 && len(response.Body) > 0 {
			edit(r, response)
		}
	}
}

// withExpiry lets the secret of a client expire in ninety days.
func withExpiry(r *http.Request, response *seam.Response) {
	if seam.Members(response)["client_secret"] != nil {
		expires := realm.From(r.Context()).Clock.Now().Add(90 * 24 * time.Hour)
		seam.With("client_secret_expires_at", expires.Unix())(response)
	}
}

// registering edits the metadata with which a client registers, or updates that. What
// is no JSON object stays as it is.
func registering(edit func(metadata map[string]any)) func(*http.Request) {
	return func(r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, registrationPath) || r.Method != http.MethodPost && r.Method != http.MethodPut {
			return
		}
		sent, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
		var metadata map[string]any
		if json.Unmarshal(sent, &metadata) == nil && metadata != nil {
			before, _ := json.Marshal(metadata)
			edit(metadata)
			if after, _ := json.Marshal(metadata); !bytes.Equal(before, after) {
				sent = after
			}
		}
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(sent)), int64(len(sent))
	}
}

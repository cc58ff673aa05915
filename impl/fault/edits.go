package fault

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
)

func isTokenEndpoint(r *http.Request) bool { return r.URL.Path == "/oauth/token" }

func isMetadata(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/.well-known/oauth-") }

const openIDConfiguration = "/.well-known/openid-configuration"

// edits are the faults that change an answer on its way out.
var edits = joined(pageEdits, codeEdits, tokenUseEdits, tokenExchangeEdits, softwareStatementEdits, nearMissEdits, transportEdits, mcpHTTPEdits, bySpecificationEdits, map[Name]func(*http.Request, *Response){
	TokenResponseCacheable: onTokens(func(r *Response) { r.Header.Set("Cache-Control", "max-age=3600") }),
	TokenResponseAsText:    onTokens(asText),
	TokenTypeMissing:       onTokens(without("token_type")),
	LifetimeOverstated:     onTokens(with("expires_in", 86400)),
	LifetimeMissing:        onTokens(without("expires_in")),
	GrantedScopeNotStated:  onTokens(without("scope")),
	ErrorsAsText:           onTokenErrors(asText),
	ErrorsWithQuotes:       onTokenErrors(with("error_description", `the "client" is größer`)),
	ErrorsWithOddStatus:    onTokenErrors(func(r *Response) { r.Status = http.StatusUnprocessableEntity }),
	MalformedInputCrashes: func(r *http.Request, response *Response) {
		if isTokenEndpoint(r) && strings.Contains(string(response.Body), "well-formed") {
			response.Status = http.StatusInternalServerError
		}
	},
	PrivateKeyPublished: func(r *http.Request, response *Response) {
		if strings.HasSuffix(r.URL.Path, "jwks.json") {
			response.Body = []byte(strings.Replace(string(response.Body), `"kty"`, `"d":"c2VjcmV0","kty"`, 1))
		}
	},
	CodeChallengeMethodsNotAdvertised: onMetadata(without("code_challenge_methods_supported")),
	IssuerParameterNotAdvertised:      onMetadata(without("authorization_response_iss_parameter_supported")),
	MetadataAsText:                    onMetadata(asText),
	PragmaMissing:                     onTokens(func(r *Response) { r.Header.Del("Pragma") }),
	MetadataIssuerWithQuery: onMetadata(func(r *Response) {
		issuer, _ := members(r)["issuer"].(string)
		with("issuer", issuer+"?tenant=one")(r)
	}),
	EmptyListInMetadata: onMetadata(with("ui_locales_supported", []string{})),
	KeySetAsText:        on("GET", "/.well-known/jwks.json", asText),
	ResourceWithFragment: onMetadata(func(r *Response) {
		resource, _ := members(r)["resource"].(string)
		with("resource", resource+"#here")(r)
	}),
	ResourceMetadataMissing:     onMetadata(as(http.StatusNotFound, `{"error":"not_found"}`)),
	EmptyListInResourceMetadata: onMetadata(with("resource_signing_alg_values_supported", []string{})),
	UnknownBearerMethod:         onMetadata(with("bearer_methods_supported", []string{"header", "cookie"})),
	InvalidTokenRenamed: func(_ *http.Request, r *Response) {
		r.Body = []byte(strings.Replace(string(r.Body), "invalid_token", "invalid_request", 1))
		r.Header.Set("WWW-Authenticate", strings.Replace(r.Header.Get("WWW-Authenticate"), "invalid_token", "invalid_request", 1))
	},
	ChunkedRequestRefused: func(r *http.Request, response *Response) {
		if len(r.TransferEncoding) > 0 {
			as(http.StatusLengthRequired, `{"error":"invalid_request"}`)(response)
		}
	},
	IntrospectionUnavailable: on("POST", "/oauth/introspect", as(http.StatusServiceUnavailable, `{"error":"temporarily_unavailable"}`)),
	ActiveMissing:            on("POST", "/oauth/introspect", without("active")),
	NullsWritten: func(_ *http.Request, r *Response) {
		if r.Header.Get("Content-Type") == "application/json" {
			r.Body = []byte(strings.Replace(string(r.Body), "{", `{"hint":null,`, 1))
		}
	},
	AuthorizationEndpointCORS: on("GET", "/oauth/authorize", func(r *Response) { r.Header.Set("Access-Control-Allow-Origin", "*") }),
	TokenMemberTwice:          onTokens(func(r *Response) { r.Body = []byte(strings.Replace(string(r.Body), "{", `{"token_type":"Bearer",`, 1)) }),
	TokenErrorURIBroken:       onTokenErrors(with("error_uri", "see our pages")),
	EndpointsWithFragment: onMetadata(func(r *Response) {
		for _, name := range []string{"authorization_endpoint", "token_endpoint"} {
			address, _ := members(r)[name].(string)
			with(name, address+"#here")(r)
		}
	}),
	ScriptsShutOut:           func(_ *http.Request, r *Response) { r.Header.Del("Access-Control-Allow-Origin") },
	OpenIDNotDiscoverable:    on("GET", openIDConfiguration, as(http.StatusNotFound, `{"error":"not_found"}`)),
	OpenIDMembersMissing:     on("GET", openIDConfiguration, onlyIssuer),
	OpenIDIssuerAltered:      on("GET", openIDConfiguration, slashIssuer),
	OpenIDDiffers:            on("GET", openIDConfiguration, with("token_endpoint", "http://localhost/another")),
	OpenIDAsText:             on("GET", openIDConfiguration, asText),
	OpenIDListsEmpty:         on("GET", openIDConfiguration, with("acr_values_supported", []string{})),
	UserInfoAsText:           on("GET", "/oauth/userinfo", asText),
	UserInfoByGetOnly:        on("POST", "/oauth/userinfo", as(http.StatusMethodNotAllowed, `{"error":"invalid_request"}`)),
	UserInfoWithNulls:        on("GET", "/oauth/userinfo", with("phone_number", nil)),
	UserInfoChallengeMissing: on("GET", "/oauth/userinfo", func(r *Response) { r.Header.Del("WWW-Authenticate") }),
	KeyIDsRepeated:           on("GET", "/.well-known/jwks.json", repeatKeyID),
	KeysNotPublished:         on("GET", "/.well-known/jwks.json", with("keys", []string{})),
	RevocationByGet:          on("GET", "/oauth/revoke", as(http.StatusOK, "")),
	RevocationEndpointWithFragment: onMetadata(func(r *Response) {
		address, _ := members(r)["revocation_endpoint"].(string)
		with("revocation_endpoint", address+"#here")(r)
	}),

	AsymmetricMethodNotAdvertised:  onMetadata(with("token_endpoint_auth_methods_supported", []string{"client_secret_post", "none"})),
	SigningAlgorithmsNotAdvertised: onMetadata(without("token_endpoint_auth_signing_alg_values_supported")),
	NoneAmongSigningAlgorithms:     onMetadata(with("token_endpoint_auth_signing_alg_values_supported", []string{"RS256", "none"})),
	RS256NotAmongSigningAlgorithms: onMetadata(with("token_endpoint_auth_signing_alg_values_supported", []string{"ES256"})),

	MetadataMissing:            onMetadata(as(http.StatusNotFound, `{"error":"not_found"}`)),
	ChallengeWithoutParameters: onChallenge(func(string) string { return "Bearer" }),
	ChallengeAttributeTwice:    onChallenge(func(challenge string) string { return challenge + `, realm="again"` }),
	ChallengeScopeInQuotes:     onChallenge(func(challenge string) string { return challenge + `, scope="\"all\""` }),
	ChallengeErrorInQuotes:     onChallenge(func(challenge string) string { return challenge + `, error_description="\"no\""` }),
	ChallengeErrorURIBroken:    onChallenge(func(challenge string) string { return challenge + `, error_uri="see our pages"` }),
	ResponseModeOverstated:     onMetadata(with("response_modes_supported", []string{"query", "form_post", "fragment"})),
	ResponseTypesNotAdvertised: onMetadata(without("response_types_supported")),
	BearerChallengeMissing:     onUnauthorized(func(r *Response) { r.Header.Del("WWW-Authenticate") }),
	ErrorWithoutCredentials: onUnauthorized(func(r *Response) {
		if challenge := r.Header.Get("WWW-Authenticate"); !strings.Contains(challenge, "error=") {
			r.Header.Set("WWW-Authenticate", challenge+`, error="invalid_token"`)
		}
	}),
	ResourceMetadataWithSlash: onMetadata(func(r *Response) {
		object := members(r)
		resource, _ := object["resource"].(string)
		with("resource", resource+"/")(r)
	}),
	ResourceMetadataAsText: onMetadata(asText),
	TokenByGet:             on("GET", "/oauth/token", as(http.StatusOK, `{"access_token":"x","token_type":"Bearer"}`)),
	InvalidGrantRenamed: onTokenErrors(func(r *Response) {
		r.Body = []byte(strings.Replace(string(r.Body), `"invalid_grant"`, `"invalid_request"`, 1))
	}),
	ActiveAsText:          on("POST", "/oauth/introspect", with("active", "true")),
	HealthUnclear:         on("GET", "/health", with("status", "green")),
	ClientSecretsShown:    on("GET", "/debug/clients", func(r *Response) { r.Body = []byte(strings.ReplaceAll(string(r.Body), "[redacted]", "secret")) }),
	TaskTotalWrong:        on("GET", "/api/tasks", with("total", 99)),
	CreatedTaskOK:         on("POST", "/api/tasks", from(http.StatusCreated, http.StatusOK)),
	TaskIncomplete:        on("GET", "/api/tasks/task-1", without("created_at")),
	UpdateForgetsTitle:    on("PUT", "/api/tasks/task-1", with("title", "")),
	DeletedTaskOK:         on("DELETE", "/api/tasks/task-2", from(http.StatusNoContent, http.StatusOK)),
	UnknownTaskInvented:   on("*", "/api/tasks/task-99", from(http.StatusNotFound, http.StatusOK)),
	InvalidTaskAccepted:   on("POST", "/api/tasks", from(http.StatusBadRequest, http.StatusCreated)),
	InvalidStatusAccepted: on("PUT", "/api/tasks/task-1", from(http.StatusBadRequest, http.StatusOK)),
	RequiredScopeNotNamed: func(_ *http.Request, r *Response) {
		if r.Status == http.StatusForbidden {
			without("required_scope")(r)
		}
	},
	UserOfAnother:        on("GET", "/api/user", with("id", "user-999")),
	EmailNotChanged:      on("PUT", "/api/user", with("email", "demo@example.com")),
	PreferencesDropped:   on("PUT", "/api/user", with("preferences", map[string]string{})),
	InvalidEmailAccepted: on("PUT", "/api/user", from(http.StatusBadRequest, http.StatusOK)),
})

func joined(edits ...map[Name]func(*http.Request, *Response)) map[Name]func(*http.Request, *Response) {
	all := map[Name]func(*http.Request, *Response){}
	for _, some := range edits {
		maps.Copy(all, some)
	}
	return all
}

// on edits the answers of one operation; * stands for every method.
func on(method, path string, edit func(*Response)) func(*http.Request, *Response) {
	return func(r *http.Request, response *Response) {
		if r.URL.Path == path && (method == "*" || r.Method == method) {
			edit(response)
		}
	}
}

// from answers with another status.
func from(status, another int) func(*Response) {
	return func(r *Response) {
		if r.Status == status {
			r.Status = another
		}
	}
}

// as answers with something else altogether.
func as(status int, body string) func(*Response) {
	return func(r *Response) { r.Status, r.Body = status, []byte(body) }
}

func onTokens(edit func(*Response)) func(*http.Request, *Response) {
	return func(r *http.Request, response *Response) {
		if isTokenEndpoint(r) && response.Status == http.StatusOK {
			edit(response)
		}
	}
}

func onTokenErrors(edit func(*Response)) func(*http.Request, *Response) {
	return func(r *http.Request, response *Response) {
		if isTokenEndpoint(r) && response.Status >= 400 {
			edit(response)
		}
	}
}

func onMetadata(edit func(*Response)) func(*http.Request, *Response) {
	return func(r *http.Request, response *Response) {
		if isMetadata(r) {
			edit(response)
		}
	}
}

// onChallenge edits every challenge of a protected resource.
func onChallenge(edit func(string) string) func(*http.Request, *Response) {
	return func(_ *http.Request, r *Response) {
		if challenge := r.Header.Get("WWW-Authenticate"); challenge != "" {
			r.Header.Set("WWW-Authenticate", edit(challenge))
		}
	}
}

func onUnauthorized(edit func(*Response)) func(*http.Request, *Response) {
	return func(_ *http.Request, response *Response) {
		if response.Status == http.StatusUnauthorized {
			edit(response)
		}
	}
}

func asText(r *Response) { r.Header.Set("Content-Type", "text/plain") }

func members(r *Response) map[string]any {
	var object map[string]any
	_ = json.Unmarshal(r.Body, &object)
	return object
}

func without(name string) func(*Response) {
	return func(r *Response) {
		object := members(r)
		delete(object, name)
		r.Body, _ = json.Marshal(object)
	}
}

func with(name string, value any) func(*Response) {
	return func(r *Response) {
		object := members(r)
		if object == nil {
			return
		}
		object[name] = value
		r.Body, _ = json.Marshal(object)
	}
}

// slashIssuer is what a metadata document says whose operator appended a slash.
func slashIssuer(r *Response) {
	issuer, _ := members(r)["issuer"].(string)
	with("issuer", issuer+"/")(r)
}

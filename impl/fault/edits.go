package fault

import (
	"encoding/json"
	"net/http"
	"strings"
)

func isTokenEndpoint(r *http.Request) bool { return r.URL.Path == "/oauth/token" }

func isMetadata(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/.well-known/oauth-") }

// edits are the faults that change an answer on its way out.
var edits = map[Name]func(*http.Request, *Response){
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
	ResponseTypesNotAdvertised:        onMetadata(without("response_types_supported")),
	BearerChallengeMissing:            onUnauthorized(func(r *Response) { r.Header.Del("WWW-Authenticate") }),
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

package main

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/zitadel/oidc/v3/pkg/client/rs"
	"github.com/zitadel/oidc/v3/pkg/oidc"
)

// introspecting is the client of the library for protected resources. It
// fetches the metadata, and so can only be had once the provider listens.
var introspecting = sync.OnceValues(func() (rs.ResourceServer, error) {
	return rs.NewResourceServerClientCredentials(context.Background(), issuer, "resource", secret("PEER_RESOURCE_SECRET"))
})

// hello is a protected resource that wants the scope tasks:read.
func hello(w http.ResponseWriter, r *http.Request) {
	server, err := introspecting()
	if err != nil {
		http.Error(w, "tokens cannot be judged now", http.StatusServiceUnavailable)
		return
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	challenge, status := "", http.StatusUnauthorized
	if !strings.EqualFold(scheme, "Bearer") || len(r.Header.Values("Authorization")) != 1 || r.URL.Query().Has("access_token") {
		challenge = refusalOf(r)
	} else if found, err := rs.Introspect[*oidc.IntrospectionResponse](r.Context(), server, token); err != nil || !found.Active {
		challenge = `, error="invalid_token"`
	} else if !slices.Contains(found.Scope, "tasks:read") {
		challenge, status = `, error="insufficient_scope", scope="tasks:read"`, http.StatusForbidden
	} else {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"hello":"world"}`))
		return
	}
	w.Header().Set("WWW-Authenticate", `Bearer realm="hello"`+challenge)
	w.WriteHeader(status)
}

// refusalOf is the error of a request without one token in its header; there is
// none where it has no token at all.
func refusalOf(r *http.Request) string {
	if r.Header.Get("Authorization") == "" && !r.URL.Query().Has("access_token") {
		return ""
	}
	return `, error="invalid_request"`
}

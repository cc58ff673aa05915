// Go-oauth2 is an authorization server and a protected resource made with
// go-oauth2/oauth2, after the example of its repository. What the library can
// be told to refuse, it is told; what it answers is not touched.
package main

import (
	"cmp"
	"log"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/go-oauth2/oauth2/v4"
	"github.com/go-oauth2/oauth2/v4/manage"
	"github.com/go-oauth2/oauth2/v4/server"
	"github.com/go-oauth2/oauth2/v4/store"
)

const address = "localhost:4103"

func main() {
	srv, err := authorizationServer()
	if err != nil {
		log.Fatal(err)
	}
	people := &people{password: secret("PEER_PASSWORD"), sessions: map[string]session{}}
	srv.SetUserAuthorizationHandler(people.authorize)
	mux := http.NewServeMux()
	mux.HandleFunc("/oauth/authorize", func(w http.ResponseWriter, r *http.Request) {
		if err := srv.HandleAuthorizeRequest(w, r); err != nil {
			page(w, http.StatusBadRequest, problem, map[string]string{"Problem": err.Error()})
		}
	})
	mux.HandleFunc("/oauth/token", func(w http.ResponseWriter, r *http.Request) {
		if err := srv.HandleTokenRequest(w, r); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	mux.HandleFunc("/login", people.signIn)
	mux.HandleFunc("GET /hello", resource(srv))
	log.Fatal(http.ListenAndServe(address, mux))
}

// secret is a value of the environment without which nothing can be examined.
func secret(name string) string {
	value := os.Getenv(name)
	if value == "" {
		log.Fatalf("the environment has no %s; read it from harness/peers/env", name)
	}
	return value
}

func authorizationServer() (*server.Server, error) {
	tokens, err := store.NewMemoryTokenStore()
	if err != nil {
		return nil, err
	}
	manager := manage.NewDefaultManager()
	manager.MapTokenStorage(tokens)
	manager.MapClientStorage(clients())
	manager.SetValidateURIHandler(matches)
	manager.SetClientTokenCfg(&manage.Config{AccessTokenExp: time.Hour})
	srv := server.NewDefaultServer(manager)
	srv.SetAllowedResponseType(oauth2.Code)
	srv.SetAllowedGrantType(oauth2.AuthorizationCode, oauth2.ClientCredentials, oauth2.Refreshing)
	srv.Config.ForcePKCE = true
	srv.Config.AllowedCodeChallengeMethods = []oauth2.CodeChallengeMethod{oauth2.CodeChallengeS256}
	srv.SetClientInfoHandler(credentials)
	srv.SetClientAuthorizedHandler(registeredFor)
	srv.SetClientScopeHandler(func(request *oauth2.TokenGenerateRequest) (bool, error) {
		return within(request.Scope, scopesOf(request.ClientID)), nil
	})
	srv.SetRefreshingScopeHandler(func(request *oauth2.TokenGenerateRequest, granted string) (bool, error) {
		return within(request.Scope, strings.Fields(granted)), nil
	})
	srv.SetPreRedirectErrorHandler(func(w http.ResponseWriter, request *server.AuthorizeRequest, err error) error {
		return tell(srv, w, request, err)
	})
	return srv, nil
}

// tell answers an authorization request with an error. Left alone, the library
// redirects to any URI, registered or not
// (https://github.com/go-oauth2/oauth2/issues/105). A request that it finds
// malformed is nil.
func tell(srv *server.Server, w http.ResponseWriter, request *server.AuthorizeRequest, err error) error {
	if request == nil {
		return err
	}
	client, unknown := srv.Manager.GetClient(request.Request.Context(), request.ClientID)
	if unknown != nil {
		return unknown
	}
	request.RedirectURI = cmp.Or(request.RedirectURI, client.GetDomain())
	if wrong := matches(client.GetDomain(), request.RedirectURI); wrong != nil {
		return wrong
	}
	data, _, _ := srv.GetErrorData(err)
	address, unparsed := srv.GetRedirectURI(request, data)
	if unparsed != nil {
		return unparsed
	}
	w.Header().Set("Location", address)
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// credentials are in the Authorization header, else in the form.
func credentials(r *http.Request) (id, secret string, err error) {
	if id, secret, err = server.ClientBasicHandler(r); err == nil {
		return id, secret, nil
	}
	return server.ClientFormHandler(r)
}

func within(scope string, allowed []string) bool {
	names := strings.Fields(scope)
	return len(names) > 0 && !slices.ContainsFunc(names, func(name string) bool { return !slices.Contains(allowed, name) })
}

// resource is a protected resource that wants the scope tasks:read.
func resource(srv *server.Server) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token, err := srv.ValidationBearerToken(r)
		switch {
		case err != nil && r.Header.Get("Authorization") == "":
			w.Header().Set("WWW-Authenticate", `Bearer realm="hello"`)
			w.WriteHeader(http.StatusUnauthorized)
		case err != nil:
			w.Header().Set("WWW-Authenticate", `Bearer realm="hello", error="invalid_token"`)
			w.WriteHeader(http.StatusUnauthorized)
		case !slices.Contains(strings.Fields(token.GetScope()), "tasks:read"):
			w.Header().Set("WWW-Authenticate", `Bearer realm="hello", error="insufficient_scope", scope="tasks:read"`)
			w.WriteHeader(http.StatusForbidden)
		default:
			w.Header().Set("Cache-Control", "private")
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`{"hello":"world"}`))
		}
	}
}

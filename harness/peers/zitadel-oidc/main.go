// Zitadel-oidc is an OpenID provider and a protected resource made with the
// package op of zitadel/oidc, on a storage in memory after the example of its
// repository.
package main

import (
	"crypto/rand"
	"log"
	"log/slog"
	"net/http"
	"os"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

const (
	address = "localhost:4102"
	issuer  = "http://" + address
)

func main() {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	storage := newStorage(clients(), newKey())
	// The default takes tokens of the time before GCM as well, whose encryption has
	// no check: now and then it takes a refresh token for an access token.
	crypto := op.WithCrypto(op.NewAES256GCMCrypto(randomKey(), "key of this run"))
	provider, err := op.NewProvider(configuration(), storage, op.StaticIssuer(issuer), op.WithAllowInsecure(), crypto)
	if err != nil {
		log.Fatal(err)
	}
	people := &people{password: secret("PEER_PASSWORD"), storage: storage, provider: provider, sessions: map[string]*session{}}
	mux := http.NewServeMux()
	mux.Handle("/", provider)
	mux.HandleFunc("GET /login", people.ask)
	mux.HandleFunc("POST /login", people.signIn)
	mux.HandleFunc("POST /consent", people.decide)
	mux.HandleFunc("/end_session", people.signOut)
	mux.HandleFunc("GET /signed-out", func(w http.ResponseWriter, _ *http.Request) { page(w, http.StatusOK, signedOut, nil) })
	mux.HandleFunc("GET /hello", hello)
	log.Fatal(http.ListenAndServe(address, mux))
}

func configuration() *op.Config {
	return &op.Config{
		CodeMethodS256:           true,
		AuthMethodPost:           true,
		GrantTypeRefreshToken:    true,
		DefaultLogoutRedirectURI: "/signed-out",
		SupportedScopes:          append([]string{oidc.ScopeOpenID, oidc.ScopeProfile, oidc.ScopeEmail, oidc.ScopeOfflineAccess}, scopes...),
	}
}

func randomKey() (key [32]byte) {
	_, _ = rand.Read(key[:]) // Which never fails.
	return key
}

// secret is a value of the environment without which nothing can be examined.
func secret(name string) string {
	value := os.Getenv(name)
	if value == "" {
		log.Fatalf("the environment has no %s; read it from harness/peers/env", name)
	}
	return value
}

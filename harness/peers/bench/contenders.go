package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/go-oauth2/oauth2/v4/generates"
	"github.com/go-oauth2/oauth2/v4/manage"
	"github.com/go-oauth2/oauth2/v4/models"
	"github.com/go-oauth2/oauth2/v4/server"
	"github.com/go-oauth2/oauth2/v4/store"
	"github.com/golang-jwt/jwt/v5"
	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"github.com/grantproof/grantproof/impl/wire"
)

// be runs a contender other than grantproof until it is ended.
func be(contender, address string) error {
	var handler http.Handler
	var err error
	switch contender {
	case "bare":
		handler, err = bare()
	case "static":
		handler = static()
	case "go-oauth2":
		handler, err = goOAuth2()
	case "zitadel":
		handler = zitadel("http://" + address + "/")
	default:
		err = fmt.Errorf("there is no contender %q", contender)
	}
	if err != nil {
		return err
	}
	// All have the limits without which no server is on a network: they cost a tenth
	// of a small answer.
	server := wire.Server(handler, slog.New(slog.DiscardHandler))
	server.Addr = address
	return server.ListenAndServe()
}

// bare is the least that an access token takes: read the form and the header,
// sign, write.
func bare() (http.Handler, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, secret, ok := r.BasicAuth()
		if r.ParseForm() != nil || !ok || secret != "secret" || r.PostForm.Get("grant_type") != "client_credentials" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		now := time.Now()
		token := jwt.NewWithClaims(jwt.SigningMethodES256, jwt.MapClaims{
			"iss": "http://localhost", "sub": id, "client_id": id, "aud": "http://localhost/api", "scope": "tasks:read tasks:write",
			"jti": rand.Text(), "iat": now.Unix(), "exp": now.Add(time.Hour).Unix(),
		})
		token.Header["typ"] = "at+jwt"
		signed, err := token.SignedString(key)
		if err != nil {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		_ = json.NewEncoder(w).Encode(map[string]any{"access_token": signed, "token_type": "Bearer", "expires_in": 3600, "scope": "tasks:read tasks:write"})
	}), err
}

// static answers with documents as long as those of the reference server.
func static() http.Handler {
	serve := func(length int) http.HandlerFunc {
		document, _ := json.Marshal(map[string]string{"padding": strings.Repeat("x", length)})
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write(document)
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/jwks.json", serve(600))
	mux.HandleFunc("GET /.well-known/oauth-authorization-server", serve(1700))
	return mux
}

func goOAuth2() (http.Handler, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return nil, err
	}
	manager := manage.NewDefaultManager()
	manager.MustTokenStorage(store.NewMemoryTokenStore())
	manager.MapAccessGenerate(generates.NewJWTAccessGenerate("key", pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}), jwt.SigningMethodES256))
	clients := store.NewClientStore()
	if err := clients.Set("client", &models.Client{ID: "client", Secret: "secret", Domain: "http://localhost"}); err != nil {
		return nil, err
	}
	manager.MapClientStorage(clients)
	srv := server.NewDefaultServer(manager)
	srv.SetClientInfoHandler(server.ClientBasicHandler)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _ = srv.HandleTokenRequest(w, r) }), nil
}

func zitadel(issuer string) http.Handler {
	quiet := slog.New(slog.DiscardHandler)
	return exampleop.SetupServer(issuer, jwtStorage{storage.NewStorage(storage.NewUserStore(issuer))}, quiet, false)
}

// jwtStorage makes its service client get JWT access tokens, and lets it
// introspect.
type jwtStorage struct{ *storage.Storage }

// ClientCredentials implements op.ClientCredentialsStorage.
func (s jwtStorage) ClientCredentials(ctx context.Context, id, secret string) (op.Client, error) {
	client, err := s.Storage.ClientCredentials(ctx, id, secret)
	return jwtClient{client}, err
}

// AuthorizeClientIDSecret implements op.Storage.
func (s jwtStorage) AuthorizeClientIDSecret(ctx context.Context, id, secret string) error {
	_, err := s.Storage.ClientCredentials(ctx, id, secret)
	return err
}

// SetIntrospectionFromToken implements op.Storage. The example's own looks up a
// user, and its service clients are none.
func (jwtStorage) SetIntrospectionFromToken(_ context.Context, answer *oidc.IntrospectionResponse, tokenID, subject, clientID string) error {
	answer.JWTID, answer.Subject, answer.ClientID = tokenID, subject, clientID
	return nil
}

type jwtClient struct{ op.Client }

// AccessTokenType implements op.Client.
func (jwtClient) AccessTokenType() op.AccessTokenType { return op.AccessTokenTypeJWT }

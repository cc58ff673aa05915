package acts

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// at is a time of the realm, so many seconds from now, as proof.Key.Sign reads
// it.
func at(w *world.World, seconds int64) string {
	if ahead := w.Realm.Ahead + seconds; ahead != 0 {
		return fmt.Sprintf("(now)%+d", ahead)
	}
	return "(now)"
}

func seconds(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}

// GiveKey makes the key of a client that is registered for private_key_jwt, and
// puts its public half into the request. The row token_endpoint_auth_signing_alg
// says for which algorithm it is; with the row jwks_uri the keys are published
// at a URL of the examiner.
func GiveKey(w *world.World, request *control.ClientRequest, table world.Table) (*proof.Key, error) {
	if *request.TokenEndpointAuthMethod != control.PrivateKeyJwt {
		return nil, nil
	}
	algorithm, named := table.Get("token_endpoint_auth_signing_alg")
	if !named {
		algorithm = "ES256"
	}
	key, err := newKey(w, algorithm)
	if err != nil {
		return nil, err
	}
	if _, published := table.Get("jwks_uri"); published {
		published, err := publishKeys(w, key)
		if err != nil {
			return nil, err
		}
		request.JwksURI = &published.address
		return &key, nil
	}
	jwks := proof.JWKS(key)
	request.Jwks = &jwks
	text, err := json.Marshal(jwks)
	w.Log.Derive(exchange.Derived{Name: "jwks", Value: string(text), Command: "jwks", Arguments: []string{key.Text()}})
	return &key, err
}

// ChangeKey gives the client another key, and withdraws the one before.
func ChangeKey(_ context.Context, w *world.World) error {
	published := world.Part[publishedKeys](w)
	if published == nil || w.Client == nil || w.Client.Key == nil {
		return errors.New("the client does not publish its key; begin with a confidential client that has a jwks_uri")
	}
	key, err := newKey(w, w.Client.Key.Algorithm)
	if err != nil {
		return err
	}
	changed := *w.Client
	changed.Key, changed.EarlierKey = &key, w.Client.Key
	w.Client = &changed
	published.set(key)
	return nil
}

// publishedKeys is a JSON Web Key Set at a URL.
type publishedKeys struct {
	*world.Publication
	address string
	mu      sync.Mutex
	keys    []proof.Key
}

func publishKeys(w *world.World, keys ...proof.Key) (*publishedKeys, error) {
	p := &publishedKeys{keys: keys}
	var err error
	if p.Publication, err = w.Run.Setting.Publish(w.Run, &http.Server{Handler: p}); err != nil {
		return nil, fmt.Errorf("the keys of the client cannot be published: %w", err)
	}
	p.address = p.Base + "/keys"
	world.Put(w, p)
	w.OnClose(func(context.Context) { p.End() })
	return p, nil
}

// ServeHTTP implements http.Handler.
func (p *publishedKeys) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	w.Header().Set("Content-Type", "application/jwk-set+json")
	_ = json.NewEncoder(w).Encode(proof.JWKS(p.keys...))
}

func (p *publishedKeys) set(keys ...proof.Key) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keys = keys
}

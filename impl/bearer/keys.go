package bearer

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/MicahParks/jwkset"

	"github.com/grantproof/grantproof/impl/token"
)

const (
	keysInterval = time.Second     // Between two fetches of the keys of an issuer.
	keysTimeout  = 5 * time.Second // Of one fetch.
	keysLifetime = time.Hour       // After which they are looked at again, for withdrawn ones.
)

// errKeys says that a token cannot be judged, as the keys of the issuer cannot be had.
var errKeys = errors.New("the keys of the issuer cannot be fetched")

// publishedKeys are the keys that an issuer publishes (RFC 7517 section 5,
// https://www.rfc-editor.org/rfc/rfc7517#section-5). A token that names another one
// has them fetched again: an issuer changes its keys when it likes (OpenID Connect Core
// section 10.1.1, https://openid.net/specs/openid-connect-core-1_0.html#RotateSigKeys).
type publishedKeys struct {
	*jwkset.MemoryJWKSet
	verifier  *Verifier
	uri       string
	again     *token.Refetch
	fetchedAt atomic.Pointer[time.Time]
}

// fetchKeys fetches the keys at a jwks_uri, and keeps them fresh until ctx ends.
func (v *Verifier) fetchKeys(ctx context.Context, uri string) (*publishedKeys, error) {
	k := &publishedKeys{MemoryJWKSet: jwkset.NewMemoryStorage(), verifier: v, uri: uri}
	k.again = token.NewRefetch(ctx, keysInterval, k.fetch)
	return k, k.fetch(ctx)
}

// KeyRead implements jwkset.Storage: it waits for a fetch that may bring the key.
func (k *publishedKeys) KeyRead(ctx context.Context, keyID string) (found jwkset.JWK, err error) {
	known := func() bool {
		found, err = k.MemoryJWKSet.KeyRead(ctx, keyID)
		return err == nil
	}
	if known() {
		if time.Since(*k.fetchedAt.Load()) > keysLifetime {
			k.again.Begin()
		}
		return found, nil
	}
	if failed := k.again.Until(ctx, known); !known() && failed != nil {
		return found, fmt.Errorf("%w: %w", errKeys, failed)
	}
	return found, err
}

// fetch replaces the keys. One that cannot be used is ignored (RFC 7517 section 5).
func (k *publishedKeys) fetch(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, keysTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, k.uri, nil)
	if err != nil {
		return err
	}
	var set jwkset.JWKSMarshal
	if err := k.verifier.fetch(request, &set); err != nil {
		k.verifier.log.WarnContext(ctx, "the keys of the issuer could not be fetched", "jwks_uri", k.uri, "error", err)
		return err
	}
	usable := make([]jwkset.JWK, 0, len(set.Keys))
	for _, published := range set.Keys {
		key, err := jwkset.NewJWKFromMarshal(published, jwkset.JWKMarshalOptions{Private: true}, jwkset.JWKValidateOptions{})
		if err == nil {
			usable = append(usable, key)
		}
	}
	k.fetchedAt.Store(new(time.Now()))
	return k.KeyReplaceAll(ctx, usable)
}

package realm

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// keptAlgorithms are those of which a realm that outlives its process keeps
// keys; HS256 is that of the documented shape.
var keptAlgorithms = []string{"ES256", "RS256", "HS256", token.Sealing}

// KeyLead is how long a new key is published before it signs, so that every
// replica knows it by then.
const KeyLead = 5 * time.Second

// useKeptKeys gives the realm the keys that its store keeps, so that replicas
// and what comes after a restart sign with the same. What is missing is made;
// of replicas that start at the same time, the first decides.
func (r *Realm) useKeptKeys() error {
	ctx, s, now := context.Background(), r.store, r.Clock.Now()
	kept, err := s.Keys(ctx)
	if err != nil {
		return fmt.Errorf("the signing keys cannot be had: %w", err)
	}
	for _, algorithm := range append(keptAlgorithms, r.Policy().Algorithm()) {
		if generation(kept, algorithm) > 0 {
			continue
		}
		if err := putKey(ctx, s, algorithm, 1, now); err != nil { // Twice is once.
			return fmt.Errorf("the signing keys cannot be kept: %w", err)
		}
	}
	loaded, err := loadKeys(ctx, s)
	if err != nil {
		return err
	}
	r.Sealer = token.NewSealer(loaded.sealing)
	r.Keys, err = token.Load(loaded.signing, loaded.secret)
	return err
}

// putKey makes a key of a generation. That another replica was first is as
// good.
func putKey(ctx context.Context, s store.Store, algorithm string, generation int, now time.Time) error {
	key, err := token.NewKeptKey(algorithm)
	if err != nil {
		return err
	}
	err = s.PutKey(ctx, store.Key{KeptKey: key, Generation: generation, CreatedAt: now})
	if errors.Is(err, store.ErrUsed) {
		return nil
	}
	return err
}

// generation is that of the newest key of an algorithm, 0 without any.
func generation(kept []store.Key, algorithm string) int {
	newest := 0
	for _, key := range kept {
		if key.Algorithm == algorithm {
			newest = max(newest, key.Generation)
		}
	}
	return newest
}

// keptKeys are the keys of a store as they are used.
type keptKeys struct {
	signing []token.Key
	secret  []byte // Of the documented shape.
	sealing token.SealingKey
}

// loadKeys reads the keys of a store. When each signs, and until when it is
// published, follows from when the one after it was made.
func loadKeys(ctx context.Context, s store.Store) (keptKeys, error) {
	kept, err := s.Keys(ctx)
	if err != nil {
		return keptKeys{}, fmt.Errorf("the signing keys cannot be had: %w", err)
	}
	var loaded keptKeys
	for i, k := range kept {
		switch k.Algorithm {
		case "HS256":
			loaded.secret = k.Private
			continue
		case token.Sealing:
			copy(loaded.sealing[:], k.Private)
			continue
		}
		key, err := k.Key()
		if err != nil {
			return keptKeys{}, err
		}
		if k.Generation > 1 {
			key.SignsFrom = k.CreatedAt.Add(KeyLead)
		}
		if i+1 < len(kept) && kept[i+1].Algorithm == k.Algorithm {
			key.Until = kept[i+1].CreatedAt.Add(KeyLead + AccessTokenLifetime)
		}
		loaded.signing = append(loaded.signing, key)
	}
	return loaded, nil
}

// RotateKept puts a new key of an algorithm into a store. It signs soon; the
// one before stays published until the last token that it signed has expired.
func RotateKept(ctx context.Context, s store.Store, algorithm string, now time.Time) error {
	if !slices.Contains(token.Algorithms, algorithm) {
		return fmt.Errorf("nobody signs with %q; use one of %v", algorithm, token.Algorithms)
	}
	kept, err := s.Keys(ctx)
	if err != nil {
		return fmt.Errorf("the signing keys cannot be had: %w", err)
	}
	if err := putKey(ctx, s, algorithm, generation(kept, algorithm)+1, now); err != nil {
		return err
	}
	return audit.ByCommand(ctx, s, store.Event{Name: audit.KeyRotated, Reason: algorithm}, now)
}

// FollowKeys takes over the keys that a store keeps, as another replica or a
// command may have changed them.
func (r *Realm) FollowKeys(ctx context.Context) error {
	loaded, err := loadKeys(ctx, r.Store())
	if err != nil {
		return err
	}
	known := r.Keys.Keys()
	for _, key := range loaded.signing {
		if !slices.ContainsFunc(known, func(k token.Key) bool { return k.ID == key.ID }) {
			r.Audit.Note(ctx, audit.KeyRotated, key.Algorithm)
		}
	}
	r.Keys.Replace(loaded.signing)
	return nil
}

// RotateKeys lets a new key sign from now on, in a realm whose keys live as
// long as it does. The one before stays published until the last token that
// it signed has expired.
func (r *Realm) RotateKeys() error {
	return r.rotate(r.Clock.Now().Add(OldKeyPublished.In(r)()))
}

// OldKeyPublished is how long a key is published after another has taken its place
// (OpenID Connect Core section 10.1.1,
// https://openid.net/specs/openid-connect-core-1_0.html#RotateSigKeys).
var OldKeyPublished = rule.New(func() time.Duration { return AccessTokenLifetime })

// WithdrawKeys lets a new key sign from now on, and publishes the one before no
// more.
func (r *Realm) WithdrawKeys() error { return r.rotate(r.Clock.Now()) }

func (r *Realm) rotate(until time.Time) error {
	_, err := r.Keys.Rotate(r.Policy().Algorithm(), r.Clock.Now(), until)
	if err == nil {
		r.Audit.Tell(context.Background(), audit.KeyRotated, r.Policy().Algorithm())
	}
	return err
}

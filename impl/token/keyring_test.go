package token

import (
	"encoding/json"
	"slices"
	"testing"
	"time"
)

var start = time.Unix(1_800_000_000, 0)

func at(t time.Time) func() time.Time { return func() time.Time { return t } }

func access(id string) Access {
	return Access{Issuer: "https://as.example", Subject: "u", ClientID: "c", ID: id, IssuedAt: start, Expires: start.Add(time.Hour)}
}

func newRing(t testing.TB) *Keyring {
	t.Helper()
	ring, err := NewKeyring()
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

func signed(t testing.TB, ring *Keyring, algorithm string, now time.Time) string {
	t.Helper()
	raw, err := ring.Sign(algorithm, now, map[string]any{"typ": Type}, access(NewID()).Claims())
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestEveryAlgorithm(t *testing.T) {
	ring := newRing(t)
	for _, algorithm := range Algorithms {
		raw := signed(t, ring, algorithm, start)
		for range 2 { // The second time it is remembered.
			if got, err := ring.Own(raw, at(start)); err != nil || got.Subject != "u" {
				t.Errorf("%s: %+v, %v", algorithm, got, err)
			}
		}
		if _, err := ring.Own(raw, at(start.Add(time.Hour))); err == nil {
			t.Errorf("%s: an expired token is remembered as valid", algorithm)
		}
		if _, err := ring.Own(raw+"x", at(start)); err == nil {
			t.Errorf("%s: a changed token is valid", algorithm)
		}
	}
	if _, err := ring.Sign("HS512", start, nil, nil); err == nil {
		t.Error("an algorithm that nobody has signs")
	}
}

// A new key signs from a time on; the old one is published until a time.
func TestRotate(t *testing.T) {
	ring := newRing(t)
	old := signed(t, ring, "ES256", start)
	from, until := start.Add(2*time.Second), start.Add(time.Hour)
	key, err := ring.Rotate("ES256", from, until)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		at     time.Time
		signer string
		old    bool // Whether the old key still verifies.
		keys   int  // Of them one is RS256.
	}{
		{start, "old", true, 3}, {from, "new", true, 3}, {until.Add(-time.Second), "new", true, 3}, {until, "new", false, 2},
	} {
		fresh := signed(t, ring, "ES256", test.at)
		keyID := ring.keyIDOf(t, fresh)
		if (keyID == key.ID) != (test.signer == "new") {
			t.Errorf("%s: signed by %s, want the %s key", test.at, keyID, test.signer)
		}
		if known := ring.has(ring.keyIDOf(t, old), test.at); known != test.old {
			t.Errorf("%s: the old key is known: %v, want %v", test.at, known, test.old)
		}
		if got := published(t, ring, test.at); len(got) != test.keys || !slices.Contains(got, key.ID) {
			t.Errorf("%s: published are %v, want %d keys with the new one", test.at, got, test.keys)
		}
	}
}

func (k *Keyring) keyIDOf(t *testing.T, raw string) string {
	t.Helper()
	if _, err := k.Own(raw, at(start)); err != nil {
		t.Fatal(err)
	}
	known, ok := k.verified.Get(HashOf(raw))
	if !ok {
		t.Fatal("a verified token is not remembered")
	}
	return known.keyID
}

func published(t *testing.T, ring *Keyring, now time.Time) []string {
	t.Helper()
	raw, err := ring.JWKS(now)
	if err != nil {
		t.Fatal(err)
	}
	var set struct {
		Keys []struct {
			Kid, D string
		}
	}
	if err := json.Unmarshal(raw, &set); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, key := range set.Keys {
		if key.D != "" {
			t.Errorf("the private part of %s is published", key.Kid)
		}
		ids = append(ids, key.Kid)
	}
	return ids
}

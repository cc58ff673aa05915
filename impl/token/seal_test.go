package token_test

import (
	"bytes"
	"testing"

	"github.com/grantproof/grantproof/impl/token"
)

func TestSeal(t *testing.T) {
	sealer := token.NewSealer(token.NewSealingKey())
	sealed := sealer.Seal("a secret of a client", "client-1")
	if bytes.Contains(sealed, []byte("secret")) || bytes.Equal(sealed, sealer.Seal("a secret of a client", "client-1")) {
		t.Error("the secret is not encrypted, or always alike")
	}
	if secret, err := sealer.Open(sealed, "client-1"); err != nil || secret != "a secret of a client" {
		t.Errorf("opened %q, %v", secret, err)
	}
	if _, err := sealer.Open(sealed, "client-2"); err == nil {
		t.Error("the secret of one client opened for another")
	}
	if _, err := token.NewSealer(token.NewSealingKey()).Open(sealed, "client-1"); err == nil {
		t.Error("the secret opened with another key")
	}
	for _, broken := range [][]byte{nil, sealed[:5], append(bytes.Clone(sealed), 0)} {
		if _, err := sealer.Open(broken, "client-1"); err == nil {
			t.Errorf("%d bytes opened that were never sealed", len(broken))
		}
	}
}

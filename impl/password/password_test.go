package password_test

import (
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl/password"
)

func TestMatches(t *testing.T) {
	ctx := t.Context()
	ofPerson, err := password.Hash(ctx, "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(ofPerson, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("a person's password is stored as %s", ofPerson)
	}
	for _, test := range []struct {
		password, stored string
		want             bool
	}{
		{"correct horse", ofPerson, true},
		{"Correct horse", ofPerson, false},
		{"", ofPerson, false},
		{"secret", password.OfMachine("secret"), true},
		{"secret ", password.OfMachine("secret"), false},
		{"anything", password.Nobody, false},
		{"", "", false},
		{strings.Repeat("x", password.Longest+1), password.OfMachine(strings.Repeat("x", password.Longest+1)), false},
	} {
		if got, err := password.Matches(ctx, password.Asker{}, test.password, test.stored); err != nil || got != test.want {
			t.Errorf("%.20q against %.20q: %v, %v; want %v", test.password, test.stored, got, err, test.want)
		}
	}
}

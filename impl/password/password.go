// Package password makes and checks what is stored of the passwords of people.
// It does not know whose they are, nor how often somebody may guess.
package password

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"strings"

	"github.com/alexedwards/argon2id"
)

// parameters are the least that OWASP recommends for argon2id: 19 MiB, two
// passes, one lane
// (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id).
var parameters = &argon2id.Params{Memory: 19 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// machineMade begins the stored form of a password of 256 random bits, for
// which a fast hash is enough.
const machineMade = "sha256:"

// Longest is how long a password may be, in bytes.
const Longest = 1024

// Nobody is the stored form of a password that nobody knows. To check against
// it takes as long as against that of a person.
const Nobody = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// Hash returns the stored form of a person's password. It waits for its turn
// until ctx ends.
func Hash(ctx context.Context, password string) (string, error) {
	end, err := begin(ctx, Asker{Known: true})
	if err != nil {
		return "", err
	}
	defer end()
	return argon2id.CreateHash(password, parameters)
}

// OfMachine returns the stored form of a password that a machine made of 256
// random bits.
func OfMachine(password string) string {
	sum := sha256.Sum256([]byte(password))
	return machineMade + base64.RawURLEncoding.EncodeToString(sum[:])
}

// Matches tells whether the password that an asker sent is the one of which stored
// was made. Nothing matches an empty stored form. It waits for the asker's turn
// until ctx ends, and is turns.ErrTooMany where too many wait already.
func Matches(ctx context.Context, asker Asker, password, stored string) (bool, error) {
	if stored == "" || len(password) > Longest {
		return false, nil
	}
	if strings.HasPrefix(stored, machineMade) {
		return subtle.ConstantTimeCompare([]byte(OfMachine(password)), []byte(stored)) == 1, nil
	}
	end, err := begin(ctx, asker)
	if err != nil {
		return false, err
	}
	defer end()
	return argon2id.ComparePasswordAndHash(password, stored)
}

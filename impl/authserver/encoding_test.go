package authserver

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

// Basic credentials are padded base64 of the standard alphabet, after one space or
// more, and the scheme has no case (RFC 9110 section 11.4 and RFC 7617 section 2).
func TestParseBasic(t *testing.T) {
	right := base64.StdEncoding.EncodeToString([]byte("a%2Bb:c+d/e?f~gh"))
	body, isPadded := strings.CutSuffix(right, "==")
	if !isPadded || !strings.Contains(right, "/") {
		t.Fatalf("%s has no padding, or no slash", right)
	}
	for _, header := range []string{"Basic " + right, "basic " + right, "BASIC   " + right} {
		if got, ok := BasicCredentials.Sound(header); !ok || got.ID != "a+b" || got.Secret != "c d/e?f~gh" {
			t.Errorf("%q is read as %+v", header, got)
		}
	}
	unused := body[:len(body)-1] + string(rune(body[len(body)-1]+1)) + "=="
	for _, header := range []string{"Basic" + right, "Basic\t" + right, "Basic \t" + right, "Basic " + right + " ", "Basic " + right + "\n", "Basic " + right[:4] + "\r\n" + right[4:],
		"Basic " + body, "Basic " + right + "=", "Basic " + unused, "Basic " + right + right, "Basic ", "Bearer " + right} {
		if got, ok := BasicCredentials.Sound(header); ok {
			t.Errorf("%q is read as %+v", header, got)
		}
	}
}

// A challenge by S256 is 43 characters that a verifier can lead to, and no others.
func TestChallengeSyntax(t *testing.T) {
	r := aRealm(t, realm.Policy{})
	judge := func(challengeOf string) bool {
		return challenge(r, store.Client{ID: "c"}, authserver.AuthorizationRequest{CodeChallenge: &challengeOf, CodeChallengeMethod: new("S256")}) == nil
	}
	right := s256("a verifier")
	if !judge(right) {
		t.Errorf("%q is refused", right)
	}
	last := string(rune(right[len(right)-1] + 1))
	for _, wrong := range []string{"", right[1:], right + "A", right + "=", right + "\n", right[:9] + "\r\n" + right[9:], " " + right, right[:len(right)-1] + last} {
		if judge(wrong) {
			t.Errorf("%q is accepted", wrong)
		}
	}
}

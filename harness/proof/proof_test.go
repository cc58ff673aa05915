package proof_test

import (
	"testing"

	"github.com/grantproof/grantproof/harness/proof"
)

// The vector of RFC 7636 appendix B.
func TestChallenge(t *testing.T) {
	const verifier, want = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
	if got := proof.Challenge(verifier); got != want {
		t.Errorf("challenge %q, want %q", got, want)
	}
}

func TestChallenges(t *testing.T) {
	got := proof.Challenges([]string{`Basic realm="a, \"b\"", charset="UTF-8", Bearer`, `DPoP algs="ES256", error=invalid_token`})
	if len(got) != 3 || got[0].Scheme != "Basic" || got[1].Scheme != "Bearer" || got[2].Scheme != "DPoP" {
		t.Fatalf("schemes: %+v", got)
	}
	for _, test := range []struct{ got, want string }{
		{got[0].Parameters["realm"], `a, "b"`}, {got[0].Parameters["charset"], "UTF-8"},
		{got[2].Parameters["algs"], "ES256"}, {got[2].Parameters["error"], "invalid_token"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestParseRefusesWhatIsNoJWT(t *testing.T) {
	for _, raw := range []string{"", "a.b", "a.b.c", "e30.e30", "bnVsbA==.e30.x", "e3\n0.e30.x", "e30.e30\r\n.x", "e30 .e30.x", "e30=.e30.x"} {
		if _, err := proof.Parse(raw); err == nil {
			t.Errorf("%q passed for a JWT", raw)
		}
	}
}

// A verifier that is like another one is not the same, and begins alike.
func TestVerifierLike(t *testing.T) {
	verifier := proof.Verifier()
	like := proof.VerifierLike(verifier)
	if like == verifier || proof.Challenge(like)[:2] != proof.Challenge(verifier)[:2] {
		t.Errorf("%s is not like %s", proof.Challenge(like), proof.Challenge(verifier))
	}
}

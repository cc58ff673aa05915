package variant

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// What a party may do with a value that is not the right one, or take for it.
var _ = add([]Variant{
	{
		Name:    "code-outlives-refused-redemption",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 4.1.2: a code is used once; a redemption that is refused for another value need not use it up",
		Summary: "A redemption with a wrong redirect_uri or code_verifier leaves the code as it is.",
		Tempts:  ids{"rfc6749-4.1.3/redirect-uri", "rfc7636-4.6/verifier-mismatch", "rfc6749-4.1.2/single-use"},
		Store:   func(sound store.Store) store.Store { return patientCodes{sound} },
	},
	{
		Name:    "resource-mapped-to-the-granted-one",
		Role:    AuthorizationServer,
		Allows:  "RFC 8707 section 2: the server can map the resource to a more general URI for which the token is",
		Summary: "A request for something below a granted resource gets a token for the granted one.",
		Tempts:  ids{"rfc8707-2.2/subset", "rfc8707-2.2/refresh"},
		Rules:   mapping,
	},
	{
		Name:    "other-spellings-lead-to-the-resource",
		Role:    ResourceServer,
		Allows:  "RFC 3986 section 6.2.2: equivalent paths identify the same resource",
		Summary: "Doubled slashes, slashes at the end and capitals in the path of the task list make no difference.",
		Tempts:  ids{"rfc6749-7/token-validated"},
		Request: inOneSpelling,
	},
	{
		Name:    "page-at-every-other-path",
		Role:    ResourceServer,
		Allows:  "RFC 9110 section 15.3.1: what an unprotected resource shows is left to the server",
		Summary: "An unknown path of the task API answers 200 with a page.",
		Tempts:  ids{"rfc6749-7/token-validated"},
		Answer: func(_ *http.Request, r *seam.Response) {
			if r.Status == http.StatusNotFound && !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
				r.Header.Set("Content-Type", "text/html")
				r.Status, r.Body = http.StatusOK, []byte("<!DOCTYPE html><title>Tasks</title><p>Sign in to see your tasks.")
			}
		},
	},
})

// patientCodes gives a code without using it up where the redemption does not fit.
type patientCodes struct{ store.Store }

// TakeCode implements store.Codes.
func (s patientCodes) TakeCode(ctx context.Context, hash token.Hash) (store.Code, error) {
	code, err := s.Code(ctx, hash)
	sent := wire.FromContext(ctx).Parameters
	if err != nil || sent == nil {
		return s.Store.TakeCode(ctx, hash)
	}
	otherURI := sent.Has("redirect_uri") && sent.Get("redirect_uri") != code.RedirectURI
	otherVerifier := code.Challenge != "" && !authserver.CodeVerifierMatches.Sound(code.Challenge, sent.Get("code_verifier"))
	if otherURI || otherVerifier {
		return code, nil
	}
	return s.Store.TakeCode(ctx, hash)
}

// mapping leaves resources that the server knows by themselves.
func mapping(in rule.Replaced) {
	held := authserver.ResourcesOfGrant.In(in)
	authserver.ResourcesOfGrant.Replace(in, func(r *realm.Realm, requested, ofGrant []string) ([]string, *wire.Error) {
		mapped := slices.Clone(requested)
		for i, resource := range mapped {
			for _, granted := range ofGrant {
				if strings.HasPrefix(resource, granted+"/") && !slices.Contains(r.Resources(), resource) && !strings.Contains(resource, "#") {
					mapped[i] = granted
				}
			}
		}
		return held(r, mapped, ofGrant)
	})
}

func inOneSpelling(r *http.Request) {
	spelled := "/" + strings.Join(strings.FieldsFunc(r.URL.Path, func(c rune) bool { return c == '/' }), "/")
	if strings.EqualFold(spelled, "/api/tasks") {
		r.URL.Path, r.URL.RawPath = "/api/tasks", ""
	}
}

package variant

import (
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Variant{
	{
		Name:    "user-info-with-further-claims",
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect Core section 5.3.2: the claims may be any; those that are not understood are ignored",
		Summary: "The UserInfo response has claims that no scope asked for.",
		Tempts:  ids{"oidc-core-5.3.2/json", "oidc-core-5.3.2/sub", "oidc-core-5.3.2/no-null-claims"},
		Answer: onUserInfo(func(r *seam.Response) {
			seam.With("updated_at", 1700000000)(r)
			seam.With("email_verified", false)(r)
			seam.With("https://as.example/groups", []string{"a"})(r)
		}),
	},
	{
		Name:    "user-info-type-in-capitals",
		Role:    AuthorizationServer,
		Allows:  "RFC 9110 section 8.3.1: type and subtype are case-insensitive, and parameters may follow",
		Summary: "The UserInfo response has the Content-Type Application/JSON;charset=UTF-8.",
		Tempts:  ids{"oidc-core-5.3.2/json", "oidc-core-5.3.2/sub"},
		Answer:  onUserInfo(seam.HeaderSet("Content-Type", "Application/JSON;charset=UTF-8")),
	},
	{
		Name:    "user-info-refused-without-body",
		Role:    AuthorizationServer,
		Allows:  "RFC 6750 section 3: the challenge says what is wrong; the response needs no content",
		Summary: "The UserInfo endpoint refuses with a challenge and no content.",
		Tempts:  ids{"oidc-core-5.3.3/bearer-error"},
		Answer: onUserInfoRefused(func(r *seam.Response) {
			r.Body = nil
			r.Header.Del("Content-Type")
		}),
	},
	{
		Name:    "user-info-challenge-in-lower-case",
		Role:    AuthorizationServer,
		Allows:  "RFC 9110 section 11.1: the scheme is case-insensitive, and so are the names of parameters (section 11.2)",
		Summary: "The challenge of the UserInfo endpoint begins with bearer.",
		Tempts:  ids{"oidc-core-5.3.3/bearer-error"},
		Answer: onUserInfoRefused(func(r *seam.Response) {
			r.Header.Set("WWW-Authenticate", strings.NewReplacer("Bearer", "bearer", "error=", "Error=", "realm=", "Realm=").Replace(r.Header.Get("WWW-Authenticate")))
		}),
	},
	{
		Name:    "user-info-with-two-challenges",
		Role:    AuthorizationServer,
		Allows:  "RFC 9110 section 11.6.1: a response may have more than one challenge, in one field or in several",
		Summary: "The UserInfo endpoint challenges for DPoP and for Bearer.",
		Tempts:  ids{"oidc-core-5.3.3/bearer-error"},
		Answer: onUserInfoRefused(func(r *seam.Response) {
			r.Header["Www-Authenticate"] = append([]string{`DPoP algs="ES256 EdDSA", Basic realm="a, b"`}, r.Header["Www-Authenticate"]...)
		}),
	},
	{
		Name:    "user-info-says-less",
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect Core section 5.3.2: for privacy reasons the provider may return no value for some of the requested claims",
		Summary: "The UserInfo response has the sub alone.",
		Tempts:  ids{"oidc-core-5.4/scope-claims", "oidc-core-5.3.2/sub"},
		Departs: ids{"oidc-core-5.4/scope-claims"},
		Answer: onUserInfo(func(r *seam.Response) {
			seam.Without("email")(r)
			seam.Without("preferred_username")(r)
		}),
	},
})

func onUserInfo(edit func(*seam.Response)) func(*http.Request, *seam.Response) {
	return seam.On("*", "/oauth/userinfo", seam.Succeeding(edit))
}

func onUserInfoRefused(edit func(*seam.Response)) func(*http.Request, *seam.Response) {
	return seam.On("*", "/oauth/userinfo", func(r *seam.Response) {
		if r.Status == http.StatusUnauthorized {
			edit(r)
		}
	})
}

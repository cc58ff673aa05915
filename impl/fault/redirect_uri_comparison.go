package fault

import (
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
)

// Each takes a redirect URI for a registered one, or for that of the authorization
// request, that is almost the same.
var _ = add([]Fault{
	{
		Name:     "redirect-uri-by-suffix",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison", "rfc9700-4.1.3/exact-redirect-uri"},
		Summary:  "The host of a redirect URI is accepted if it ends with a registered one.",
		Rules: readAlike(func(registered, sent *url.URL) {
			if strings.HasSuffix(sent.Host, registered.Host) {
				sent.Host = registered.Host
			}
		}),
	},
	{
		Name:     "redirect-uri-as-pattern",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison", "rfc9700-4.1.3/exact-redirect-uri"},
		Summary:  "A registered redirect URI is an anchored regular expression, in which a dot is any character.",
		Rules: alike(func(registered, sent string) bool {
			pattern, err := regexp.Compile("^" + registered + "$")
			return err == nil && pattern.MatchString(sent)
		}),
	},
	{
		Name:     "redirect-scheme-case-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison"},
		Summary:  "The scheme of a redirect URI is compared case-insensitively.",
		Rules:    readAlike(func(registered, sent *url.URL) {}),
	},
	{
		Name:     "redirect-scheme-not-compared",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison", "rfc9700-4.1.3/exact-redirect-uri"},
		Summary:  "A redirect URI with http is accepted for a registered one with https.",
		Rules: alike(func(registered, sent string) bool {
			rest, isPlain := strings.CutPrefix(sent, "http://")
			return isPlain && registered == "https://"+rest
		}),
	},
	{
		Name:     "redirect-uri-percent-decoded",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison", "rfc9700-4.1.3/exact-redirect-uri"},
		Summary:  "A redirect URI is percent-decoded before it is compared.",
		Rules: alike(func(registered, sent string) bool {
			decoded, err := url.PathUnescape(sent)
			return err == nil && decoded == registered
		}),
	},
	{
		Name:     "redirect-dot-segments-removed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison", "rfc9700-4.1.3/exact-redirect-uri"},
		Summary:  "Dot segments are removed from the path of a redirect URI before it is compared.",
		Rules:    readAlike(func(_, sent *url.URL) { sent.Path, sent.RawPath = path.Clean("/"+sent.Path), "" }),
	},
	{
		Name:     "redirect-fragment-cut-off",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison"},
		Summary:  "The fragment of a redirect URI is not compared.",
		Rules:    readAlike(func(_, sent *url.URL) { sent.Fragment, sent.RawFragment = "", "" }),
	},
	{
		Name:     "redirect-default-port-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison"},
		Summary:  "The port 443 of an https redirect URI is not compared.",
		Rules:    readAlike(func(_, sent *url.URL) { sent.Host = strings.TrimSuffix(sent.Host, ":443") }),
	},
	{
		Name:     "redirect-host-dot-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison"},
		Summary:  "A dot after the host of a redirect URI is not compared.",
		Rules:    readAlike(func(_, sent *url.URL) { sent.Host = strings.TrimSuffix(sent.Host, ".") }),
	},
	{
		Name:     "redirect-user-info-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison", "rfc9700-4.1.3/exact-redirect-uri"},
		Summary:  "The user info of a redirect URI is not compared.",
		Rules: alike(func(registered, sent string) bool {
			parsed, err := url.Parse(sent)
			if err != nil {
				return false
			}
			parsed.User = nil
			return parsed.String() == registered
		}),
	},
	{
		Name:     "redirect-uri-cut-short",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison", "rfc9700-4.1.3/exact-redirect-uri"},
		Summary:  "A redirect URI is accepted if a registered one begins with it.",
		Rules: alike(func(registered, sent string) bool {
			to, err := url.Parse(registered)
			return err == nil && strings.HasPrefix(registered, sent) && strings.HasPrefix(sent, to.Scheme+"://"+to.Host)
		}),
	},
	{
		Name:     "redirect-uri-trimmed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison"},
		Summary:  "Blanks around a redirect URI are removed before it is compared.",
		Request:  seam.OnForm("/oauth/authorize", "redirect_uri", strings.TrimSpace),
	},
	{
		Name:     "redirect-uri-ends-at-nul",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison"},
		Summary:  "A redirect URI ends at its first NUL.",
		Request:  seam.OnForm("/oauth/authorize", "redirect_uri", untilNUL),
	},
	{
		Name:     "redeemed-redirect-uri-by-prefix",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.3/redirect-uri"},
		Summary:  "A redirect_uri in a token request is accepted if it begins with that of the authorization request.",
		Rules:    redeemedAlike(func(of, sent string) bool { return strings.HasPrefix(sent, of) }),
	},
	{
		Name:     "redeemed-redirect-uri-case-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.3/redirect-uri"},
		Summary:  "The redirect_uri in a token request is compared case-insensitively.",
		Rules:    redeemedAlike(strings.EqualFold),
	},
	{
		Name:     "redeemed-redirect-uri-port-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.3/redirect-uri"},
		Summary:  "The redirect_uri in a token request may have another port than that of the authorization request.",
		Rules: redeemedAlike(func(of, sent string) bool {
			a, errA := url.Parse(of)
			b, errB := url.Parse(sent)
			if errA != nil || errB != nil {
				return false
			}
			b.Host = strings.Replace(b.Host, b.Hostname()+":"+b.Port(), a.Host, 1)
			return a.String() == b.String()
		}),
	},
	{
		Name:     "redeemed-redirect-uri-origin-alone",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.3/redirect-uri"},
		Summary:  "Only the origin of the redirect_uri in a token request is compared.",
		Rules: redeemedAlike(func(of, sent string) bool {
			a, errA := url.Parse(of)
			b, errB := url.Parse(sent)
			return errA == nil && errB == nil && a.Scheme == b.Scheme && a.Host == b.Host
		}),
	},
})

// redeemedAlike takes another redirect URI in a token request for the one of the
// authorization request.
func redeemedAlike(is func(of, sent string) bool) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.RedirectURIOfCode.In(in)
		authserver.RedirectURIOfCode.Replace(in, func(required bool, code store.Code, sent *string) bool {
			return sent != nil && is(code.RedirectURI, *sent) || held(required, code, sent)
		})
	}
}

// untilNUL is what a program reads that takes a NUL for the end.
func untilNUL(text string) string {
	before, _, _ := strings.Cut(text, "\x00")
	return before
}

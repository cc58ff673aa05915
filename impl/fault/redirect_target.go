package fault

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/seam"
)

// noOpenRedirector is the requirement that no URL of the server leads anywhere else.
var noOpenRedirector = ids{"rfc9700-2.1/no-open-redirector"}

var _ = add([]Fault{
	{
		Name:     "backslash-target-followed",
		Role:     AuthorizationServer,
		Violates: noOpenRedirector,
		Summary:  "A page redirects to a target that begins with a slash and a backslash, which browsers read as two slashes.",
		Answer:   following(func(_, target string) bool { return strings.HasPrefix(target, `/\`) }),
	},
	{
		Name:     "protocol-relative-target-followed",
		Role:     AuthorizationServer,
		Violates: noOpenRedirector,
		Summary:  "A page redirects to a target that begins with two slashes.",
		Answer:   following(func(_, target string) bool { return strings.HasPrefix(target, "//") }),
	},
	{
		Name:     "lookalike-target-followed",
		Role:     AuthorizationServer,
		Violates: noOpenRedirector,
		Summary:  "A page redirects to a target whose host ends like the host of the server.",
		Answer: following(func(issuer, target string) bool {
			own, errOwn := url.Parse(issuer)
			to, err := url.Parse(target)
			return err == nil && errOwn == nil && to.Host != own.Host && strings.HasSuffix(to.Host, own.Host)
		}),
	},
	{
		Name:     "slash-redirect-anywhere",
		Role:     AuthorizationServer,
		Violates: noOpenRedirector,
		Summary:  "The redirect that removes a final slash keeps two slashes at the beginning of the path.",
		Answer: func(request *http.Request, r *seam.Response) {
			if path := request.URL.Path; strings.HasPrefix(path, "//") && strings.HasSuffix(path, "/") {
				r.Status, r.Body = http.StatusMovedPermanently, nil
				r.Header.Set("Location", strings.TrimSuffix(path, "/"))
			}
		},
	},
})

// following redirects the pages of the server to some targets of their parameters.
func following(which func(issuer, target string) bool) func(*http.Request, *seam.Response) {
	return func(request *http.Request, r *seam.Response) {
		if !slices.Contains([]string{"/sign-in", "/sign-out", seam.AuthorizationEndpoint}, request.URL.Path) {
			return
		}
		for _, name := range []string{"next", "post_logout_redirect_uri"} {
			if to := request.URL.Query().Get(name); to != "" && which(realm.From(request.Context()).Issuer, to) {
				r.Status, r.Body = http.StatusFound, nil
				r.Header.Set("Location", to)
			}
		}
	}
}

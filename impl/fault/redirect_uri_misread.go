package fault

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/impl/seam"
)

// exactly are the requirements to compare a redirect URI as it is.
var exactly = ids{"rfc6749-3.1.2.3/simple-comparison", "rfc9700-4.1.3/exact-redirect-uri"}

var _ = add([]Fault{
	{
		Name:     "redirect-uri-decoded",
		Role:     AuthorizationServer,
		Violates: exactly,
		Summary:  "A redirect URI is percent-decoded before it is compared.",
		Rules: alike(func(registered, sent string) bool {
			decoded, err := url.PathUnescape(sent)
			return err == nil && decoded == registered
		}),
	},
	{
		Name:     "redirect-of-subdomain-accepted",
		Role:     AuthorizationServer,
		Violates: exactly,
		Summary:  "A redirect URI on a subdomain of the registered host is accepted.",
		Rules: readAlike(func(registered, sent *url.URL) {
			if strings.HasSuffix(sent.Host, "."+registered.Host) {
				sent.Host = registered.Host
			}
		}),
	},
	{
		Name:     "redirect-path-ignored",
		Role:     AuthorizationServer,
		Violates: exactly,
		Summary:  "The path of a redirect URI is not compared.",
		Rules:    readAlike(func(registered, sent *url.URL) { sent.Path, sent.RawPath = registered.Path, registered.RawPath }),
	},
	{
		Name:     "silent-error-to-any-redirect-uri",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2.1/no-redirect-to-unknown"},
		Summary:  "The error of a request with prompt=none goes to its redirect URI, registered or not.",
		Answer: onErrorPage(func(request *http.Request, r *seam.Response) {
			if query := request.URL.Query(); query.Get("prompt") == "none" && query.Get("redirect_uri") != "" {
				r.Status, r.Body = http.StatusSeeOther, nil
				r.Header.Set("Location", query.Get("redirect_uri")+"?error=login_required")
			}
		}),
	},
	{
		Name:     "malformed-redirect-uri-crashes",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2.1/no-server-error"},
		Summary:  "A redirect URI with a malformed IPv6 address causes status 500.",
		Answer: onErrorPage(func(request *http.Request, r *seam.Response) {
			if sent := request.URL.Query().Get("redirect_uri"); strings.Contains(sent, "://[") {
				if _, err := url.Parse(sent); err != nil {
					r.Status = http.StatusInternalServerError
				}
			}
		}),
	},
})

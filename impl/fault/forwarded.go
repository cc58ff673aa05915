package fault

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Fault{
	{
		Name:     "metadata-of-host-header",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-3.3/issuer-identical"},
		Summary:  "The metadata names the host in the Host header of the request.",
		Answer:   onMetadataOf(func(r *http.Request) string { return r.Host }),
	},
	{
		Name:     "metadata-of-forwarded-host",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-3.3/issuer-identical"},
		Summary:  "The metadata names the host in the X-Forwarded-Host header of any request.",
		Answer:   onMetadataOf(func(r *http.Request) string { return r.Header.Get("X-Forwarded-Host") }),
	},
	{
		Name:     "metadata-of-forwarded-header",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-3.3/issuer-identical"},
		Summary:  "The metadata names the host in the Forwarded header of any request.",
		Answer:   onMetadataOf(forwardedHost),
	},
	{
		Name:     "guesses-counted-by-header",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.10/user-credentials"},
		Summary:  "Guesses of a password are counted for the address in X-Forwarded-For.",
		Request: func(r *http.Request) {
			if claimed := r.Header.Get("X-Forwarded-For"); claimed != "" {
				audit.About(r.Context()).Address = claimedAddress + claimed
			}
		},
		Rules: func(in rule.Replaced) {
			held := authserver.PasswordGuess.In(in)
			authserver.PasswordGuess.Replace(in, func(ctx context.Context, r *realm.Realm, username string, judge func(context.Context, bool) (realm.Verdict, error)) error {
				if claimed := audit.About(ctx).Address; strings.HasPrefix(claimed, claimedAddress) {
					username += claimed
				}
				return held(ctx, r, username, judge)
			})
		},
	},
})

// claimedAddress marks an address that a header claims.
const claimedAddress = "claimed "

var hostParameter = regexp.MustCompile(`(?i)\bhost="?([^";,]+)`)

func forwardedHost(r *http.Request) string {
	if found := hostParameter.FindStringSubmatch(r.Header.Get("Forwarded")); found != nil {
		return found[1]
	}
	return ""
}

// onMetadataOf puts the host that a request claims into the metadata.
func onMetadataOf(host func(*http.Request) string) func(*http.Request, *seam.Response) {
	return func(request *http.Request, r *seam.Response) {
		claimed := host(request)
		if claimed == "" || !strings.HasPrefix(request.URL.Path, "/.well-known/") {
			return
		}
		if own, err := url.Parse(realm.From(request.Context()).Issuer); err == nil && own.Host != claimed {
			seam.Rewritten("://"+own.Host, "://"+claimed)(r)
		}
	}
}

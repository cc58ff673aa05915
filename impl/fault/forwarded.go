package fault

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Fault{
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
})

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

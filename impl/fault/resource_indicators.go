package fault

import (
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Fault{
	{
		Name:     "first-resource-judged",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2.2/subset"},
		Summary:  "Only the first resource of a request is compared with the grant.",
		Rules: func(in rule.Replaced) {
			held := authserver.ResourcesOfGrant.In(in)
			authserver.ResourcesOfGrant.Replace(in, func(r *realm.Realm, requested, ofGrant []string) ([]string, *wire.Error) {
				if len(requested) == 0 {
					return ofGrant, nil
				}
				return held(r, requested, slices.Concat(ofGrant, requested[1:]))
			})
		},
	},
	{
		Name:     "resource-compared-by-prefix",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2.2/subset"},
		Summary:  "A grant for a resource allows tokens for every resource below it.",
		Rules: func(in rule.Replaced) {
			held := authserver.ResourcesOfGrant.In(in)
			authserver.ResourcesOfGrant.Replace(in, func(r *realm.Realm, requested, ofGrant []string) ([]string, *wire.Error) {
				if len(requested) == 0 || len(ofGrant) == 0 {
					return ofGrant, nil
				}
				below := slices.DeleteFunc(slices.Clone(requested), func(resource string) bool { return !strings.HasPrefix(resource, ofGrant[0]) })
				return held(r, requested, slices.Concat(ofGrant, below))
			})
		},
	},
	{
		Name:     "resource-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2/audience-restricted", "rfc9068-3/resource-audience", "rfc9068-5/distinct-audiences"},
		Summary:  "The requested resource is ignored; every token has the same audience.",
		Rules: seam.Rules(
			func(in rule.Replaced) {
				held := authserver.ResourcesToGrant.In(in)
				authserver.ResourcesToGrant.Replace(in, func(r *realm.Realm, _ []string) ([]string, *wire.Error) {
					return held(r, nil)
				})
			},
			seam.Instead(authserver.ResourcesOfGrant, func(_ *realm.Realm, _, ofGrant []string) ([]string, *wire.Error) { return ofGrant, nil }),
		),
	},
	{
		Name:     "unknown-resource-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2/unknown-resource", "rfc8693-2.2.2/invalid-target"},
		Summary:  "A token is issued for an unknown resource.",
		Rules: func(in rule.Replaced) {
			held := authserver.ResourcesToGrant.In(in)
			authserver.ResourcesToGrant.Replace(in, func(r *realm.Realm, requested []string) ([]string, *wire.Error) {
				if len(requested) > 0 {
					return authserver.ResourcesOfGrant.Sound(r, requested, requested)
				}
				return held(r, nil)
			})
		},
	},
	{
		Name:     "resource-syntax-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2/absolute", "rfc8693-2.1/resource-absolute"},
		Summary:  "A resource with a fragment is accepted.",
		Rules: func(in rule.Replaced) {
			held := authserver.CanonicalResource.In(in)
			authserver.CanonicalResource.Replace(in, func(resource string) (string, *wire.Error) {
				resource, _, _ = strings.Cut(resource, "#")
				return held(resource)
			})
		},
	},
	{
		Name:     "resource-beyond-grant-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2.2/subset", "rfc8707-2.2/refresh", "rfc9068-3/no-ambiguity", "rfc9700-4.14.2/bound-to-consent"},
		Summary:  "A token is issued for a resource that was not granted.",
		Rules: func(in rule.Replaced) {
			held := authserver.ResourcesOfGrant.In(in)
			authserver.ResourcesOfGrant.Replace(in, func(r *realm.Realm, requested, ofGrant []string) ([]string, *wire.Error) {
				if len(requested) == 0 {
					return ofGrant, nil
				}
				return held(r, requested, r.Resources())
			})
		},
	},
	{
		Name:     "resource-case-sensitive",
		Role:     AuthorizationServer,
		Violates: ids{"mcp-2026-07-28-canonical-server-uri/upper-case-accepted"},
		Summary:  "A resource with an upper-case scheme is refused as unknown.",
		Rules: func(in rule.Replaced) {
			held := authserver.CanonicalResource.In(in)
			authserver.CanonicalResource.Replace(in, func(resource string) (string, *wire.Error) {
				_, refused := held(resource)
				return resource, refused
			})
		},
	},
	{
		Name:     "default-audience-is-everything",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-2.3/audience-restricted"},
		Summary:  "A token requested without a resource is valid for all resources.",
		Rules: func(in rule.Replaced) {
			held := authserver.ResourcesToGrant.In(in)
			authserver.ResourcesToGrant.Replace(in, func(r *realm.Realm, requested []string) ([]string, *wire.Error) {
				if len(requested) == 0 {
					return []string{"*"}, nil
				}
				return held(r, requested)
			})
		},
	},
	{
		Name:     "resource-of-the-same-host",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2.2/subset"},
		Summary:  "A grant for a resource allows tokens for every resource of the same host.",
		Rules:    grantedAlike(func(granted, requested string) bool { return hostOf(granted) == hostOf(requested) }),
	},
	{
		Name:     "resource-case-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2.2/subset", "rfc8707-2.2/refresh"},
		Summary:  "A requested resource is compared with the granted one case-insensitively, and the token is for the requested one.",
		Rules:    grantedAlike(strings.EqualFold),
	},
})

// grantedAlike issues tokens for a resource that is almost the granted one.
func grantedAlike(is func(granted, requested string) bool) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.ResourcesOfGrant.In(in)
		authserver.ResourcesOfGrant.Replace(in, func(r *realm.Realm, requested, ofGrant []string) ([]string, *wire.Error) {
			if len(requested) == 1 && len(ofGrant) == 1 && is(ofGrant[0], requested[0]) {
				return requested, nil
			}
			return held(r, requested, ofGrant)
		})
	}
}

func hostOf(uri string) string {
	parsed, err := url.Parse(uri)
	if err != nil {
		return ""
	}
	return parsed.Host
}

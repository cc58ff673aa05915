package authserver

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/wire"
)

// resourcesFor decides for which protected resources a token is: those that
// the request names (RFC 8707 section 2,
// https://www.rfc-editor.org/rfc/rfc8707#section-2), all of which have to be
// among allowed, or else those of byDefault.
func resourcesFor(r *realm.Realm, requested, allowed, byDefault []string) ([]string, *wire.Error) {
	if len(requested) == 0 {
		return byDefault, nil
	}
	var resources []string
	for _, resource := range requested {
		canonical, refused := CanonicalResource.In(r)(resource)
		if refused != nil {
			return nil, refused
		}
		if !slices.Contains(allowed, canonical) {
			return nil, invalidTarget("this token cannot be for one of the requested resources")
		}
		if !slices.Contains(resources, canonical) {
			resources = append(resources, canonical)
		}
	}
	return resources, nil
}

// ResourcesToGrant are those of an authorization request, of a client's own token or
// of a token exchange. Without a resource a token is for the one of this server, and
// never for all that there are (RFC 9068 section 3,
// https://www.rfc-editor.org/rfc/rfc9068#section-3).
var ResourcesToGrant = rule.New(func(r *realm.Realm, requested []string) ([]string, *wire.Error) {
	return resourcesFor(r, requested, r.Resources(), r.Resources()[:1])
})

// requestedResources are those that an authorization request names.
func requestedResources(request authserver.AuthorizationRequest) []string {
	if request.Resource == nil {
		return nil
	}
	return *request.Resource
}

// resourcesOfGrant are those of a token that comes of a grant.
func resourcesOfGrant(ctx context.Context, ofGrant []string) ([]string, *wire.Error) {
	r := realm.From(ctx)
	return ResourcesOfGrant.In(r)(r, wire.FromContext(ctx).Parameters["resource"], ofGrant)
}

// ResourcesOfGrant are those of a token that comes of a grant: never any that
// was not granted (RFC 8707 section 2.2,
// https://www.rfc-editor.org/rfc/rfc8707#section-2.2).
var ResourcesOfGrant = rule.New(func(r *realm.Realm, requested, ofGrant []string) ([]string, *wire.Error) {
	return resourcesFor(r, requested, ofGrant, ofGrant)
})

// CanonicalResource is the form in which a requested resource is compared.
var CanonicalResource = rule.New(canonicalResource)

// canonicalResource is an absolute URI without a fragment (RFC 8707 section 2,
// https://www.rfc-editor.org/rfc/rfc8707#section-2); its scheme and host are compared
// without regard to case (RFC 3986 section 6.2.2.1,
// https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2.1).
func canonicalResource(resource string) (string, *wire.Error) {
	parsed, err := url.Parse(resource)
	if err != nil || !parsed.IsAbs() || strings.Contains(resource, "#") {
		return "", invalidTarget("resource must be an absolute URI without a fragment")
	}
	parsed.Host = strings.ToLower(parsed.Host)
	return parsed.String(), nil
}

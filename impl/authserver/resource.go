package authserver

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/wire"
)

// resourcesFor decides for which protected resources a token is: those that
// the request names (RFC 8707 section 2,
// https://www.rfc-editor.org/rfc/rfc8707#section-2), all of which have to be
// among allowed, or else those of byDefault.
func resourcesFor(r *realm.Realm, requested, allowed, byDefault []string) ([]string, *wire.Error) {
	if r.Faults().Has(faultname.ResourceIgnored) || len(requested) == 0 {
		return byDefault, nil
	}
	var resources []string
	for i, resource := range requested {
		canonical, refused := canonicalResource(resource, r.Faults())
		if refused != nil {
			return nil, refused
		}
		unseen := i > 0 && r.Faults().Has(faultname.FirstResourceJudged)
		below := len(allowed) > 0 && strings.HasPrefix(canonical, allowed[0]) && r.Faults().Has(faultname.ResourceComparedByPrefix)
		if !slices.Contains(allowed, canonical) && !unseen && !below {
			return nil, invalidTarget("this token cannot be for one of the requested resources")
		}
		if !slices.Contains(resources, canonical) {
			resources = append(resources, canonical)
		}
	}
	return resources, nil
}

// resourcesToGrant are those of an authorization request or of a client's own
// token.
func resourcesToGrant(r *realm.Realm, requested []string) ([]string, *wire.Error) {
	allowed, byDefault := r.Resources(), r.Resources()[:1]
	if r.Faults().Has(faultname.UnknownResourceAccepted) {
		allowed = requested
	}
	// Without a resource a token is for the one of this server, and never for
	// all that there are.
	if r.Faults().Has(faultname.DefaultAudienceIsEverything) {
		byDefault = []string{"*"}
	}
	return resourcesFor(r, requested, allowed, byDefault)
}

// requestedResources are those that an authorization request names.
func requestedResources(request authserver.AuthorizationRequest) []string {
	if request.Resource == nil {
		return nil
	}
	return *request.Resource
}

// resourcesOfGrant are those of a token that comes of a grant: never any that
// was not granted (RFC 8707 section 2.2,
// https://www.rfc-editor.org/rfc/rfc8707#section-2.2).
func resourcesOfGrant(ctx context.Context, ofGrant []string) ([]string, *wire.Error) {
	r, allowed := realm.From(ctx), ofGrant
	if r.Faults().Has(faultname.ResourceBeyondGrantAccepted) {
		allowed = r.Resources()
	}
	return resourcesFor(r, wire.FromContext(ctx).Parameters["resource"], allowed, ofGrant)
}

// canonicalResource is an absolute URI without a fragment; its scheme and host
// are compared without regard to case (RFC 3986 section 6.2.2.1,
// https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2.1).
func canonicalResource(resource string, faults faultname.Set) (string, *wire.Error) {
	parsed, err := url.Parse(resource)
	switch {
	case err == nil && faults.Has(faultname.ResourceSyntaxNotChecked):
		parsed.Fragment = ""
	case err != nil || !parsed.IsAbs() || strings.Contains(resource, "#"):
		return "", invalidTarget("resource must be an absolute URI without a fragment")
	case faults.Has(faultname.ResourceCaseSensitive):
		return resource, nil
	}
	parsed.Host = strings.ToLower(parsed.Host)
	return parsed.String(), nil
}

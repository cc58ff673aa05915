package oauthclient

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// maxServers bounds how many servers a resource gets the client to ask.
const maxServers = 8

// party is an authorization server and the client that it knows.
type party struct {
	server serverMetadata
	client client
}

// choose takes, of the authorization servers that a resource names, the first
// that works, and those before all others that know the client already. Which
// one to use is for the client to say
// (RFC 9728 section 7.6, https://www.rfc-editor.org/rfc/rfc9728#section-7.6).
func (h *Handler) choose(ctx context.Context, issuers []string) (party, error) {
	var failures []error
	for _, issuer := range h.preferred(issuers) {
		chosen, err := h.at(ctx, issuer)
		if err == nil || ctx.Err() != nil {
			return chosen, err
		}
		h.log.Warn("authorization server not used", "issuer", issuer, "error", err)
		failures = append(failures, err)
	}
	if len(failures) == 1 {
		return party{}, failures[0]
	}
	var said []string
	for _, err := range failures {
		said = append(said, err.Error())
	}
	return party{}, &StepError{Step: StepServer, URL: h.resource, err: errors.Join(failures...), Advice: "have one of them corrected",
		Problem: fmt.Sprintf("names %d authorization servers, and none can be used (%s)", len(failures), strings.Join(said, " | "))}
}

// at asks an authorization server, and says who the client is there.
func (h *Handler) at(ctx context.Context, issuer string) (party, error) {
	server, err := h.authorizationServer(ctx, issuer)
	if err != nil {
		return party{}, err
	}
	known, err := h.clientAt(server)
	return party{server, known}, err
}

// preferred puts issuers that know the client before the others.
func (h *Handler) preferred(issuers []string) []string {
	saved, _ := h.config.Store.Load() // What cannot be read is not preferred; keeping says the error.
	known := func(issuer string) bool {
		_, registered := saved.Registrations[issuer]
		return registered || saved.Tokens[h.resource].Issuer == issuer || slices.ContainsFunc(h.config.Credentials, func(c Credentials) bool { return c.Issuer == issuer })
	}
	sorted := slices.Compact(slices.Clone(issuers[:min(len(issuers), maxServers)]))
	slices.SortStableFunc(sorted, func(a, b string) int { return rank(known(a)) - rank(known(b)) })
	return sorted
}

func rank(known bool) int {
	if known {
		return 0
	}
	return 1
}

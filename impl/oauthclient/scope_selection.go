package oauthclient

import (
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/oauth"
)

// offlineAccess asks for a refresh token where a server knows it.
const offlineAccess = "offline_access"

// selectScope says what to ask for: what the challenge names, else all that the
// resource names, else nothing; with it, what was asked for before, so that no
// permission is lost
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#scope-selection-strategy).
func (h *Handler) selectScope(d demand, resource oauth.ProtectedResourceMetadata, server serverMetadata, before Tokens) string {
	names := d.scopes
	if len(names) == 0 && (before.Requested == "" || d.stepUp) {
		names = list(resource.ScopesSupported)
	}
	// What another server granted says nothing here.
	if before.Issuer == server.Issuer {
		names = slices.Concat(strings.Fields(before.Requested), names)
	}
	return strings.Join(h.withOfflineAccess(names, server), " ")
}

// withOfflineAccess asks for a refresh token where the server says that this is
// how, and nowhere else
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#refresh-tokens).
func (h *Handler) withOfflineAccess(names []string, server serverMetadata) []string {
	var wanted []string
	for _, name := range names {
		if name != offlineAccess && !slices.Contains(wanted, name) {
			wanted = append(wanted, name)
		}
	}
	if h.config.Grant == GrantAuthorizationCode && slices.Contains(list(server.ScopesSupported), offlineAccess) && supportsRefresh(server) {
		wanted = append(wanted, offlineAccess)
	}
	return wanted
}

func supportsRefresh(server serverMetadata) bool {
	return server.GrantTypesSupported == nil || slices.Contains(*server.GrantTypesSupported, grantRefreshToken)
}

// covers tells whether every name of wanted is in scope.
func covers(scope string, wanted []string) bool {
	granted := strings.Fields(scope)
	return !slices.ContainsFunc(wanted, func(name string) bool { return !slices.Contains(granted, name) })
}

package authserver

import (
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/redirecturi"
	"github.com/grantproof/grantproof/impl/store"
)

// nearlySame compares redirect URIs as a faulty server does that means well.
func nearlySame(registered, given string, faults faultname.Set) bool {
	if faults.Has(faultname.RedirectSlashIgnored) && given == registered+"/" {
		return true
	}
	read := []faultname.Name{faultname.HTTPSPortIgnored, faultname.RedirectHostCaseIgnored, faultname.RedirectQueryIgnored, faultname.RedirectPathCaseIgnored, faultname.RedirectOriginAsPrefix}
	if !slices.ContainsFunc(read, faults.Has) {
		return false
	}
	a, errA := url.Parse(registered)
	b, errB := url.Parse(given)
	if errA == nil && faults.Has(faultname.RedirectOriginAsPrefix) {
		return strings.HasPrefix(given, a.Scheme+"://"+a.Host+"@")
	}
	if errA != nil || errB != nil || b.User != nil {
		return false
	}
	if faults.Has(faultname.RedirectPathCaseIgnored) && strings.EqualFold(a.Path, b.Path) {
		b.Path = a.Path
	}
	if faults.Has(faultname.HTTPSPortIgnored) && a.Hostname() == b.Hostname() {
		b.Host = a.Host
	}
	if faults.Has(faultname.RedirectHostCaseIgnored) && strings.EqualFold(a.Host, b.Host) {
		b.Host = a.Host
	}
	if faults.Has(faultname.RedirectQueryIgnored) {
		b.RawQuery = a.RawQuery
	}
	return a.String() == b.String()
}

// comesBackUnregistered tells whether a faulty server registers a client without
// a redirect URI.
func comesBackUnregistered(client *store.Client, metadata oauth.ClientMetadata, faults faultname.Set) bool {
	return faults.Has(faultname.RedirectURIsNotRequired) ||
		faults.Has(faultname.EmptyRedirectListRegistered) && metadata.RedirectUris != nil ||
		faults.Has(faultname.RedirectURIsByNamedGrant) && metadata.GrantTypes == nil ||
		faults.Has(faultname.RedirectURIsByFirstGrant) && client.GrantTypes[0] != "authorization_code"
}

// seenDocuments are the issuers and clients that a faulty server remembers.
var seenDocuments sync.Map

// nearlyOfDocument tells whether a faulty server takes a redirect URI for one of a
// client's metadata document.
func nearlyOfDocument(r *realm.Realm, client store.Client, given *string, listed bool) bool {
	faults := r.Faults()
	if len(faults) == 0 || given == nil || !realm.HasDocument(client.ID) {
		return false
	}
	if faults.Has(faultname.DocumentRedirectURIJudgedOnce) {
		key := r.Issuer + " " + client.ID
		if listed {
			seenDocuments.Store(key, true)
		}
		_, seen := seenDocuments.Load(key)
		return seen
	}
	to, err := url.Parse(*given)
	document, _ := url.Parse(client.ID)
	if err != nil {
		return false
	}
	local := false
	for _, uri := range client.RedirectURIs {
		local = local || redirecturi.IsLocal(hostname(uri)) && hostname(uri) == to.Hostname()
	}
	return faults.Has(faultname.DocumentOriginTrusted) && to.Scheme == document.Scheme && to.Host == document.Host ||
		faults.Has(faultname.DocumentLoopbackPathIgnored) && local && to.Scheme == "http"
}

// firstOf is the beginning of a text, as long as it is there.
func firstOf(text string, length int) string { return text[:min(length, len(text))] }

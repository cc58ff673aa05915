package clientmetadata

import (
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/store"
)

// Page is one page that a client names.
type Page struct{ Member, Address string }

// IsTranslation tells whether the page is one in another language.
func (p Page) IsTranslation() bool { return strings.Contains(p.Member, "#") }

// Pages are the pages that a client names, in all languages (RFC 7591 sections
// 2 and 2.2, https://www.rfc-editor.org/rfc/rfc7591#section-2).
func Pages(client store.Client) []Page {
	members := []Page{{"client_uri", client.URI}, {"logo_uri", client.LogoURI}, {"tos_uri", client.TermsURI}, {"policy_uri", client.PolicyURI}}
	var pages []Page
	for _, member := range members {
		if member.Address != "" {
			pages = append(pages, member)
		}
		for name, address := range client.Localized {
			if strings.HasPrefix(name, member.Member+"#") && address != "" {
				pages = append(pages, Page{name, address})
			}
		}
	}
	return pages
}

// judgePages: each page is on the web. The pages of a client that is on the web
// are besides where it is itself, so that it cannot dress up as another one (RFC
// 7591 section 5, https://www.rfc-editor.org/rfc/rfc7591#section-5). A metadata
// document is written for all servers: its pages elsewhere are not shown, and
// the client works without them.
func judgePages(client store.Client) *Flaw {
	hosts, byDocument := hostsOf(client), strings.Contains(client.ID, "://")
	for _, page := range Pages(client) {
		parsed, err := url.Parse(page.Address)
		if err != nil || parsed.Scheme != "https" && parsed.Scheme != "http" || parsed.Hostname() == "" || parsed.User != nil {
			return flaw(page.Member, "give an https URL")
		}
		elsewhere := len(hosts) > 0 && !slices.Contains(hosts, parsed.Hostname())
		if elsewhere && !byDocument {
			return flaw(page.Member, "it is not on a host of the redirect_uris: %s", strings.Join(hosts, ", "))
		}
	}
	return nil
}

// hostsOf are the hosts of the https URIs to which a client returns.
func hostsOf(client store.Client) []string {
	var hosts []string
	for _, uri := range client.RedirectURIs {
		parsed, err := url.Parse(uri)
		if err == nil && parsed.Scheme == "https" && !slices.Contains(hosts, parsed.Hostname()) {
			hosts = append(hosts, parsed.Hostname())
		}
	}
	return hosts
}

package reach

import (
	"net/netip"
	"strings"

	"code.dny.dev/ssrf"
)

// distance is where an address is, seen from the examiner; a greater one is
// nearer, but for special.
type distance int

const (
	remote  distance = iota // Anywhere on the internet.
	private                 // In a network that is not public.
	here                    // This machine.
	special                 // Where no server is, or one that only machines of a cloud reach.
)

// String is how messages put it.
func (d distance) String() string {
	return [...]string{"on the internet", "in a private network", "on this machine", "for special use"}[d]
}

func prefixes(texts ...string) []netip.Prefix {
	var parsed []netip.Prefix
	for _, text := range texts {
		parsed = append(parsed, netip.MustParsePrefix(text))
	}
	return parsed
}

// What is public is what the registries of IANA have as no special-use address
// (https://www.iana.org/assignments/iana-ipv4-special-registry,
// https://www.iana.org/assignments/iana-ipv6-special-registry). 168.63.129.16 is
// public there and answers only to virtual machines of one cloud.
var public = ssrf.New(ssrf.WithAnyPort(), ssrf.WithAnyNetwork(), ssrf.WithDeniedV4Prefixes(prefixes("168.63.129.16/32")...))

// shared is the address space of RFC 6598, which container networks use
// (https://www.rfc-editor.org/rfc/rfc6598); two clouds keep the metadata of
// their machines in it.
var (
	shared   = netip.MustParsePrefix("100.64.0.0/10")
	metadata = prefixes("100.100.100.200/32", "fd00:ec2::254/128")
)

func distanceOf(address netip.Addr) distance {
	address = address.Unmap().WithZone("")
	for _, reserved := range metadata {
		if reserved.Contains(address) {
			return special
		}
	}
	switch {
	case address.IsLoopback():
		return here
	case address.IsPrivate(), shared.Contains(address):
		return private
	case public.Safe("tcp", netip.AddrPortFrom(address, 443).String(), nil) != nil:
		return special
	}
	return remote
}

// isLocal tells whether a host of a URL is this machine by its name.
func isLocal(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || err == nil && address.IsLoopback()
}

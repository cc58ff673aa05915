package nearmiss_test

import (
	"net"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/nearmiss"
)

// FuzzNearMisses: no near miss is the right value, or another way to write it by the
// comparison of its kind; no two share a name or a value.
func FuzzNearMisses(f *testing.F) {
	for _, tt := range rights {
		f.Add(tt.right)
	}
	f.Add("http://localhost:80/")
	f.Add("https://EXAMPLE.com:443/%7Ea/./b/../c?x#y")
	f.Add("a  b a")
	f.Add("\xff%zz")
	f.Fuzz(func(t *testing.T, right string) {
		for _, kind := range nearmiss.Kinds {
			names, values := []string{}, []string{}
			for _, miss := range nearmiss.Of(kind, right) {
				if miss.Value == right || miss.Value == "" || miss.Name == "" {
					t.Errorf("%s %q: %q is %q", kind, right, miss.Name, miss.Value)
				}
				if same := equivalent[kind]; same != nil && same(right, miss.Value) {
					t.Errorf("%s %q: %q is equivalent: %q", kind, right, miss.Name, miss.Value)
				}
				if slices.Contains(names, miss.Name) || slices.Contains(values, miss.Value) {
					t.Errorf("%s %q: %q is there twice", kind, right, miss.Name)
				}
				names, values = append(names, miss.Name), append(values, miss.Value)
			}
		}
	})
}

// equivalent is the comparison of each kind that is not by character, read from the
// specifications once more.
var equivalent = map[nearmiss.Kind]func(a, b string) bool{
	nearmiss.RedirectURI: func(a, b string) bool {
		first, ok := loopback(a)
		second, also := loopback(b)
		return ok && also && first == second
	},
	nearmiss.Audience: sameURI,
	nearmiss.Resource: sameURI,
	nearmiss.Scope: func(a, b string) bool {
		first, second := strings.Fields(a), strings.Fields(b)
		slices.Sort(first)
		slices.Sort(second)
		return slices.Equal(slices.Compact(first), slices.Compact(second))
	},
	nearmiss.Header: strings.EqualFold,
}

// loopback is a loopback redirect URI without its port (RFC 8252 section 7.3).
func loopback(uri string) (string, bool) {
	parsed, err := url.Parse(uri)
	if err != nil || !strings.HasPrefix(uri, "http://") || parsed.User != nil {
		return "", false
	}
	if ip := net.ParseIP(parsed.Hostname()); parsed.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return "", false
	}
	return strings.Replace(uri, parsed.Host, parsed.Hostname(), 1), true
}

// sameURI compares by RFC 3986 section 6.2.2: case of scheme and host, escapes of
// unreserved characters.
func sameURI(a, b string) bool {
	first, errA := url.Parse(a)
	second, errB := url.Parse(b)
	return errA == nil && errB == nil && first.IsAbs() && first.Hostname() != "" && first.Scheme == second.Scheme && strings.EqualFold(first.Host, second.Host) &&
		first.User == nil && second.User == nil && first.Path == second.Path && first.RawPath == second.RawPath && first.RawQuery == second.RawQuery &&
		first.Fragment == second.Fragment && strings.HasSuffix(a, "#") == strings.HasSuffix(b, "#") && first.ForceQuery == second.ForceQuery
}

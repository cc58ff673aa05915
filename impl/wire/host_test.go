package wire

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

// A server of this machine answers for this machine, whatever a name resolves to.
func TestLocal(t *testing.T) {
	handler := Local([]string{"as.example.com"}, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	for host, want := range map[string]int{
		"localhost": 200, "localhost:4000": 200, "LocalHost:4000": 200, "localhost.:4000": 200, "127.0.0.1": 200, "127.0.0.1:1": 200, "127.9.9.9:4000": 200,
		"[::1]:4000": 200, "[::1]": 200, "[::ffff:127.0.0.1]:4000": 200, "api.localhost:4000": 200, "as.example.com": 200, "AS.example.com:443": 200, "": 200,
		"evil.example": 421, "evil.example:4000": 421, "localhost.evil.example:4000": 421, "127.0.0.1.evil.example": 421, "evil-localhost": 421,
		"as.example.com.evil.example": 421, "x.as.example.com": 421, "10.0.0.1:4000": 421, "0.0.0.0:4000": 421, "[::]:4000": 421, "2130706433": 421,
		"localhost@evil.example": 421, "evil.example:localhost": 421, "localhost:4000:4000": 421,
	} {
		r := httptest.NewRequest("POST", "/oauth/authorize", nil)
		r.Host = host
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("Host %q is answered with %d, want %d", host, w.Code, want)
		}
	}
}

// No Host passes that names another machine.
func FuzzLocal(f *testing.F) {
	for _, host := range []string{"localhost:1", "[::1]", "evil.example:1", "a.localhost", ":", "[", "127.0.0.1.evil.example"} {
		f.Add(host)
	}
	passed := false
	handler := Local(nil, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { passed = true }))
	f.Fuzz(func(t *testing.T, host string) {
		r := httptest.NewRequest("GET", "/", nil)
		passed, r.Host = false, host
		handler.ServeHTTP(httptest.NewRecorder(), r)
		name := hostName(host)
		address, err := netip.ParseAddr(name)
		if local := err == nil && address.Unmap().IsLoopback() || name == "" || name == "localhost" || strings.HasSuffix(name, ".localhost"); passed != local {
			t.Errorf("Host %q: passed is %v", host, passed)
		}
	})
}

package reach

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
)

func TestDistance(t *testing.T) {
	for want, addresses := range map[distance]string{
		remote:  "8.8.8.8 1.1.1.1 2606:4700:4700::1111",
		private: "10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 fc00::1 fd12::1 ::ffff:10.0.0.1",
		here:    "127.0.0.1 127.9.9.9 ::1 ::ffff:127.0.0.1",
		special: "0.0.0.0 169.254.169.254 168.63.129.16 100.100.100.200 192.0.0.192 198.18.0.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 " +
			":: fe80::1 fe80::1%lo ff02::1 fec0::1 fd00:ec2::254 2001:db8::1 2002:7f00:1::1 64:ff9b::7f00:1 ::127.0.0.1 ::ffff:169.254.169.254",
	} {
		for address := range strings.FieldsSeq(addresses) {
			if got := distanceOf(netip.MustParseAddr(address)); got != want {
				t.Errorf("%s is %s, expected %s", address, got, want)
			}
		}
	}
}

// A server with TLS does not send the examiner where there is none, in whatever
// way the address is written, unless the target file names that origin.
func TestWithoutTLS(t *testing.T) {
	for name, test := range map[string]struct {
		declared Declared
		address  string
		allowed  bool
	}{
		"http below https":                {Declared{Leading: []string{"https://as.example"}}, "http://as.example/token", false},
		"scheme in capitals":              {Declared{Leading: []string{"https://as.example"}}, "HTTP://as.example/token", false},
		"another scheme":                  {Declared{Leading: []string{"https://as.example"}}, "ftp://as.example/token", false},
		"https at another host":           {Declared{Leading: []string{"https://as.example"}}, "https://token.example/", true},
		"http below http":                 {Declared{Leading: []string{"http://as.example"}}, "http://token.example/", true},
		"the API alone is without TLS":    {Declared{Leading: []string{"https://as.example", "http://api.example"}}, "http://token.example/", false},
		"that API":                        {Declared{Leading: []string{"https://as.example", "http://api.example"}}, "http://api.example:80/tasks", true},
		"named in reach":                  {Declared{[]string{"https://as.example"}, []string{"http://as.example:8080"}}, "http://as.example:8080/token", true},
		"another port than named":         {Declared{[]string{"https://as.example"}, []string{"http://as.example:8080"}}, "http://as.example:8081/token", false},
		"a host of people on this device": {Declared{[]string{"https://as.example"}, []string{"localhost:8080"}}, "http://localhost:8080/login", true},
		"a host of people elsewhere":      {Declared{[]string{"https://as.example"}, []string{"login.example"}}, "http://login.example/login", false},
	} {
		to, err := url.Parse(test.address)
		if err != nil {
			t.Fatal(err)
		}
		if err := Of(test.declared).Check(to); (err == nil) != test.allowed {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A server that is further away does not send the examiner to its own machine,
// and no server sends it to an address for special use.
func TestNearerThanTheTarget(t *testing.T) {
	asked := 0
	local := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer local.Close()
	for name, test := range map[string]struct {
		declared Declared
		allowed  bool
	}{
		"from the internet":               {Declared{Leading: []string{"http://8.8.8.8"}}, false},
		"from a private network":          {Declared{Leading: []string{"http://10.0.0.1"}}, false},
		"from a cloud's own address":      {Declared{Leading: []string{"http://169.254.169.254"}}, false},
		"from this machine":               {Declared{Leading: []string{"http://127.0.0.1:1"}}, true},
		"from this machine, by name":      {Declared{Leading: []string{"http://localhost:1"}}, true},
		"from the internet, but declared": {Declared{[]string{"http://8.8.8.8"}, []string{local.URL}}, true},
	} {
		asked = 0
		client := &http.Client{Transport: Of(test.declared).RoundTripper(&http.Transport{DisableKeepAlives: true})}
		response, err := client.Get(local.URL)
		if err == nil {
			response.Body.Close()
		}
		if refusal := new(Refusal); (err == nil) != test.allowed || (asked > 0) != test.allowed || err != nil && !errors.As(err, &refusal) {
			t.Errorf("%s: %v, asked %d times", name, err, asked)
		}
	}
	client := &http.Client{Transport: Of(Declared{Leading: []string{local.URL}}).RoundTripper(&http.Transport{})}
	if _, err := client.Get("http://169.254.169.254/latest/meta-data/"); !errors.As(err, new(*Refusal)) {
		t.Errorf("an address for special use: %v", err)
	}
}

// Secrets go where the target file says, or stay on this machine.
func TestTrusts(t *testing.T) {
	for name, test := range map[string]struct {
		declared Declared
		address  string
		trusted  bool
	}{
		"the issuer":                         {Declared{Leading: []string{"https://as.example/tenant"}}, "https://as.example/login", true},
		"its port written out":               {Declared{Leading: []string{"https://as.example"}}, "https://AS.example:443/login", true},
		"the issuer without TLS":             {Declared{Leading: []string{"https://as.example"}}, "http://as.example/login", false},
		"another host":                       {Declared{Leading: []string{"https://as.example"}}, "https://as.example.evil.example/login", false},
		"a host as user info":                {Declared{Leading: []string{"https://as.example"}}, "https://as.example@evil.example/login", false},
		"a host of people":                   {Declared{[]string{"https://8.8.8.8"}, []string{"login.example"}}, "https://login.example/login", true},
		"this machine, from the internet":    {Declared{Leading: []string{"https://8.8.8.8"}}, "http://127.0.0.1:8080/login", false},
		"another port of this machine":       {Declared{Leading: []string{"http://127.0.0.1:8080"}}, "http://127.0.0.1:8081/login", true},
		"a name that only looks like a host": {Declared{Leading: []string{"http://127.0.0.1:8080"}}, "http://127.0.0.1.evil.example/login", false},
	} {
		to, err := url.Parse(test.address)
		if err != nil {
			t.Fatal(err)
		}
		if trusted := Of(test.declared).Trusts(to); trusted != test.trusted {
			t.Errorf("%s: %v", name, trusted)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, address := range []string{"http://as.example/token", "https://as.example", "http://as.example:80@evil.example", "//as.example", "http:///", "javascript:alert(1)", "http://[::1%25lo]:1"} {
		f.Add(address)
	}
	r := Of(Declared{Leading: []string{"https://as.example"}, Further: []string{"http://[fe80::1]:8080", "login.example"}})
	f.Fuzz(func(t *testing.T, address string) {
		to, err := url.Parse(address)
		if err != nil {
			t.Skip()
		}
		allowed := r.Check(to) == nil
		if named := strings.EqualFold(to.Host, "[fe80::1]:8080"); allowed && !strings.EqualFold(to.Scheme, "https") && !named {
			t.Errorf("%q may be asked", address)
		}
	})
}

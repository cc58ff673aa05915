package exchange

import (
	"fmt"
	"net"
	"net/http"
	"testing"
)

// An answer whose header cannot be read is told from one that does not come.
func TestIsMalformed(t *testing.T) {
	for name, test := range map[string]struct {
		answer string
		want   bool
	}{
		"a NUL in a header":         {"HTTP/1.1 302 Found\r\nLocation: https://a.example/\x00x\r\n\r\n", true},
		"a Location that is no URI": {"HTTP/1.1 302 Found\r\nLocation: 1:8765/callback\r\nContent-Length: 0\r\n\r\n", true},
		"nothing":                   {"", false},
		"a sound answer":            {"HTTP/1.1 204 No Content\r\n\r\n", false},
	} {
		t.Run(name, func(t *testing.T) {
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer listener.Close()
			go func() {
				connection, err := listener.Accept()
				if err != nil {
					return
				}
				defer connection.Close()
				_, _ = connection.Read(make([]byte, 4096))
				_, _ = fmt.Fprint(connection, test.answer)
			}()
			log := &Log{Client: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
			_, err = log.Send(t.Context(), Request{Method: http.MethodGet, URL: "http://" + listener.Addr().String()})
			if IsMalformed(err) != test.want {
				t.Errorf("malformed: %v, for %v", !test.want, err)
			}
		})
	}
}

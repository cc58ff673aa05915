package useragent

import (
	"net/http"
	"strings"
	"testing"
)

// What comes back is taken at the host of the redirect URI alone.
func TestListenHost(t *testing.T) {
	returned, end := listen("http://127.0.0.1:18431/callback")
	if returned == nil {
		t.Skip("the port is taken")
	}
	defer end()
	for _, test := range []struct {
		host   string
		status int
	}{{"evil.example:18431", 404}, {"127.0.0.1:18431", 200}} {
		request, _ := http.NewRequest("POST", "http://127.0.0.1:18431/callback", strings.NewReader("code="+test.host))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Host = test.host
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != test.status {
			t.Errorf("Host %s is answered with %d, want %d", test.host, response.StatusCode, test.status)
		}
	}
	if form := <-returned; form.Get("code") != "127.0.0.1:18431" {
		t.Errorf("what came back is %v", form)
	}
}

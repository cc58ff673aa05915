package exchange_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/exchange"
)

// A password that is a common word is hidden where it was sent as a value. The pages
// that hold the word stay as they are, and none of them gives it away.
func TestConfigurationPasswordThatIsACommonWord(t *testing.T) {
	const page = `<form><input type="password" name="password"><script>const password = document.querySelector("[type=password]")</script>`
	for _, word := range []string{"password", "Password", "PASSWORD", "test", "hidden", "1234", "submit"} {
		log := logOf(200, strings.NewReader(page))
		log.Plant(word)
		e, err := log.Send(t.Context(), exchange.Request{
			Method: http.MethodPost, URL: "https://as.example/login", Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}},
			Body: []byte("csrf=x&grant_type=password&state=" + word + "&username=" + word + "&pw=" + word + "&password=" + word + "x"),
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := log.Received(e); !strings.HasSuffix(got, page) || e.LeaksPlanted() || e.LeaksSecret() {
			t.Errorf("%s: the page is shown as %q; it leaks: %v", word, got, e.LeaksPlanted())
		}
		if got, want := log.Sent(e), "csrf=x&grant_type=password&state="+word+"&username="+word+"&pw=…&password="+word+"x"; !strings.HasSuffix(got, want) {
			t.Errorf("%s: the request is shown as %q, want %q", word, got, want)
		}
		e.Header.Set("Content-Type", "application/json")
		e.Body = []byte(`{"grant_type":"` + word + `","client_secret": "` + word + `"}`)
		if got, want := log.Sent(e), `{"grant_type":"`+word+`","client_secret": "…"}`; !strings.HasSuffix(got, want) {
			t.Errorf("%s: the request is shown as %q", word, got)
		}
	}
}

// What no page holds by chance is looked for everywhere, as ever.
func TestChosenSecrets(t *testing.T) {
	for _, secret := range []string{"password1", "correct horse", "pass-word", "aVeryMixedWord", "abcdefghijklmnopq", "QRSTUVWXYZABCDEFG", "größe-ist"} {
		log := logOf(200, strings.NewReader("<p>"+secret))
		log.Plant(secret)
		if e := send(t, log); !e.LeaksPlanted() || strings.Contains(log.Received(e), secret) {
			t.Errorf("%s is no secret", secret)
		}
	}
}

// A control knows the common secrets as well.
func TestAdoptedWords(t *testing.T) {
	log, control := logOf(200, strings.NewReader("")), logOf(200, strings.NewReader(""))
	control.Plant("changeme")
	log.Adopt(control)
	e := &exchange.Exchange{Request: exchange.Request{Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, Body: []byte("p=changeme")}}
	if got := log.Sent(e); got != "Content-Type: application/x-www-form-urlencoded\n\np=…" {
		t.Errorf("shown as %q", got)
	}
}

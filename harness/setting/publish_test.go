package setting

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
)

// Without a control plane, what scenarios publish is at the one address that the
// target file names, each below another path, and gone with its scenario.
func TestPublishElsewhere(t *testing.T) {
	run := &world.Run{Setting: new(foreign), Target: target.Target{Examiner: target.Examiner{URL: "https://examiner.test/", Listen: freeAddress(t)}}}
	defer run.Close()
	w := run.New()
	if err := acts.RegisterByDocument(t.Context(), w, nil); err != nil {
		t.Fatal(err)
	}
	document := world.Part[acts.Document](w)
	request, err := acts.ClientRequest(true, world.Table{{Name: "token_endpoint_auth_method", Value: "private_key_jwt"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := acts.GiveKey(w, &request, world.Table{{Name: "jwks_uri", Value: "(published)"}}); err != nil {
		t.Fatal(err)
	}
	reached := func(url string) string {
		return "http://" + run.Target.Examiner.Listen + url[len("https://examiner.test"):]
	}
	if id := memberAt(t, reached(document.URL), "client_id"); id != document.URL || document.Fetched() != 1 {
		t.Errorf("the document at %s is about %v and was fetched %d times", document.URL, id, document.Fetched())
	}
	if list := memberAt(t, reached(*request.JwksURI), "keys"); list == nil {
		t.Errorf("there are no keys at %s", *request.JwksURI)
	}
	if id := memberAt(t, reached("https://examiner.test/"), "client_id"); id != "https://examiner.test" {
		t.Errorf("the document at the root is about %v", id)
	}
	document.End()
	if id := memberAt(t, reached(document.URL), "client_id"); id != nil {
		t.Errorf("the document is still there: %v", id)
	}
}

// A target file that does not say where the examiner is reached is told to.
func TestNothingPublished(t *testing.T) {
	err := acts.RegisterByDocument(t.Context(), (&world.Run{Setting: new(foreign)}).New(), nil)
	if unfit := new(check.NotApplicable); !errors.As(err, &unfit) {
		t.Errorf("%v; want what the target file lacks", err)
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// memberAt is a member of the JSON object at a URL; nil where there is none.
func memberAt(t *testing.T, url, name string) any {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	content, _ := io.ReadAll(answer.Body)
	var object map[string]any
	_ = json.Unmarshal(content, &object)
	return object[name]
}

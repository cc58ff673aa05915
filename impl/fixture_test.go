package impl_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
)

func start(t *testing.T, policy realm.Policy) *impl.Fixture {
	t.Helper()
	fixture, err := impl.Start(impl.Config{
		AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", Control: "127.0.0.1:0", Policy: policy,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { fixture.Close() })
	return fixture
}

func send(t *testing.T, method, url, contentType, body string, headers ...string) (int, http.Header, string) {
	t.Helper()
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Add(headers[i], headers[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, response.Header, string(content)
}

const form = "application/x-www-form-urlencoded"

func demoToken(t *testing.T, f *impl.Fixture) string {
	t.Helper()
	body := url.Values{"grant_type": {"client_credentials"}, "client_id": {"mcp-task-manager"}, "client_secret": {"mcp-secret-12345"}}
	status, _, content := send(t, "POST", f.Issuer+"/oauth/token", form, body.Encode())
	var response struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(content), &response); err != nil || status != 200 {
		t.Fatalf("%d %s", status, content)
	}
	return response.AccessToken
}

// The guard closes each looseness of the generated binding.
func TestGuard(t *testing.T) {
	const good = "grant_type=client_credentials&client_id=mcp-task-manager&client_secret=mcp-secret-12345"
	const goodJSON = `{"grant_type":"client_credentials","client_id":"mcp-task-manager","client_secret":"mcp-secret-12345"}`
	fixture := start(t, realm.Policy{Documented: true})
	for name, test := range map[string]struct {
		method, query, media, body string
		status                     int
	}{
		"a form":                         {"POST", "", form, good, 200},
		"a form in upper case":           {"POST", "", "Application/X-WWW-Form-Urlencoded; charset=UTF-8", good, 200},
		"JSON":                           {"POST", "", "application/json", goodJSON, 200},
		"an empty parameter":             {"POST", "", form, good + "&scope=", 200},
		"parameters in the query":        {"POST", "?" + good, form, "", 400},
		"one parameter in the query":     {"POST", "?scope=tasks:read", form, good, 400},
		"a parameter given twice":        {"POST", "", form, good + "&scope=tasks:read&scope=tasks:write", 400},
		"a member given twice":           {"POST", "", "application/json", goodJSON[:len(goodJSON)-1] + `,"client_id":"web-app"}`, 400},
		"a longer media type":            {"POST", "", form + "-but-longer", good, 400},
		"a media type that begins alike": {"POST", "", "application/jsonp", goodJSON, 400},
		"another charset":                {"POST", "", form + "; charset=utf-16", good, 400},
		"no media type":                  {"POST", "", "", good, 400},
		"JSON null":                      {"POST", "", "application/json", "null", 400},
		"a JSON member of null":          {"POST", "", "application/json", `{"grant_type":null}`, 400},
		"a JSON array":                   {"POST", "", "application/json", "[]", 400},
		"text after the JSON":            {"POST", "", "application/json", goodJSON + "x", 400},
		"a second JSON object":           {"POST", "", "application/json", goodJSON + goodJSON, 400},
		"a JSON member in another case":  {"POST", "", "application/json", strings.Replace(goodJSON, "grant_type", "Grant_Type", 1), 400},
		"broken percent encoding":        {"POST", "", form, good + "&scope=%zz", 400},
		"text that is not UTF-8":         {"POST", "", form, good + "&scope=%ff", 400},
		"a NUL":                          {"POST", "", form, good + "&scope=%00", 400},
		"no body":                        {"POST", "", form, "", 400},
		"a body over 64 KiB":             {"POST", "", form, good + "&x=" + strings.Repeat("x", 65<<10), 413},
		"another method":                 {"GET", "", "", "", 405},
	} {
		t.Run(name, func(t *testing.T) {
			status, header, body := send(t, test.method, fixture.Issuer+"/oauth/token"+test.query, test.media, test.body)
			if status != test.status {
				t.Errorf("status %d, want %d: %s", status, test.status, body)
			}
			var answer struct {
				Error       string `json:"error"`
				AccessToken string `json:"access_token"`
			}
			if err := json.Unmarshal([]byte(body), &answer); err != nil || header.Get("Content-Type") != "application/json" {
				t.Errorf("the answer is not JSON: %s %s", header.Get("Content-Type"), body)
			}
			if (answer.Error == "") != (test.status == 200) || (answer.AccessToken != "") != (test.status == 200) {
				t.Errorf("answer %s", body)
			}
			if header.Get("Cache-Control") != "no-store" {
				t.Errorf("Cache-Control is %q", header.Get("Cache-Control"))
			}
		})
	}
}

// Whatever is asked of whichever server, an error is JSON and no 5xx.
func TestErrorsAreJSON(t *testing.T) {
	fixture := start(t, realm.Policy{Documented: true})
	bearer := "Bearer " + demoToken(t, fixture)
	for name, test := range map[string]struct {
		method, url, media, body, authorization string
		status                                  int
	}{
		"unknown path of the authorization server": {"GET", fixture.Issuer + "/nope", "", "", "", 404},
		"unknown realm":                            {"GET", fixture.Issuer + "/r/nope/health", "", "", "", 404},
		"a path that is not clean":                 {"GET", fixture.Issuer + "//health", "", "", "", 404},
		"wrong method of metadata":                 {"DELETE", fixture.Issuer + "/.well-known/oauth-authorization-server", "", "", "", 405},
		"direct approval with text":                {"POST", fixture.Issuer + "/oauth/authorize", "application/json", "{", "", 400},
		"introspection without a caller":           {"POST", fixture.Issuer + "/oauth/introspect", form, "token=x", "", 401},
		"garbage in Basic":                         {"POST", fixture.Issuer + "/oauth/token", form, "grant_type=client_credentials", "Basic %%%", 401},
		"unknown path of the resource server":      {"GET", fixture.Resource + "/nope", "", "", "", 404},
		"no token":                                 {"GET", fixture.Resource + "/api/tasks", "", "", "", 401},
		"a malformed header":                       {"GET", fixture.Resource + "/api/tasks", "", "", "Bearer a b", 400},
		"a garbage token":                          {"GET", fixture.Resource + "/api/tasks", "", "", "Bearer x.y.z", 401},
		"a task of JSON null":                      {"POST", fixture.Resource + "/api/tasks", "application/json", "null", bearer, 400},
		"a task with a null title":                 {"POST", fixture.Resource + "/api/tasks", "application/json", `{"title":null}`, bearer, 400},
		"a task without a title":                   {"POST", fixture.Resource + "/api/tasks", "application/json", `{}`, bearer, 400},
		"a title in another case":                  {"POST", fixture.Resource + "/api/tasks", "application/json", `{"Title":"x"}`, bearer, 400},
		"a title given twice":                      {"POST", fixture.Resource + "/api/tasks", "application/json", `{"title":"a","title":"b"}`, bearer, 400},
		"a status in another case":                 {"PUT", fixture.Resource + "/api/tasks/task-1", "application/json", `{"Status":"done"}`, bearer, 400},
		"an unknown status":                        {"PUT", fixture.Resource + "/api/tasks/task-1", "application/json", `{"status":"done"}`, bearer, 400},
		"a task as text":                           {"POST", fixture.Resource + "/api/tasks", "text/plain", `{"title":"x"}`, bearer, 415},
		"a huge task":                              {"POST", fixture.Resource + "/api/tasks", "application/json", `{"title":"` + strings.Repeat("x", 65<<10) + `"}`, bearer, 413},
		"an unknown task":                          {"GET", fixture.Resource + "/api/tasks/task-99", "", "", bearer, 404},
		"the user without the scope":               {"GET", fixture.Resource + "/api/user", "", "", bearer, 403},
		"the control plane without its token":      {"POST", fixture.ControlURL + "/realms", "application/json", "{}", "", 401},
		"the control plane with an unknown member": {"POST", fixture.ControlURL + "/realms", "application/json", `{"colour":"blue"}`, "Bearer " + fixture.ControlToken, 400},
		"the control plane with an unknown fault":  {"POST", fixture.ControlURL + "/realms", "application/json", `{"faults":["nope"]}`, "Bearer " + fixture.ControlToken, 400},
	} {
		t.Run(name, func(t *testing.T) {
			status, header, body := send(t, test.method, test.url, test.media, test.body, "Authorization", test.authorization)
			if test.authorization == "" {
				status, header, body = send(t, test.method, test.url, test.media, test.body)
			}
			var answer map[string]string
			if err := json.Unmarshal([]byte(body), &answer); err != nil || answer["error"] == "" || header.Get("Content-Type") != "application/json" {
				t.Errorf("no JSON error: %s %s", header.Get("Content-Type"), body)
			}
			if status != test.status {
				t.Errorf("status %d, want %d: %s", status, test.status, body)
			}
			if status == 401 && header.Get("WWW-Authenticate") == "" {
				t.Error("a 401 without a challenge")
			}
		})
	}
}

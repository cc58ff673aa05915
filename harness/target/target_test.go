package target_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/grantproof/grantproof/features"
	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/harness/target"
)

const example = `
name: my-server
authorization_server: {issuer: "https://as.example.com", metadata: {jwks_uri: "https://as.example.com/keys"}}
resource_server: {url: "https://api.example.com", probes: [{method: GET, path: /api/tasks, scope: "tasks:read"}]}
mcp_server: {url: "https://mcp.example.com/mcp", tools: [{name: list_tasks, arguments: {}, scope: "tasks:read"}]}
mcp_client: {command: ["my-agent", "--connect"], redirect_uris: ["http://localhost:3000/callback"], timeout: 1m}
clients:
  confidential: {client_id: a, client_secret: "${A_SECRET}", scope: "tasks:read tasks:write", redirect_uris: ["http://127.0.0.1:8765/callback"]}
  second: {client_id: b, client_secret: "${B_SECRET}", token_endpoint_auth_method: client_secret_post, grant_types: [client_credentials]}
  public: {client_id: c}
  public-ipv6: {client_id: d, redirect_uris: ["http://[::1]:8765/callback"]}
resource_owner: {username: demo, password: "${PASSWORD}", browser: forms, hosts: ["login.example.com"], steps: [{page: Who are you, fill: {who: (username)}, press: Next}, {page: /consent, approve: "Yes", deny: "No"}]}
profiles: [oauth-2.1]
capabilities: {introspection: false}
baseline: known-failures.yaml
limits: {requests_per_second: 50, timeout: 10s}
control: {url: "http://127.0.0.1:4009", token: "${CONTROL}"}
`

func environment(name string) (string, bool) { return "value of " + name, name != "UNSET" }

func TestParse(t *testing.T) {
	parsed, err := target.Parse([]byte(example), environment)
	if err != nil {
		t.Fatal(err)
	}
	if parsed.Clients["confidential"].Secret != "value of A_SECRET" || parsed.Control.Token != "value of CONTROL" || parsed.Limits.Timeout != 10*time.Second {
		t.Errorf("parsed %+v", parsed)
	}
}

// A private key comes from the environment, or from a file beside the target
// file.
func TestLoadReadsKeys(t *testing.T) {
	folder := t.TempDir()
	write := func(name, content string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("client.pem", "a key in a file\n")
	write("target.yaml", `
authorization_server: {issuer: "https://as.example.com"}
clients:
  confidential: {client_id: a, private_key: client.pem}
  second: {client_id: b, private_key: "${GRANTPROOF_TEST_KEY}"}
`)
	t.Setenv("GRANTPROOF_TEST_KEY", "a key of one line")
	loaded, err := target.Load(filepath.Join(folder, "target.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if loaded.Clients["confidential"].PrivateKey != "a key in a file\n" || loaded.Clients["second"].PrivateKey != "a key of one line" {
		t.Errorf("loaded %+v", loaded.Clients)
	}
	if loaded.Files[filepath.Join(folder, "client.pem")] == "" || len(loaded.Files) != 1 || loaded.Environment["GRANTPROOF_TEST_KEY"] == "" {
		t.Errorf("taken from the files %v", slices.Collect(maps.Keys(loaded.Files)))
	}
	if err := os.Remove(filepath.Join(folder, "client.pem")); err != nil {
		t.Fatal(err)
	}
	if _, err := target.Load(filepath.Join(folder, "target.yaml")); err == nil || !strings.Contains(err.Error(), "clients.confidential.private_key") {
		t.Errorf("the file is gone, and the error is %v", err)
	}
}

func TestParseRefuses(t *testing.T) {
	for name, test := range map[string]struct{ content, want string }{
		"nothing to examine":          {"name: x", "nothing to examine"},
		"an unknown key":              {"colour: blue", "colour"},
		"a secret in the file":        {strings.Replace(example, "${A_SECRET}", "hunter2hunter2", 1), "does not belong in a file"},
		"an unset variable":           {strings.Replace(example, "A_SECRET", "UNSET", 1), "variable UNSET is not set"},
		"an issuer that is none":      {strings.Replace(example, "https://as.example.com\"", "as.example.com\"", 1), "authorization_server.issuer"},
		"an unknown client":           {strings.Replace(example, "second:", "third:", 1), "clients.third"},
		"a client without an id":      {strings.Replace(example, "{client_id: c}", "{scope: x}", 1), "clients.public has no client_id"},
		"a further client of no kind": {strings.Replace(example, "public-ipv6:", "second-ipv6:", 1), "clients.second-ipv6"},
		"a further public secret":     {strings.Replace(example, "{client_id: d,", "{client_id: d, client_secret: \"${D}\",", 1), "clients.public-ipv6: a public client has no secret"},
		"a public client's secret":    {strings.Replace(example, "{client_id: c}", "{client_id: c, client_secret: \"${C}\"}", 1), "no secret"},
		"a public client's key":       {strings.Replace(example, "{client_id: c}", "{client_id: c, private_key: key.pem}", 1), "no private key"},
		"a private key inside":        {strings.Replace(example, "{client_id: b,", "{client_id: b, private_key: \"-----BEGIN PRIVATE KEY-----\\nMIIE\",", 1), "does not belong in a file"},
		"an unset private key":        {strings.Replace(example, "{client_id: b,", "{client_id: b, private_key: \"${UNSET}\",", 1), "variable UNSET is not set"},
		"a probe without a path":      {strings.Replace(example, "path: /api/tasks, ", "", 1), "probes, entry 1"},
		"an unknown browser":          {strings.Replace(example, "browser: forms", "browser: lynx", 1), "neither forms nor manual"},
		"an unknown capability":       {strings.Replace(example, "introspection: false", "levitation: true", 1), "levitation"},
		"a client without a command":  {strings.Replace(example, "command: [\"my-agent\", \"--connect\"], ", "", 1), "mcp_client has no command"},
		"a client without time":       {strings.Replace(example, "timeout: 1m", "timeout: -1m", 1), "mcp_client.timeout"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := target.Parse([]byte(test.content), environment)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one about %q", err, test.want)
			}
		})
	}
}

func TestBaseline(t *testing.T) {
	for name, test := range map[string]struct{ content, want string }{
		"good":           {"- {id: a#b, reason: later, url: \"https://example.org/1\", until: 2027-01-31}", ""},
		"no id":          {"- {reason: later}", "no id"},
		"no reason":      {"- {id: a#b}", "no reason"},
		"no date":        {"- {id: a#b, reason: later, until: soon}", "a date such as"},
		"the same twice": {"- {id: a#b, reason: x}\n- {id: a#b, reason: y}", "twice"},
		"an unknown key": {"- {id: a#b, reason: x, colour: blue}", "colour"},
		"not a list":     {"id: a#b", "baseline"},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "baseline.yaml")
			if err := os.WriteFile(file, []byte(test.content), 0o600); err != nil {
				t.Fatal(err)
			}
			known, err := target.LoadBaseline(file)
			if test.want == "" && (err != nil || known["a#b"].Reason != "later") {
				t.Errorf("loaded %v, %v", known, err)
			}
			if test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("error %v, want one about %q", err, test.want)
			}
		})
	}
	entry := target.Known{ID: "a", Reason: "b", Until: "2026-03-01"}
	if entry.Expired(time.Date(2026, 3, 1, 23, 0, 0, 0, time.UTC)) || !entry.Expired(time.Date(2026, 3, 2, 0, 0, 1, 0, time.UTC)) {
		t.Error("a day of grace ends with the day")
	}
}

// The published schemas say what the parsers take.
func TestSchemas(t *testing.T) {
	var document any
	if err := yaml.Unmarshal([]byte(example), &document); err != nil {
		t.Fatal(err)
	}
	validate(t, target.TargetSchema, document, true)
	validate(t, target.TargetSchema, map[string]any{"name": "x"}, false)
	validate(t, target.TargetSchema, map[string]any{"mcp_client": map[string]any{"command": []any{"my-agent"}}}, true)
	validate(t, target.TargetSchema, map[string]any{"resource_server": map[string]any{"url": "https://a.example", "colour": "blue"}}, false)
	validate(t, target.BaselineSchema, []any{map[string]any{"id": "a#b", "reason": "later", "until": "2027-01-31"}}, true)
	validate(t, target.BaselineSchema, []any{map[string]any{"id": "a#b"}}, false)

	var schema struct {
		Properties map[string]any
		Defs       map[string]struct{ Properties map[string]any } `json:"$defs"`
	}
	if err := json.Unmarshal(target.TargetSchema, &schema); err != nil {
		t.Fatal(err)
	}
	sameKeys(t, keysOf(target.Target{}), schema.Properties)
	sameKeys(t, keysOf(target.Client{}), schema.Defs["client"].Properties)
	sameKeys(t, keysOf(target.MCPClient{}), schema.Properties["mcp_client"].(map[string]any)["properties"].(map[string]any))
	registry, err := citation.Load(features.FS)
	if err != nil {
		t.Fatal(err)
	}
	profiles := schema.Properties["profiles"].(map[string]any)["items"].(map[string]any)["enum"]
	if want := registry.ProfileNames(); !reflect.DeepEqual(profiles, anyOf(want)) {
		t.Errorf("the schema knows the profiles %v, and there are %v", profiles, want)
	}
}

func validate(t *testing.T, text []byte, document any, good bool) {
	t.Helper()
	var schema jsonschema.Schema
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	resolved, err := schema.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := resolved.Validate(document); (err == nil) != good {
		t.Errorf("%v: validation says %v, want good: %v", document, err, good)
	}
}

func keysOf(value any) []string {
	var keys []string
	for field := range reflect.TypeOf(value).Fields() {
		if key, _, _ := strings.Cut(field.Tag.Get("yaml"), ","); key != "-" {
			keys = append(keys, key)
		}
	}
	return keys
}

func sameKeys(t *testing.T, keys []string, properties map[string]any) {
	t.Helper()
	var known []string
	for key := range properties {
		known = append(known, key)
	}
	slices.Sort(keys)
	slices.Sort(known)
	if !slices.Equal(keys, known) {
		t.Errorf("the parser takes %v and the schema %v", keys, known)
	}
}

func anyOf(texts []string) []any {
	var all []any
	for _, text := range texts {
		all = append(all, text)
	}
	return all
}

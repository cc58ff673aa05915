package mcpserver_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/mcpserver"
	"github.com/grantproof/grantproof/impl/oauthclient"
	"github.com/grantproof/grantproof/impl/realm"
)

// start starts the reference system, with around put around the resource
// server, and returns the configuration of the documented MCP server.
func start(t *testing.T, around func(next http.Handler) http.Handler) oauthclient.Config {
	t.Helper()
	fixture, err := impl.Start(impl.Config{
		AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", Control: "127.0.0.1:0", Policy: realm.Policy{Documented: true, Verify: realm.ByJWT},
		Wrap: func(role string, next http.Handler) http.Handler {
			if around == nil || role != "resource-server" {
				return next
			}
			return around(next)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { fixture.Close() })
	settings := map[string]string{"AUTH_SERVER_URL": fixture.Issuer, "RESOURCE_SERVER_URL": fixture.Resource}
	config, err := mcpserver.ConfigFromEnv(func(name string) string { return settings[name] })
	if err != nil {
		t.Fatal(err)
	}
	return config
}

// connect returns an assistant that is connected to the server.
func connect(t *testing.T, config oauthclient.Config) *mcp.ClientSession {
	t.Helper()
	server, err := mcpserver.New(config)
	if err != nil {
		t.Fatal(err)
	}
	here, there := mcp.NewInMemoryTransports()
	if _, err := server.Connect(t.Context(), there, nil); err != nil {
		t.Fatal(err)
	}
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), here, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { session.Close() })
	return session
}

func call(t *testing.T, session *mcp.ClientSession, tool string, arguments any) (*mcp.CallToolResult, string) {
	t.Helper()
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s %v: %v", tool, arguments, err)
	}
	if len(result.Content) != 1 {
		t.Fatalf("%s %v: content %v", tool, arguments, result.Content)
	}
	return result, result.Content[0].(*mcp.TextContent).Text
}

type args = map[string]any

func TestEveryToolHasBothSchemas(t *testing.T) {
	session := connect(t, start(t, nil))
	listed, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"list_tasks":  `{"type":"object","additionalProperties":false}`,
		"create_task": `{"type":"object","properties":{"title":{"type":"string","description":"what is to be done","minLength":1},"description":{"type":["null","string"],"description":"more about it"}},"required":["title"],"additionalProperties":false}`,
		"update_task": `{"type":"object","properties":{"task_id":{"type":"string","description":"the id of the task, such as task-1","minLength":1},"status":{"type":"string","description":"how far it is","enum":["pending","in_progress","completed"]}},"required":["task_id","status"],"additionalProperties":false}`,
		"get_task":    `{"type":"object","properties":{"task_id":{"type":"string","description":"the id of the task, such as task-1","minLength":1}},"required":["task_id"],"additionalProperties":false}`,
	}
	if len(listed.Tools) != len(want) {
		t.Errorf("%d tools, want %d", len(listed.Tools), len(want))
	}
	for _, tool := range listed.Tools {
		if got := normal(t, tool.InputSchema); got != normal(t, json.RawMessage(want[tool.Name])) {
			t.Errorf("%s takes %s", tool.Name, got)
		}
		if got := normal(t, tool.OutputSchema); !strings.Contains(got, `"type":"object"`) || !strings.Contains(got, "created_by") {
			t.Errorf("%s returns %s", tool.Name, got)
		}
		if tool.Description == "" || tool.Title == "" || tool.Annotations == nil {
			t.Errorf("%s is not described", tool.Name)
		}
	}
}

func normal(t *testing.T, value any) string {
	t.Helper()
	written, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var read any
	if err := json.Unmarshal(written, &read); err != nil {
		t.Fatal(err)
	}
	written, _ = json.Marshal(read)
	return string(written)
}

func TestTools(t *testing.T) {
	session := connect(t, start(t, nil))
	for _, step := range []struct {
		tool string
		args any
		has  []string
	}{
		{"list_tasks", nil, []string{`"total":2`, `"id":"task-1"`, `"status":"in_progress"`}},
		{"create_task", args{"title": "Water the plants", "description": nil}, []string{`"id":"task-3"`, `"status":"pending"`, `"created_by":"mcp-task-manager"`}},
		{"update_task", args{"task_id": "task-3", "status": "completed"}, []string{`"id":"task-3"`, `"status":"completed"`}},
		{"get_task", args{"task_id": "task-3"}, []string{`"title":"Water the plants"`, `"status":"completed"`}},
		{"list_tasks", args{}, []string{`"total":3`}},
	} {
		result, text := call(t, session, step.tool, step.args)
		if result.IsError {
			t.Fatalf("%s: %s", step.tool, text)
		}
		if normal(t, json.RawMessage(text)) != normal(t, result.StructuredContent) {
			t.Errorf("%s: text %s, structured %v", step.tool, text, result.StructuredContent)
		}
		for _, part := range step.has {
			if !strings.Contains(text, part) {
				t.Errorf("%s: no %s in %s", step.tool, part, text)
			}
		}
	}
}

func TestCallsThatFail(t *testing.T) {
	session := connect(t, start(t, nil))
	for _, step := range []struct {
		tool string
		args any
		says string
	}{
		{"create_task", nil, "the argument title is missing; give what is to be done"},
		{"create_task", args{"description": "x"}, "the argument title is missing"},
		{"create_task", args{"title": " "}, "the argument title is empty"},
		{"create_task", args{"title": 7}, "the argument title is not a text"},
		{"create_task", args{"title": nil}, "the argument title is not a text"},
		{"create_task", args{"title": "x", "colour": "red"}, `there is no argument "colour"; this tool takes title, description`},
		{"create_task", args{"title": strings.Repeat("x", 201)}, "maximum string length is 200"},
		{"create_task", []int{1}, "the arguments are not a JSON object"},
		{"list_tasks", args{"page": 1}, `there is no argument "page"; this tool takes none`},
		{"update_task", args{"task_id": "task-1", "status": "done"}, `"done" is no status; choose one of pending, in_progress, completed`},
		{"update_task", args{"task_id": "task-1"}, "the argument status is missing"},
		{"update_task", args{"task_id": "task-9", "status": "pending"}, `there is no task "task-9"; call list_tasks`},
		{"update_task", args{"task_id": "..", "status": "pending"}, `there is no task ".."`},
		{"get_task", args{"task_id": "task-9"}, `there is no task "task-9"; call list_tasks`},
		{"get_task", args{"task_id": "summary"}, `there is no task "summary"`},
		{"get_task", args{"task_id": "../../health"}, "there is no task"},
		{"get_task", args{"task_id": "."}, "there is no task"},
	} {
		result, text := call(t, session, step.tool, step.args)
		if !result.IsError || !strings.Contains(text, step.says) || result.StructuredContent != nil {
			t.Errorf("%s %v: error is %v, says %q, want %q", step.tool, step.args, result.IsError, text, step.says)
		}
	}
	if _, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "fly"}); err == nil {
		t.Error("an unknown tool is called")
	}
	if result, text := call(t, session, "list_tasks", nil); result.IsError {
		t.Errorf("the server did not survive: %s", text)
	}
}

const canary = "secret-canary"

// What the servers do wrong ends in a sentence, with no secret in it or in the log.
func TestServersThatFail(t *testing.T) {
	gone := httptest.NewServer(nil)
	gone.Close()
	config := start(t, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/api/tasks/odd":
				_, _ = w.Write([]byte(`{"id":"odd","user_id":"u","title":"t","description":"","status":"` + canary + `","created_at":"2026-01-01T00:00:00Z","created_by":"c"}`))
			case "/api/tasks/html":
				_, _ = w.Write([]byte("<html>" + r.Header.Get("Authorization")))
			case "/api/tasks/echo":
				w.WriteHeader(http.StatusBadGateway)
				_, _ = w.Write([]byte(`{"error":"odd","error_description":"you sent ` + r.Header.Get("Authorization") + `"}`))
			case "/api/tasks/scope":
				w.Header().Set("WWW-Authenticate", `Bearer error="insufficient_scope", scope="tasks:admin"`)
				w.WriteHeader(http.StatusForbidden)
			case "/api/tasks/401":
				w.WriteHeader(http.StatusUnauthorized)
			default:
				next.ServeHTTP(w, r)
			}
		})
	})
	for name, test := range map[string]struct {
		change func(c *oauthclient.Config)
		task   string
		says   string
	}{
		"odd status":                   {nil, "odd", "something that is no task"},
		"no JSON":                      {nil, "html", "something else than the JSON"},
		"echo":                         {nil, "echo", "you sent Bearer [redacted]); try again later"},
		"insufficient scope":           {nil, "scope", `needs the scope tasks:admin, and the client "mcp-task-manager" was granted "tasks:read tasks:write"; have the client registered`},
		"token refused":                {nil, "401", "does not accept a fresh token"},
		"resource server is down":      {func(c *oauthclient.Config) { c.ResourceServer = gone.URL }, "x", "cannot be reached (dial tcp"},
		"authorization server is down": {func(c *oauthclient.Config) { c.AuthServer = gone.URL }, "x", "set AUTH_SERVER_URL to where it runs"},
		"wrong secret":                 {func(c *oauthclient.Config) { c.ClientSecret = canary }, "x", "check CLIENT_ID and CLIENT_SECRET"},
	} {
		t.Run(name, func(t *testing.T) {
			changed, log := config, new(bytes.Buffer)
			changed.Logger = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			if test.change != nil {
				test.change(&changed)
			}
			result, text := call(t, connect(t, changed), "get_task", args{"task_id": test.task})
			if !result.IsError || !strings.Contains(text, test.says) {
				t.Errorf("error is %v, says %q, want %q", result.IsError, text, test.says)
			}
			for _, secret := range []string{canary, "mcp-secret-12345", "eyJ"} {
				if strings.Contains(text, secret) || strings.Contains(log.String(), secret) {
					t.Errorf("%s appears in %q or in the log %q", secret, text, log)
				}
			}
		})
	}
}

func TestNewNamesTheMissingSetting(t *testing.T) {
	config, err := mcpserver.ConfigFromEnv(func(name string) string { return map[string]string{"CLIENT_ID": "mine"}[name] })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := mcpserver.New(config); err == nil || !strings.Contains(err.Error(), "CLIENT_SECRET") {
		t.Errorf("got %v", err)
	}
}

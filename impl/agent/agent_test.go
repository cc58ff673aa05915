package agent_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/agent"
	"github.com/grantproof/grantproof/impl/oauthclient"
	"github.com/grantproof/grantproof/impl/realm"
)

// wrap is put around the resource server.
type wrap func(next http.Handler) http.Handler

// start starts the reference system and returns the configuration of the
// documented agent.
func start(t *testing.T, around wrap) oauthclient.Config {
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
	config, err := agent.ConfigFromEnv(func(name string) string { return settings[name] })
	if err != nil {
		t.Fatal(err)
	}
	return config
}

func newAgent(t *testing.T, config oauthclient.Config) *agent.Agent {
	t.Helper()
	a, err := agent.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

type args = map[string]string

func TestActions(t *testing.T) {
	a := newAgent(t, start(t, nil))
	for _, step := range []struct {
		action string
		args   args
		says   string
		data   string // A part of the JSON.
	}{
		{"list-tasks", nil, `2 tasks: "Learn OAuth 2.0" (task-1, in_progress), "Build demo project" (task-2, completed).`, `"total":2`},
		{"get-user", nil, "The user is demo-user, demo@example.com.", `"id":"user-123"`},
		{"complete-oldest-pending", nil, "No task is pending, so there is nothing to complete.", `{"completed":[]}`},
		{"create-task", args{"title": "First", "description": "d"}, `Created "First" (task-3, pending).`, `"description":"d"`},
		{"create-task", args{"title": "Second"}, `Created "Second" (task-4, pending).`, `"description":""`},
		{"create-task", args{"title": "Third"}, `Created "Third" (task-5, pending).`, `"created_by":"ai-agent-assistant"`},
		{"summarize", nil, "5 tasks: 3 pending, 1 in progress, 1 completed.", `"pending":3`},
		{"complete-oldest-pending", nil, `Completed 1 task: "First" (task-3, completed).`, `"completed":[{`},
		{"complete-all-pending", nil, `Completed 2 tasks: "Second" (task-4, completed), "Third" (task-5, completed).`, `"status":"completed"`},
		{"update-task", args{"task_id": "task-1", "status": " completed ", "description": ""}, `Updated "Learn OAuth 2.0" (task-1, completed).`, `"description":""`},
		{"get-task", args{"task_id": "task-1"}, `Found "Learn OAuth 2.0" (task-1, completed).`, `"id":"task-1"`},
		{"delete-task", args{"task_id": "task-1"}, "Deleted the task task-1.", `{"deleted":"task-1"}`},
		{"summarize", nil, "4 tasks: 0 pending, 0 in progress, 4 completed.", `"total":4`},
	} {
		result, err := a.Run(t.Context(), step.action, step.args)
		if err != nil {
			t.Fatalf("%s %v: %v", step.action, step.args, err)
		}
		data, err := json.Marshal(result.Data)
		if err != nil || result.Sentence != step.says || !strings.Contains(string(data), step.data) {
			t.Errorf("%s %v: says %q, data %s, %v", step.action, step.args, result.Sentence, data, err)
		}
	}
}

func TestActionsThatFail(t *testing.T) {
	a := newAgent(t, start(t, nil))
	for _, step := range []struct {
		action string
		args   args
		says   string
	}{
		{"fly", nil, `there is no action "fly"; choose one of list-tasks, create-task`},
		{"list-tasks", args{"page": "1"}, `list-tasks takes no argument "page"; it takes none`},
		{"create-task", args{"name": "x"}, `create-task takes no argument "name"; it takes title, description`},
		{"create-task", nil, "create-task needs the argument title"},
		{"create-task", args{"title": "  "}, "create-task needs the argument title"},
		{"create-task", args{"title": strings.Repeat("x", 201)}, "maximum string length is 200"},
		{"get-task", args{"task_id": "task-9"}, `there is no task "task-9"; run list-tasks`},
		{"get-task", args{"task_id": "summary"}, `there is no task "summary"`},
		{"get-task", args{"task_id": ".."}, `there is no task ".."`},
		{"get-task", args{"task_id": "../tasks/task-1"}, "there is no task"},
		{"update-task", args{"task_id": "task-9", "status": "pending"}, `there is no task "task-9"`},
		{"update-task", args{"task_id": "summary", "status": "pending"}, `there is no task "summary"`},
		{"update-task", args{"task_id": "task-1", "status": "done"}, `"done" is no status; choose one of pending, in_progress, completed`},
		{"update-task", args{"task_id": "task-1"}, "update-task changes nothing"},
		{"delete-task", args{"task_id": "task-9"}, `there is no task "task-9"`},
	} {
		result, err := a.Run(t.Context(), step.action, step.args)
		if err == nil || !strings.Contains(err.Error(), step.says) {
			t.Errorf("%s %v: got %+v, %v, want %q", step.action, step.args, result, err, step.says)
		}
	}
}

func TestScopeThatIsMissing(t *testing.T) {
	config := start(t, nil)
	config.ClientID, config.ClientSecret = "mcp-task-manager", "mcp-secret-12345"
	_, err := newAgent(t, config).Run(t.Context(), "get-user", nil)
	var scope *oauthclient.ScopeError
	if !errors.As(err, &scope) || scope.Needed != "user:read" || scope.Granted != "tasks:read tasks:write" {
		t.Errorf("got %v", err)
	}
}

// A task vanishes between list and change: the error says how far it got.
func TestWorkflowThatFailsHalfway(t *testing.T) {
	a := newAgent(t, start(t, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "task-4") {
				w.WriteHeader(http.StatusInternalServerError)
				return
			}
			next.ServeHTTP(w, r)
		})
	}))
	for _, title := range []string{"First", "Second"} {
		if _, err := a.Run(t.Context(), "create-task", args{"title": title}); err != nil {
			t.Fatal(err)
		}
	}
	_, err := a.Run(t.Context(), "complete-all-pending", nil)
	if err == nil || !strings.HasPrefix(err.Error(), "completed 1 of 2 tasks, then: ") || !strings.Contains(err.Error(), "status 500") {
		t.Errorf("got %v", err)
	}
}

func TestForeignTextsAreShownWithoutControlCharacters(t *testing.T) {
	a := newAgent(t, start(t, func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body := `{"tasks":[` + strings.Repeat(`{"id":"\u001b[31m","title":"\u001b]0;x\u0007","status":"\n"},`, 11) + `{}],"total":12}`
			if r.URL.Path == "/api/user" {
				body = `{"username":"\u001b[31m","email":"\n"}`
			}
			_, _ = w.Write([]byte(body))
		})
	}))
	for _, action := range []string{"list-tasks", "get-user"} {
		result, err := a.Run(t.Context(), action, nil)
		if err != nil || strings.ContainsAny(result.Sentence, "\x1b\x07\n") {
			t.Errorf("%s: %q, %v", action, result.Sentence, err)
		}
		if action == "list-tasks" && !strings.HasSuffix(result.Sentence, ", and 2 more.") {
			t.Errorf("too long: %s", result.Sentence)
		}
	}
}

func TestTableOfActions(t *testing.T) {
	seen := map[string]bool{}
	for _, action := range agent.Actions {
		if !regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`).MatchString(action.Name) || seen[action.Name] || action.Summary == "" {
			t.Errorf("the entry of %q is not sound", action.Name)
		}
		seen[action.Name] = true
		for _, argument := range action.Arguments {
			if argument.Name == "" || argument.Summary == "" {
				t.Errorf("%s: the argument %q is not described", action.Name, argument.Name)
			}
		}
	}
}

func TestNewNamesTheMissingSetting(t *testing.T) {
	if _, err := agent.New(oauthclient.Config{AuthServer: "http://a", ResourceServer: "http://b"}); err == nil || !strings.Contains(err.Error(), "CLIENT_ID") {
		t.Errorf("got %v", err)
	}
}

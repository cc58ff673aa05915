package agent_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl/agent"
)

func TestDemo(t *testing.T) {
	var names, says []string
	err := agent.Demo(t.Context(), newAgent(t, start(t, nil)), func(step agent.Step) {
		if step.Number != len(names)+1 || step.Of != 7 || step.Summary == "" || step.Err != nil {
			t.Errorf("step %+v", step)
		}
		names, says = append(names, step.Name), append(says, step.Result.Sentence)
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"authenticate", "get-user", "list-tasks", "create-task", "update-task", "summarize", "complete-oldest-pending"}
	if !slices.Equal(names, want) {
		t.Errorf("steps %v", names)
	}
	for i, part := range []string{"tasks:read tasks:write user:read", "demo-user", "2 tasks", "Created", "Updated", "1 pending", "Completed 1 task"} {
		if !strings.Contains(says[i], part) {
			t.Errorf("%s says %q, want %q", names[i], says[i], part)
		}
	}
}

func TestDemoNamesTheStepThatFailed(t *testing.T) {
	config := start(t, nil)
	for want, client := range map[string][2]string{
		"step 1 of 7, authenticate: ": {"ai-agent-assistant", "wrong-canary"},
		"step 2 of 7, get-user: ":     {"mcp-task-manager", "mcp-secret-12345"},
	} {
		config.ClientID, config.ClientSecret = client[0], client[1]
		var last agent.Step
		err := agent.Demo(t.Context(), newAgent(t, config), func(step agent.Step) { last = step })
		if err == nil || !strings.HasPrefix(err.Error(), want) || last.Err == nil || !strings.Contains(want, last.Name) {
			t.Errorf("got %v after %s", err, last.Name)
		}
		if err != nil && strings.Contains(err.Error(), "canary") {
			t.Errorf("the error shows the secret: %v", err)
		}
	}
}

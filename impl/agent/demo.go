package agent

import (
	"context"
	"fmt"
	"time"

	"github.com/grantproof/grantproof/generated/resourceserver"
)

// Step is one step of the demo that has been done.
type Step struct {
	Number, Of int
	Name       string // As an error names it, such as create-task.
	Summary    string // What happens in it and why.
	Result     Result
	Err        error
	Took       time.Duration
}

// demoStep says what a step does; the id is that of the task which the demo
// has created.
type demoStep struct {
	name, summary string
	args          func(id string) map[string]string
}

const authenticate = "authenticate"

var demoSteps = []demoStep{
	{name: authenticate, summary: "The agent gets an access token by the client credentials grant."},
	{name: "get-user", summary: "It reads the profile of the user it acts for: scope user:read."},
	{name: "list-tasks", summary: "It lists the tasks: scope tasks:read."},
	{name: "create-task", summary: "It creates a task: scope tasks:write.", args: func(string) map[string]string {
		return map[string]string{title.Name: "Review the OAuth setup", description.Name: "Created by the agent"}
	}},
	{name: "update-task", summary: "It changes the task that it created.", args: func(id string) map[string]string {
		return map[string]string{taskID.Name: id, description.Name: "Check scopes, lifetimes and audiences"}
	}},
	{name: "summarize", summary: "It counts the tasks: either scope of the tasks is enough."},
	{name: "complete-oldest-pending", summary: "It completes the oldest pending task, a workflow of two calls."},
}

// Demo does the documented steps one after the other and reports each. The
// error names the step that failed, the last one that is reported.
func Demo(ctx context.Context, a *Agent, report func(Step)) error {
	created := ""
	for i, step := range demoSteps {
		done := Step{Number: i + 1, Of: len(demoSteps), Name: step.name, Summary: step.summary}
		start := time.Now()
		done.Result, done.Err = step.run(ctx, a, created)
		done.Took = time.Since(start)
		report(done)
		if done.Err != nil {
			return fmt.Errorf("step %d of %d, %s: %w", done.Number, done.Of, done.Name, done.Err)
		}
		if task, ok := done.Result.Data.(resourceserver.Task); ok {
			created = task.ID
		}
	}
	return nil
}

func (s demoStep) run(ctx context.Context, a *Agent, created string) (Result, error) {
	if s.name == authenticate {
		return a.Authenticate(ctx)
	}
	var args map[string]string
	if s.args != nil {
		args = s.args(created)
	}
	return a.Run(ctx, s.name, args)
}

package agent

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/resourceserver"
)

// Action is something that a person can ask the agent for. The command line
// and the documentation are made from it.
type Action struct {
	Name      string
	Summary   string
	Arguments []Argument
	run       func(ctx context.Context, a *Agent, args map[string]string) (Result, error)
}

// Argument is one thing to say with an action.
type Argument struct {
	Name     string
	Summary  string
	Required bool
	OneOf    []string // Empty where every text will do.
}

var (
	taskID      = Argument{Name: "task_id", Summary: "the id of the task, such as task-1", Required: true}
	title       = Argument{Name: "title", Summary: "what is to be done"}
	description = Argument{Name: "description", Summary: "more about it"}
	status      = Argument{Name: "status", Summary: "how far it is", OneOf: []string{
		string(resourceserver.Pending), string(resourceserver.InProgress), string(resourceserver.Completed)}}
)

// Actions are all actions; a new one is a new entry.
var Actions = []Action{
	{Name: "list-tasks", Summary: "List the tasks.", run: listTasks},
	{Name: "create-task", Summary: "Create a task.", Arguments: []Argument{required(title), description}, run: createTask},
	{Name: "get-task", Summary: "Show one task.", Arguments: []Argument{taskID}, run: getTask},
	{Name: "update-task", Summary: "Change a task; what is left out stays.", Arguments: []Argument{taskID, status, title, description}, run: updateTask},
	{Name: "delete-task", Summary: "Delete a task.", Arguments: []Argument{taskID}, run: deleteTask},
	{Name: "get-user", Summary: "Show the user.", run: getUser},
	{Name: "summarize", Summary: "Count the tasks by status.", run: summarize},
	{Name: "complete-oldest-pending", Summary: "Complete the pending task that was created first.", run: completeOldestPending},
	{Name: "complete-all-pending", Summary: "Complete every pending task.", run: completeAllPending},
}

func required(a Argument) Argument {
	a.Required = true
	return a
}

func names() []string {
	var all []string
	for _, action := range Actions {
		all = append(all, action.Name)
	}
	return all
}

// check holds args against what the action takes.
func (a Action) check(args map[string]string) error {
	for name := range args {
		if !slices.ContainsFunc(a.Arguments, func(known Argument) bool { return known.Name == name }) {
			return fmt.Errorf("%s takes no argument %q; it takes %s", a.Name, name, a.takes())
		}
	}
	for _, argument := range a.Arguments {
		value, given := args[argument.Name]
		if err := argument.check(a.Name, strings.TrimSpace(value), given); err != nil {
			return err
		}
	}
	return nil
}

func (a Argument) check(action, value string, given bool) error {
	if a.Required && value == "" {
		return fmt.Errorf("%s needs the argument %s: give %s", action, a.Name, a.Summary)
	}
	if given && len(a.OneOf) > 0 && !slices.Contains(a.OneOf, value) {
		return fmt.Errorf("%q is no %s; choose one of %s", value, a.Name, strings.Join(a.OneOf, ", "))
	}
	return nil
}

// takes names the arguments for a person.
func (a Action) takes() string {
	if len(a.Arguments) == 0 {
		return "none"
	}
	var all []string
	for _, argument := range a.Arguments {
		all = append(all, argument.Name)
	}
	return strings.Join(all, ", ")
}

package agent

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/grantproof/grantproof/generated/resourceserver"
	"github.com/grantproof/grantproof/impl/oauthclient"
	"github.com/grantproof/grantproof/impl/printable"
)

// shownTasks is how many tasks a sentence names.
const shownTasks = 10

func listTasks(ctx context.Context, a *Agent, _ map[string]string) (Result, error) {
	list, err := oauthclient.Decode[resourceserver.TaskList](a.api.ListTasks(ctx))
	if err != nil {
		return Result{}, err
	}
	return Result{Sentence: counted(len(list.Tasks)) + named(list.Tasks), Data: list}, nil
}

func createTask(ctx context.Context, a *Agent, args map[string]string) (Result, error) {
	task, err := oauthclient.Decode[resourceserver.Task](a.api.CreateTask(ctx, resourceserver.NewTask{
		Title: args[title.Name], Description: given(args, description),
	}))
	if err != nil {
		return Result{}, err
	}
	return Result{Sentence: "Created " + shown(task) + ".", Data: task}, nil
}

func getTask(ctx context.Context, a *Agent, args map[string]string) (Result, error) {
	id, err := pathOf(args)
	if err != nil {
		return Result{}, err
	}
	task, err := oauthclient.Decode[resourceserver.Task](a.api.GetTask(ctx, id))
	if err != nil {
		return Result{}, missing(id, err)
	}
	if task.ID != id { // Another resource lies at that path, such as the summary.
		return Result{}, noSuchTask(id)
	}
	return Result{Sentence: "Found " + shown(task) + ".", Data: task}, nil
}

func updateTask(ctx context.Context, a *Agent, args map[string]string) (Result, error) {
	id, err := pathOf(args)
	if err != nil {
		return Result{}, err
	}
	change := resourceserver.TaskChange{Title: given(args, title), Description: given(args, description)}
	if value := given(args, status); value != nil {
		change.Status = new(resourceserver.TaskStatus(*value))
	}
	if change == (resourceserver.TaskChange{}) {
		return Result{}, errors.New("update-task changes nothing; give a status, a title or a description")
	}
	task, err := a.change(ctx, id, change)
	if err != nil {
		return Result{}, err
	}
	return Result{Sentence: "Updated " + shown(task) + ".", Data: task}, nil
}

func deleteTask(ctx context.Context, a *Agent, args map[string]string) (Result, error) {
	id, err := pathOf(args)
	if err != nil {
		return Result{}, err
	}
	response, err := a.api.DeleteTask(ctx, id)
	if err != nil {
		return Result{}, missing(id, err)
	}
	return Result{Sentence: fmt.Sprintf("Deleted the task %s.", id), Data: map[string]string{"deleted": id}}, response.Body.Close()
}

func summarize(ctx context.Context, a *Agent, _ map[string]string) (Result, error) {
	summary, err := oauthclient.Decode[resourceserver.TaskSummary](a.api.SummarizeTasks(ctx))
	if err != nil {
		return Result{}, err
	}
	return Result{
		Sentence: fmt.Sprintf("%s: %d pending, %d in progress, %d completed.",
			counted(summary.Total), summary.Pending, summary.InProgress, summary.Completed),
		Data: summary,
	}, nil
}

func (a *Agent) change(ctx context.Context, id string, change resourceserver.TaskChange) (resourceserver.Task, error) {
	task, err := oauthclient.Decode[resourceserver.Task](a.api.UpdateTask(ctx, id, change))
	return task, missing(id, err)
}

// pathOf returns the id of the task, which becomes a segment of a path: dots
// would climb out of it.
func pathOf(args map[string]string) (string, error) {
	id := strings.TrimSpace(args[taskID.Name])
	if strings.Trim(id, ".") == "" {
		return "", noSuchTask(id)
	}
	return id, nil
}

// given is the value of an argument, nil where it is left out.
func given(args map[string]string, argument Argument) *string {
	value, ok := args[argument.Name]
	if !ok {
		return nil
	}
	if len(argument.OneOf) > 0 {
		value = strings.TrimSpace(value)
	}
	return &value
}

func counted(n int) string {
	if n == 1 {
		return "1 task"
	}
	return fmt.Sprintf("%d tasks", n)
}

// named goes on after counted.
func named(tasks []resourceserver.Task) string {
	if len(tasks) == 0 {
		return "."
	}
	var all []string
	for i, task := range tasks {
		if i == shownTasks {
			all = append(all, fmt.Sprintf("and %d more", len(tasks)-i))
			break
		}
		all = append(all, shown(task))
	}
	return ": " + strings.Join(all, ", ") + "."
}

func shown(task resourceserver.Task) string {
	return fmt.Sprintf("%q (%s, %s)", task.Title, printable.Line(task.ID), printable.Line(string(task.Status)))
}

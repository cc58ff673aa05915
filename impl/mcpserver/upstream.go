package mcpserver

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/generated/resourceserver"
	"github.com/grantproof/grantproof/impl/oauthclient"
)

// upstream is the task API behind the tools, for the one who calls them.
type upstream func(context.Context) (*resourceserver.Client, error)

// ask asks the API, and reads its answer.
func ask[T any](ctx context.Context, u upstream, send func(*resourceserver.Client) (*http.Response, error)) (T, error) {
	api, err := u(ctx)
	if err != nil {
		var nothing T
		return nothing, err
	}
	return oauthclient.Decode[T](send(api))
}

func (u upstream) listTasks(ctx context.Context, _ nothing) (resourceserver.TaskList, error) {
	return ask[resourceserver.TaskList](ctx, u, func(api *resourceserver.Client) (*http.Response, error) { return api.ListTasks(ctx) })
}

func (u upstream) createTask(ctx context.Context, in newTask) (resourceserver.Task, error) {
	return ask[resourceserver.Task](ctx, u, func(api *resourceserver.Client) (*http.Response, error) {
		return api.CreateTask(ctx, resourceserver.NewTask{Title: string(in.Title), Description: in.Description})
	})
}

func (u upstream) updateTask(ctx context.Context, in taskChange) (resourceserver.Task, error) {
	id, err := pathOf(in.TaskID)
	if err != nil {
		return resourceserver.Task{}, err
	}
	task, err := ask[resourceserver.Task](ctx, u, func(api *resourceserver.Client) (*http.Response, error) {
		return api.UpdateTask(ctx, id, resourceserver.TaskChange{Status: &in.Status})
	})
	return task, missing(id, err)
}

func (u upstream) getTask(ctx context.Context, in taskRef) (resourceserver.Task, error) {
	id, err := pathOf(in.TaskID)
	if err != nil {
		return resourceserver.Task{}, err
	}
	task, err := ask[resourceserver.Task](ctx, u, func(api *resourceserver.Client) (*http.Response, error) { return api.GetTask(ctx, id) })
	if err == nil && task.ID != id { // Another resource lies at that path, such as the summary.
		return resourceserver.Task{}, noSuchTask(id)
	}
	return task, missing(id, err)
}

func (u upstream) deleteTask(ctx context.Context, in taskRef) (deletion, error) {
	id, err := pathOf(in.TaskID)
	if err != nil {
		return deletion{}, err
	}
	api, err := u(ctx)
	if err != nil {
		return deletion{}, err
	}
	response, err := api.DeleteTask(ctx, id)
	if err != nil {
		return deletion{}, missing(id, err)
	}
	return deletion{TaskID: id, Deleted: true}, response.Body.Close()
}

func (u upstream) summarizeTasks(ctx context.Context, _ nothing) (summary, error) {
	user, err := u.getUser(ctx, nothing{})
	if err != nil {
		return summary{}, err
	}
	counted, err := ask[resourceserver.TaskSummary](ctx, u, func(api *resourceserver.Client) (*http.Response, error) { return api.SummarizeTasks(ctx) })
	return summary{Username: user.Username, Total: counted.Total, ByStatus: map[string]int{
		"pending": counted.Pending, "in_progress": counted.InProgress, "completed": counted.Completed,
	}}, err
}

func (u upstream) getUser(ctx context.Context, _ nothing) (profile, error) {
	user, err := ask[resourceserver.User](ctx, u, func(api *resourceserver.Client) (*http.Response, error) { return api.GetUser(ctx) })
	return profile{ID: user.ID, Username: user.Username, Email: user.Email}, err
}

// pathOf returns the id of the task, which becomes a segment of a path: dots
// would climb out of it.
func pathOf(taskID filled) (string, error) {
	id := strings.TrimSpace(string(taskID))
	if strings.Trim(id, ".") == "" || strings.ContainsAny(id, `/\`) {
		return "", noSuchTask(id)
	}
	return id, nil
}

// missing says which task is missing, where that is what an error means.
func missing(id string, err error) error {
	if refused := new(oauthclient.ResourceError); errors.As(err, &refused) && refused.Code == "not_found" {
		return noSuchTask(id)
	}
	return err
}

func noSuchTask(id string) error {
	return fmt.Errorf("there is no task %q; call list_tasks to see which there are", id)
}

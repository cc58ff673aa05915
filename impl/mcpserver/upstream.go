package mcpserver

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/grantproof/grantproof/generated/resourceserver"
	"github.com/grantproof/grantproof/impl/oauthclient"
)

// upstream is the task API behind the tools.
type upstream struct{ api *resourceserver.Client }

func (u upstream) listTasks(ctx context.Context, _ nothing) (resourceserver.TaskList, error) {
	return oauthclient.Decode[resourceserver.TaskList](u.api.ListTasks(ctx))
}

func (u upstream) createTask(ctx context.Context, in newTask) (resourceserver.Task, error) {
	return oauthclient.Decode[resourceserver.Task](u.api.CreateTask(ctx, resourceserver.NewTask{
		Title: string(in.Title), Description: in.Description,
	}))
}

func (u upstream) updateTask(ctx context.Context, in taskChange) (resourceserver.Task, error) {
	id, err := pathOf(in.TaskID)
	if err != nil {
		return resourceserver.Task{}, err
	}
	task, err := oauthclient.Decode[resourceserver.Task](u.api.UpdateTask(ctx, id, resourceserver.TaskChange{Status: &in.Status}))
	return task, missing(id, err)
}

func (u upstream) getTask(ctx context.Context, in taskRef) (resourceserver.Task, error) {
	id, err := pathOf(in.TaskID)
	if err != nil {
		return resourceserver.Task{}, err
	}
	task, err := oauthclient.Decode[resourceserver.Task](u.api.GetTask(ctx, id))
	if err == nil && task.ID != id { // Another resource lies at that path, such as the summary.
		return resourceserver.Task{}, noSuchTask(id)
	}
	return task, missing(id, err)
}

// pathOf returns the id of the task, which becomes a segment of a path: dots
// would climb out of it.
func pathOf(taskID filled) (string, error) {
	id := strings.TrimSpace(string(taskID))
	if strings.Trim(id, ".") == "" {
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

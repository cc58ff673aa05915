package agent

import (
	"context"
	"fmt"
	"slices"

	"github.com/grantproof/grantproof/generated/resourceserver"
	"github.com/grantproof/grantproof/impl/oauthclient"
)

// completed is the data of the workflows.
type completed struct {
	Completed []resourceserver.Task `json:"completed"`
}

// completeOldestPending completes the one that waits longest.
func completeOldestPending(ctx context.Context, a *Agent, _ map[string]string) (Result, error) {
	pending, err := a.pending(ctx)
	if err != nil {
		return Result{}, err
	}
	return a.complete(ctx, pending[:min(1, len(pending))])
}

func completeAllPending(ctx context.Context, a *Agent, _ map[string]string) (Result, error) {
	pending, err := a.pending(ctx)
	if err != nil {
		return Result{}, err
	}
	return a.complete(ctx, pending)
}

// pending returns the pending tasks, the oldest first.
func (a *Agent) pending(ctx context.Context) ([]resourceserver.Task, error) {
	list, err := oauthclient.Decode[resourceserver.TaskList](a.api.ListTasks(ctx))
	pending := slices.DeleteFunc(list.Tasks, func(task resourceserver.Task) bool {
		return task.Status != resourceserver.Pending
	})
	slices.SortStableFunc(pending, func(a, b resourceserver.Task) int { return a.CreatedAt.Compare(b.CreatedAt) })
	return pending, err
}

func (a *Agent) complete(ctx context.Context, tasks []resourceserver.Task) (Result, error) {
	done := completed{Completed: []resourceserver.Task{}}
	for _, task := range tasks {
		changed, err := a.change(ctx, task.ID, resourceserver.TaskChange{Status: new(resourceserver.Completed)})
		if err != nil {
			return Result{}, fmt.Errorf("completed %d of %s, then: %w", len(done.Completed), counted(len(tasks)), err)
		}
		done.Completed = append(done.Completed, changed)
	}
	if len(tasks) == 0 {
		return Result{Sentence: "No task is pending, so there is nothing to complete.", Data: done}, nil
	}
	return Result{Sentence: "Completed " + counted(len(tasks)) + named(done.Completed), Data: done}, nil
}

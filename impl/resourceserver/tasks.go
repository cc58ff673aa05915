package resourceserver

import (
	"context"
	"errors"
	"slices"

	"github.com/grantproof/grantproof/generated/resourceserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// ListTasks returns the tasks that the token reaches.
func (s *Server) ListTasks(ctx context.Context, _ resourceserver.ListTasksRequestObject) (resourceserver.ListTasksResponseObject, error) {
	tasks, err := reachable(ctx)
	if err != nil {
		return nil, err
	}
	list := resourceserver.ListTasks200JSONResponse{Tasks: []resourceserver.Task{}, Total: len(tasks)}
	for _, task := range tasks {
		list.Tasks = append(list.Tasks, shown(task))
	}
	return list, nil
}

// SummarizeTasks counts them by status.
func (s *Server) SummarizeTasks(ctx context.Context, _ resourceserver.SummarizeTasksRequestObject) (resourceserver.SummarizeTasksResponseObject, error) {
	tasks, err := reachable(ctx)
	if err != nil {
		return nil, err
	}
	summary := resourceserver.SummarizeTasks200JSONResponse{Total: len(tasks)}
	for _, task := range tasks {
		switch resourceserver.TaskStatus(task.Status) {
		case resourceserver.Pending:
			summary.Pending++
		case resourceserver.InProgress:
			summary.InProgress++
		case resourceserver.Completed:
			summary.Completed++
		}
	}
	return summary, nil
}

// CreateTask creates one for the first user that the token reaches, or for the
// one that the body names.
func (s *Server) CreateTask(ctx context.Context, request resourceserver.CreateTaskRequestObject) (resourceserver.CreateTaskResponseObject, error) {
	users, err := reach(ctx)
	if err != nil {
		return nil, err
	}
	userID := text(request.Body.UserID)
	if userID == "" && len(users) > 0 {
		userID = users[0]
	}
	if !slices.Contains(users, userID) {
		return nil, wire.InvalidRequest("user_id: this token does not reach that user's tasks")
	}
	status := resourceserver.Pending
	if request.Body.Status != nil {
		status = *request.Body.Status
	}
	r := realm.From(ctx)
	task, err := r.Store().CreateTask(ctx, store.Task{
		UserID: userID, Title: request.Body.Title, Description: text(request.Body.Description), Status: string(status),
		CreatedAt: r.Clock.Now().UTC(), CreatedBy: accessOf(ctx).ClientID,
	})
	if err != nil {
		return nil, err
	}
	return resourceserver.CreateTask201JSONResponse{
		Body:    shown(task),
		Headers: resourceserver.CreateTask201ResponseHeaders{Location: r.Resource + "/api/tasks/" + task.ID},
	}, nil
}

// GetTask returns one task.
func (s *Server) GetTask(ctx context.Context, request resourceserver.GetTaskRequestObject) (resourceserver.GetTaskResponseObject, error) {
	task, err := taskFor(ctx, request.ID)
	if err != nil {
		return nil, err
	}
	return resourceserver.GetTask200JSONResponse(shown(task)), nil
}

// UpdateTask changes the members that the body names.
func (s *Server) UpdateTask(ctx context.Context, request resourceserver.UpdateTaskRequestObject) (resourceserver.UpdateTaskResponseObject, error) {
	task, err := taskFor(ctx, request.ID)
	if err != nil {
		return nil, err
	}
	change := request.Body
	if change.Title != nil {
		task.Title = *change.Title
	}
	if change.Description != nil {
		task.Description = *change.Description
	}
	if change.Status != nil {
		task.Status = string(*change.Status)
	}
	if err := realm.From(ctx).Store().PutTask(ctx, task); err != nil {
		return nil, missing(err)
	}
	return resourceserver.UpdateTask200JSONResponse(shown(task)), nil
}

// DeleteTask removes one task.
func (s *Server) DeleteTask(ctx context.Context, request resourceserver.DeleteTaskRequestObject) (resourceserver.DeleteTaskResponseObject, error) {
	if _, err := taskFor(ctx, request.ID); err != nil {
		return nil, err
	}
	if err := realm.From(ctx).Store().DeleteTask(ctx, request.ID); err != nil {
		return nil, missing(err)
	}
	return resourceserver.DeleteTask204Response{}, nil
}

// taskFor finds a task that the token reaches. Somebody else's task is not
// told apart from one that does not exist.
func taskFor(ctx context.Context, id string) (store.Task, error) {
	users, err := reach(ctx)
	if err != nil {
		return store.Task{}, err
	}
	task, err := realm.From(ctx).Store().Task(ctx, id)
	if err != nil {
		return store.Task{}, missing(err)
	}
	if !slices.Contains(users, task.UserID) {
		return store.Task{}, missing(store.ErrNotFound)
	}
	return task, nil
}

func reachable(ctx context.Context) ([]store.Task, error) {
	users, err := reach(ctx)
	if err != nil {
		return nil, err
	}
	return realm.From(ctx).Store().TasksOf(ctx, users)
}

func missing(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return notFound("there is no such task")
	}
	return err
}

func shown(task store.Task) resourceserver.Task {
	return resourceserver.Task{
		ID: task.ID, UserID: task.UserID, Title: task.Title, Description: task.Description,
		Status: resourceserver.TaskStatus(task.Status), CreatedAt: task.CreatedAt.UTC(), CreatedBy: task.CreatedBy,
	}
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

package sql

import (
	"context"
	"fmt"
	"strings"

	"github.com/grantproof/grantproof/impl/store"
)

// Task implements store.Tasks.
func (s *Store) Task(ctx context.Context, id string) (store.Task, error) {
	var task store.Task
	err := s.get(ctx, `SELECT document FROM tasks WHERE realm = $1 AND id = $2`, []any{id}, document{&task})
	return task, err
}

// TasksOf implements store.Tasks; the oldest comes first.
func (s *Store) TasksOf(ctx context.Context, userIDs []string) ([]store.Task, error) {
	if len(userIDs) == 0 {
		return nil, nil
	}
	var parameters []string
	var args []any
	for i, id := range userIDs {
		parameters, args = append(parameters, fmt.Sprintf("$%d", i+2)), append(args, id)
	}
	return documents[store.Task](ctx, s, `SELECT document FROM tasks WHERE realm = $1 AND user_id IN (`+
		strings.Join(parameters, ", ")+`) ORDER BY created_at, number`, args...)
}

// CreateTask implements store.Tasks. The tasks of a realm are counted, and no
// number comes twice.
func (s *Store) CreateTask(ctx context.Context, task store.Task) (store.Task, error) {
	var number int64
	err := s.take(ctx, `INSERT INTO counters (realm, name, value) VALUES ($1, 'task', 1)
		ON CONFLICT (realm, name) DO UPDATE SET value = counters.value + 1 RETURNING value`, nil, &number)
	if err != nil {
		return store.Task{}, err
	}
	task.ID = fmt.Sprintf("task-%d", number)
	_, err = s.exec(ctx, `INSERT INTO tasks (realm, id, number, user_id, created_at, document) VALUES ($1, $2, $3, $4, $5, $6)`,
		task.ID, number, task.UserID, milliseconds(task.CreatedAt), document{task})
	return task, err
}

// PutTask implements store.Tasks.
func (s *Store) PutTask(ctx context.Context, task store.Task) error {
	changed, err := s.exec(ctx, `UPDATE tasks SET user_id = $3, created_at = $4, document = $5 WHERE realm = $1 AND id = $2`,
		task.ID, task.UserID, milliseconds(task.CreatedAt), document{task})
	return orNotFound(changed, err)
}

// DeleteTask implements store.Tasks.
func (s *Store) DeleteTask(ctx context.Context, id string) error {
	changed, err := s.exec(ctx, `DELETE FROM tasks WHERE realm = $1 AND id = $2`, id)
	return orNotFound(changed, err)
}

func orNotFound(changed int64, err error) error {
	if err == nil && changed == 0 {
		return store.ErrNotFound
	}
	return err
}

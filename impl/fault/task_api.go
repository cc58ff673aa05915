package fault

import (
	"net/http"

	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Fault{
	{
		Name:     "task-total-wrong",
		Role:     ResourceServer,
		Violates: ids{"documented-tasks/list"},
		Summary:  "The number of listed tasks is wrong.",
		Answer:   seam.On("GET", "/api/tasks", seam.With("total", 99)),
	},
	{
		Name:     "created-task-ok",
		Role:     ResourceServer,
		Violates: ids{"documented-tasks/create"},
		Summary:  "Creating a task returns 200.",
		Answer:   seam.On("POST", "/api/tasks", seam.From(http.StatusCreated, http.StatusOK)),
	},
	{
		Name:     "task-incomplete",
		Role:     ResourceServer,
		Violates: ids{"documented-tasks/get"},
		Summary:  "A task has no creation time.",
		Answer:   seam.On("GET", "/api/tasks/task-1", seam.Without("created_at")),
	},
	{
		Name:     "update-forgets-title",
		Role:     ResourceServer,
		Violates: ids{"documented-tasks/update"},
		Summary:  "Changing the status removes the title.",
		Answer:   seam.On("PUT", "/api/tasks/task-1", seam.With("title", "")),
	},
	{
		Name:     "deleted-task-ok",
		Role:     ResourceServer,
		Violates: ids{"documented-tasks/delete"},
		Summary:  "Deleting a task returns 200.",
		Answer:   seam.On("DELETE", "/api/tasks/task-2", seam.From(http.StatusNoContent, http.StatusOK)),
	},
	{
		Name:     "unknown-task-invented",
		Role:     ResourceServer,
		Violates: ids{"documented-tasks/unknown-task"},
		Summary:  "An unknown task returns 200.",
		Answer:   seam.On("*", "/api/tasks/task-99", seam.From(http.StatusNotFound, http.StatusOK)),
	},
	{
		Name:     "invalid-task-accepted",
		Role:     ResourceServer,
		Violates: ids{"documented-tasks/invalid-task"},
		Summary:  "Creating an invalid task returns 201.",
		Answer:   seam.On("POST", "/api/tasks", seam.From(http.StatusBadRequest, http.StatusCreated)),
	},
	{
		Name:     "invalid-status-accepted",
		Role:     ResourceServer,
		Violates: ids{"documented-tasks/invalid-status"},
		Summary:  "An invalid status returns 200.",
		Answer:   seam.On("PUT", "/api/tasks/task-1", seam.From(http.StatusBadRequest, http.StatusOK)),
	},
	{
		Name:     "required-scope-not-named",
		Role:     ResourceServer,
		Violates: ids{"documented-scopes/insufficient-scope"},
		Summary:  "The refusal does not name the required scope.",
		Answer: func(_ *http.Request, r *seam.Response) {
			if r.Status == http.StatusForbidden {
				seam.Without("required_scope")(r)
			}
		},
	},
	{
		Name:     "user-of-another",
		Role:     ResourceServer,
		Violates: ids{"documented-user/get"},
		Summary:  "The profile of another user is shown.",
		Answer:   seam.On("GET", "/api/user", seam.With("id", "user-999")),
	},
	{
		Name:     "email-not-changed",
		Role:     ResourceServer,
		Violates: ids{"documented-user/update-email"},
		Summary:  "The email address does not change.",
		Answer:   seam.On("PUT", "/api/user", seam.With("email", "demo@example.com")),
	},
	{
		Name:     "preferences-dropped",
		Role:     ResourceServer,
		Violates: ids{"documented-user/update-preferences"},
		Summary:  "The preferences are not stored.",
		Answer:   seam.On("PUT", "/api/user", seam.With("preferences", map[string]string{})),
	},
	{
		Name:     "invalid-email-accepted",
		Role:     ResourceServer,
		Violates: ids{"documented-user/invalid-email"},
		Summary:  "An invalid email address returns 200.",
		Answer:   seam.On("PUT", "/api/user", seam.From(http.StatusBadRequest, http.StatusOK)),
	},
})

package mcpserver

import (
	"context"
	"reflect"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/generated/resourceserver"
)

// What the tools take.
type (
	nothing struct{}

	newTask struct {
		Title       filled  `json:"title" jsonschema:"what is to be done"`
		Description *string `json:"description,omitempty" jsonschema:"more about it"`
	}
	taskChange struct {
		TaskID filled                    `json:"task_id" jsonschema:"the id of the task, such as task-1"`
		Status resourceserver.TaskStatus `json:"status" jsonschema:"how far it is"`
	}
	taskRef struct {
		TaskID filled `json:"task_id" jsonschema:"the id of the task, such as task-1"`
	}

	// filled is a text that is not empty.
	filled string
)

// What the tools give besides what the API does.
type (
	summary struct {
		Username string         `json:"username"`
		Total    int            `json:"total"`
		ByStatus map[string]int `json:"by_status"`
	}
	deletion struct {
		TaskID  string `json:"task_id"`
		Deleted bool   `json:"deleted"`
	}
	profile struct {
		ID       string `json:"id"`
		Username string `json:"username"`
		Email    string `json:"email"`
	}
)

// register adds the documented tools; a new one is a new entry.
func register(r *registry, api upstream) []error {
	return []error{
		add(r, mcp.Tool{
			Name: "list_tasks", Title: "List tasks",
			Description: "List the user's tasks with their ids and their status.",
			Annotations: reads(),
		}, api.listTasks),
		add(r, mcp.Tool{
			Name: "create_task", Title: "Create a task",
			Description: "Create a task. It starts as pending.",
			Annotations: writes(mcp.ToolAnnotations{}),
		}, api.createTask),
		add(r, mcp.Tool{
			Name: "update_task", Title: "Update a task",
			Description: "Change the status of a task to pending, in_progress or completed.",
			Annotations: writes(mcp.ToolAnnotations{IdempotentHint: true}),
		}, api.updateTask),
		add(r, mcp.Tool{
			Name: "get_task", Title: "Get a task",
			Description: "Show one task.",
			Annotations: reads(),
		}, api.getTask),
	}
}

// registerMore adds the tools that are there over HTTP alone.
func registerMore(r *registry, api upstream) []error {
	return []error{
		add(r, mcp.Tool{
			Name: "summarize_tasks", Title: "Summarize the tasks",
			Description: "Say whose tasks they are and how many there are of each status.",
			Annotations: reads(),
		}, api.summarizeTasks),
		add(r, mcp.Tool{
			Name: "delete_task", Title: "Delete a task",
			Description: "Delete a task, for good.",
			Annotations: &mcp.ToolAnnotations{DestructiveHint: new(true), IdempotentHint: true, OpenWorldHint: new(false)},
		}, api.deleteTask),
		add(r, mcp.Tool{
			Name: "get_user", Title: "Get the user",
			Description: "Show who the user is: name and email address.",
			Annotations: reads(),
		}, api.getUser),
	}
}

func reads() *mcp.ToolAnnotations {
	return &mcp.ToolAnnotations{ReadOnlyHint: true, OpenWorldHint: new(false)}
}

// writes describes a tool that takes nothing away.
func writes(a mcp.ToolAnnotations) *mcp.ToolAnnotations {
	a.DestructiveHint, a.OpenWorldHint = new(false), new(false)
	return &a
}

// registry is a server and what its tools take.
type registry struct {
	server *mcp.Server
	inputs inputs
}

// add registers a tool, whose schemas are made from the types of run.
func add[In, Out any](r *registry, tool mcp.Tool, run func(context.Context, In) (Out, error)) error {
	input, err := jsonschema.For[In](schemas)
	if err != nil {
		return err
	}
	output, err := jsonschema.For[Out](schemas)
	if err != nil {
		return err
	}
	r.inputs[tool.Name] = input
	tool.InputSchema, tool.OutputSchema = input, output
	mcp.AddTool(r.server, &tool, func(ctx context.Context, _ *mcp.CallToolRequest, in In) (*mcp.CallToolResult, Out, error) {
		out, err := run(ctx, in)
		return nil, out, err
	})
	return nil
}

var schemas = &jsonschema.ForOptions{TypeSchemas: map[reflect.Type]*jsonschema.Schema{
	reflect.TypeFor[filled](): {Type: "string", MinLength: new(1)},
	reflect.TypeFor[resourceserver.TaskStatus](): {Type: "string", Enum: []any{
		string(resourceserver.Pending), string(resourceserver.InProgress), string(resourceserver.Completed)}},
}}

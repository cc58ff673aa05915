package mcpserver_test

import (
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl/realm"
)

// The gate judges the call that the protocol does: names of members have a case
// (https://www.jsonrpc.org/specification#conventions), and a message with one twice is
// none.
func TestGateJudgesWhatIsCalled(t *testing.T) {
	f := protected(t, realm.Policy{Upstream: realm.Own})
	reads := tokenFor(t, f, f.MCP, "tasks:read")
	for body, want := range map[string]int{
		`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_tasks"}}`:                                                           200,
		`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_tasks","NAME":"create_task"}}`:                                      200,
		`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_task","NAME":"list_tasks","arguments":{"title":"a"}}}`:            403,
		`{"jsonrpc":"2.0","id":1,"method":"tools/call","Method":"ping","params":{"name":"create_task","arguments":{"title":"a"}}}`:                403,
		`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_task","arguments":{"title":"a"}},"Params":{"name":"list_tasks"}}`: 403,
		`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_task","name":"list_tasks","arguments":{"title":"a"}}}`:            400,
		`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_task","arguments":{"title":"a"}},"params":{"name":"list_tasks"}}`: 400,
		`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_tasks","arguments":{"x":1,"x":2}}}`:                                 400,
		`[{"jsonrpc":"2.0","id":1,"method":"ping","params":5},{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"create_task"}}]`:    403,
		`[5,{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"create_task"}}]`:                                                      403,
		`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_tasks"}`:                                                            400,
		``: 400,
	} {
		answer, text := post(t, f.MCP, reads, body)
		if answer.StatusCode != want {
			t.Errorf("%s: %s %s, want %d", body, answer.Status, text, want)
		}
		if want == 400 && !strings.Contains(text, `"code":-32700`) {
			t.Errorf("%s: %s", body, text)
		}
		if answer, _ := post(t, f.MCP, "", body); answer.StatusCode != 401 {
			t.Errorf("%s without a token: %s", body, answer.Status)
		}
	}
}

package check

import (
	"bytes"
	"cmp"
	"encoding/json"
	"mime"
	"net/http"

	"github.com/grantproof/grantproof/harness/exchange"
)

// MCPResult tells why the answer of an MCP server is no result: it is a JSON-RPC
// response with a result, as JSON or as the event of a stream, and the tool that
// was called did not fail.
func MCPResult(e *exchange.Exchange) error {
	const expected = "a JSON-RPC result"
	if e.Status != http.StatusOK {
		return Fail(Describe(e), "status 200 with "+expected)
	}
	var response map[string]any // Names are compared by their letters.
	if err := json.Unmarshal(MCPMessage(e), &response); err != nil {
		return Fail("an answer that is no JSON-RPC message", expected)
	}
	result, isObject := response["result"].(map[string]any)
	switch {
	case response["error"] != nil:
		failure, _ := response["error"].(map[string]any)
		return Fail("a JSON-RPC error: "+text(failure["message"]), expected)
	case !isObject:
		return Fail("a JSON-RPC message without a result", expected)
	case result["isError"] == true:
		said, _ := lookup(result, "content.0.text")
		return Fail("a tool that failed, saying "+cmp.Or(text(said), "nothing"), expected)
	}
	return nil
}

// MCPMessage is the JSON-RPC response in an answer. Of a stream it is the last
// event that holds something; its lines of data are one text
// (https://html.spec.whatwg.org/multipage/server-sent-events.html).
func MCPMessage(e *exchange.Exchange) []byte {
	if media, _, _ := mime.ParseMediaType(e.Answer.Get("Content-Type")); media != "text/event-stream" {
		return e.Content
	}
	var last, event []byte
	for line := range bytes.Lines(append(bytes.Clone(e.Content), "\n\n"...)) {
		data, ok := bytes.CutPrefix(line, []byte("data:"))
		switch {
		case ok:
			event = append(event, data...)
		case len(bytes.TrimSpace(line)) == 0 && len(bytes.TrimSpace(event)) > 0:
			last, event = bytes.TrimSpace(event), nil
		}
	}
	return last
}

// MCPUnknownMethod tells whether an MCP server says that it has no such method, which
// it says on a revision that it speaks
// (https://www.jsonrpc.org/specification#error_object).
func MCPUnknownMethod(e *exchange.Exchange) bool {
	var response struct {
		Error struct {
			Code int `json:"code"`
		} `json:"error"`
	}
	return json.Unmarshal(MCPMessage(e), &response) == nil && response.Error.Code == -32601
}

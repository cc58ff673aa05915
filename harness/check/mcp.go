package check

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"

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
	var response struct {
		Result *struct {
			IsError bool `json:"isError"`
			Content []struct {
				Text string `json:"text"`
			} `json:"content"`
		} `json:"result"`
		Error *struct {
			Message string `json:"message"`
		} `json:"error"`
	}
	if err := json.Unmarshal(MCPMessage(e), &response); err != nil {
		return Fail("an answer that is no JSON-RPC message", expected)
	}
	switch {
	case response.Error != nil:
		return Fail("a JSON-RPC error: "+response.Error.Message, expected)
	case response.Result == nil:
		return Fail("a JSON-RPC message without a result", expected)
	case response.Result.IsError:
		said := "nothing"
		if len(response.Result.Content) > 0 {
			said = response.Result.Content[0].Text
		}
		return Fail("a tool that failed, saying "+said, expected)
	}
	return nil
}

// MCPMessage is the JSON-RPC response in an answer; of a stream it is the last
// message.
func MCPMessage(e *exchange.Exchange) []byte {
	if !strings.HasPrefix(e.Answer.Get("Content-Type"), "text/event-stream") {
		return e.Content
	}
	var last []byte
	for line := range bytes.Lines(e.Content) {
		if data, ok := bytes.CutPrefix(line, []byte("data:")); ok {
			last = bytes.TrimSpace(data)
		}
	}
	return last
}

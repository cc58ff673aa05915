package mcpserver

import (
	"encoding/json"
	"slices"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/strictjson"
	"github.com/grantproof/grantproof/impl/token"
)

// message is as much of a JSON-RPC message as decides which scopes it needs. Names of
// members are compared with regard to case
// (https://www.jsonrpc.org/specification#conventions), as the protocol does that acts
// on the message.
type message struct {
	Method any             `json:"method"`
	Params json.RawMessage `json:"params"`
}

// neededBy is the scopes of the tools that a body calls.
func neededBy(body []byte, in *realm.Realm) token.Scope {
	var needed token.Scope
	for _, message := range messages(body) {
		needed = append(needed, required[toolNamed(in, message.tool())]...)
	}
	slices.Sort(needed)
	return slices.Compact(needed)
}

// messages are those of a body: one, or several of the old protocol. What is no
// message calls no tool; the protocol refuses it.
func messages(body []byte) []message {
	var several []json.RawMessage
	if strictjson.Unmarshal(body, &several) != nil {
		several = []json.RawMessage{body}
	}
	var all []message
	for _, text := range several {
		var one message
		if strictjson.Unmarshal(text, &one) == nil {
			all = append(all, one)
		}
	}
	return all
}

// tool is the tool that a message calls, empty for none.
func (m message) tool() string {
	var params struct {
		Name string `json:"name"`
	}
	if m.Method != "tools/call" || strictjson.Unmarshal(m.Params, &params) != nil {
		return ""
	}
	return params.Name
}

// refusal is a JSON-RPC error; its id is null where that of the request could not be
// read (https://www.jsonrpc.org/specification#response_object).
type refusal struct {
	Version string        `json:"jsonrpc"`
	ID      any           `json:"id"`
	Error   jsonrpc.Error `json:"error"`
}

// notParsed says that a text is no JSON, or has a member twice, so that two readers
// could understand two messages (RFC 8259 section 4,
// https://www.rfc-editor.org/rfc/rfc8259#section-4).
func notParsed(err error) []byte {
	return refusal{Error: jsonrpc.Error{Code: jsonrpc.CodeParseError, Message: "Parse error: the message is " + err.Error()}}.text()
}

// notUnderstood says that JSON is no message.
func notUnderstood(why string, id any) []byte {
	return refusal{ID: id, Error: jsonrpc.Error{Code: jsonrpc.CodeInvalidRequest, Message: "Invalid Request: " + why}}.text()
}

func (r refusal) text() []byte {
	r.Version = "2.0"
	text, _ := json.Marshal(r) // fails for nothing that was JSON
	return text
}

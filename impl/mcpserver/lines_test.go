package mcpserver_test

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"
	"testing"
)

// Whatever a line is, the server answers it and goes on with the next
// (https://www.jsonrpc.org/specification#error_object).
func TestStdioGoesOn(t *testing.T) {
	process, log := command(t)
	input, err := process.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	answers := bufio.NewReader(output)
	const ping = `{"jsonrpc":"2.0","id":"p","method":"ping"}`
	for _, test := range []struct {
		line string
		want []float64 // The codes of the answers, 0 for a result; with ids that are null unless there is one.
		id   any
	}{
		{"hello", []float64{-32700}, nil},
		{`{"jsonrpc":"2.0","id":1,"method":"ping"`, []float64{-32700}, nil},
		{`{"jsonrpc":"2.0","id":1,"method":"ping"} x`, []float64{-32700}, nil},
		{`{"jsonrpc":"2.0","id":1,"method":"x","method":"ping"}`, []float64{-32700}, nil},
		{"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xff\"}", []float64{-32700}, nil},
		{"\x00", []float64{-32700}, nil},
		{"\ufeff" + ping, []float64{-32700}, nil},
		{strings.Repeat("x", 2<<20), []float64{-32600}, nil},
		{`"` + strings.Repeat("x", 1<<20) + `"`, []float64{-32600}, nil},
		{"", nil, nil},
		{" \t\r", nil, nil},
		{ping + "\r", []float64{0}, "p"},
		{"  " + ping, []float64{0}, "p"},
		{`{}`, []float64{-32600}, nil},
		{`1`, []float64{-32600}, nil},
		{`null`, []float64{-32600}, nil},
		{`"ping"`, []float64{-32600}, nil},
		{`{"jsonrpc":"1.0","id":7,"method":"ping"}`, []float64{-32600}, 7.0},
		{`{"jsonrpc":"2.0","id":"a","Method":"ping"}`, nil, nil}, // A response to no request.
		{`{"jsonrpc":"2.0","id":{},"method":"ping"}`, []float64{-32600}, nil},
		{`[]`, []float64{-32600}, nil},
		{`[1,2]`, []float64{-32600, -32600}, nil},
		{`[` + ping + `]`, []float64{0}, "p"},
		{strings.Repeat("[", 20000), []float64{-32700}, nil},
		{strings.Repeat("[", 5000) + strings.Repeat("]", 5000), []float64{-32600}, nil},
	} {
		_, _ = io.WriteString(input, test.line+"\n")
		for _, code := range test.want {
			judgeAnswer(t, test.line, answers, code, test.id)
		}
		_, _ = io.WriteString(input, ping+"\n")
		judgeAnswer(t, "the ping after "+test.line, answers, 0, "p")
	}
	_ = input.Close()
	if err := process.Wait(); err != nil {
		t.Errorf("%v; %s", err, log)
	}
}

func judgeAnswer(t *testing.T, line string, answers *bufio.Reader, code float64, id any) {
	t.Helper()
	shown := line[:min(len(line), 80)]
	text, err := answers.ReadString('\n')
	if err != nil {
		t.Fatalf("%q: the server ended: %v", shown, err)
	}
	var answer struct {
		ID    any
		Error struct{ Code float64 }
	}
	if err := json.Unmarshal([]byte(text), &answer); err != nil || answer.Error.Code != code || answer.ID != id || !strings.Contains(text, `"id":`) {
		t.Errorf("%q is answered with %s, want code %v and id %v", shown, text, code, id)
	}
}

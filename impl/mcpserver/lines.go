package mcpserver

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"

	"github.com/grantproof/grantproof/impl/strictjson"
)

// lines are the messages on standard input, one a line
// (https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio). It
// hands the protocol nothing but messages, as the protocol ends at the first line that
// is none, and answers other lines itself.
type lines struct {
	in   *bufio.Reader
	out  *output
	next bytes.Buffer // What is handed on next.
}

// output is standard output, for two who write whole lines to it.
type output struct {
	mu sync.Mutex
	io.Writer
}

// Write implements io.Writer.
func (o *output) Write(line []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.Writer.Write(line)
}

// Close implements io.Closer. Standard output stays open.
func (o *output) Close() error { return nil }

func newLines(in io.Reader, out *output) *lines { return &lines{in: bufio.NewReader(in), out: out} }

// Close implements io.Closer. Standard input stays open.
func (l *lines) Close() error { return nil }

// Read implements io.Reader.
func (l *lines) Read(into []byte) (int, error) {
	for l.next.Len() == 0 {
		line, err := l.line()
		if errors.Is(err, errTooLong) {
			err = l.answer(notUnderstood(err.Error(), nil))
		} else if len(bytes.TrimSpace(line)) > 0 {
			err = errors.Join(l.judge(line), err)
		}
		if err != nil && l.next.Len() == 0 {
			return 0, unjoined(err)
		}
	}
	return l.next.Read(into)
}

// unjoined keeps the end of the input recognizable.
func unjoined(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	return err
}

var errTooLong = errors.New("the message is larger than 1 MiB")

// line reads a line of bounded length, and passes over the rest of a longer one.
func (l *lines) line() ([]byte, error) {
	var line []byte
	for long := false; ; {
		part, err := l.in.ReadSlice('\n')
		if long = long || len(line)+len(part) > maxMessage; !long {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case long && err == nil:
			return nil, errTooLong
		}
		return line, err
	}
}

// judge hands on the message of a line, or the messages of a batch, which is how the
// revision of 2025-03-26 sends several; each is answered by itself.
func (l *lines) judge(line []byte) error {
	if err := strictjson.Check(line); err != nil {
		return l.answer(notParsed(err))
	}
	batch := []json.RawMessage{line}
	if bytes.HasPrefix(bytes.TrimSpace(line), []byte("[")) {
		if _ = strictjson.Unmarshal(line, &batch); len(batch) == 0 {
			return l.answer(notUnderstood("the batch is empty", nil))
		}
	}
	for _, text := range batch {
		if _, err := jsonrpc.DecodeMessage(text); err != nil {
			if err := l.answer(notUnderstood("send a JSON-RPC 2.0 request, notification or response", idOf(text))); err != nil {
				return err
			}
			continue
		}
		l.next.Write(bytes.TrimSpace(text))
		l.next.WriteByte('\n')
	}
	return nil
}

func (l *lines) answer(refusal []byte) error {
	_, err := l.out.Write(append(refusal, '\n'))
	return err
}

// idOf is the id of what is no message otherwise; nil where it has none.
func idOf(text []byte) any {
	var message struct {
		ID any `json:"id"`
	}
	_ = strictjson.Unmarshal(text, &message) // What is no object has none.
	switch message.ID.(type) {
	case string, float64:
		return message.ID
	}
	return nil
}

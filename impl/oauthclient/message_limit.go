package oauthclient

import (
	"fmt"
	"io"
	"mime"
	"net/http"
)

// maxMessage bounds one message of an MCP server, in bytes: an answer, or an event
// of a stream.
const maxMessage = 16 << 20

// bounded ends an answer that has a message without an end.
type bounded struct{ base http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (b bounded) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := b.base.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	media, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	response.Body = &messages{ReadCloser: response.Body, most: maxMessage, events: media == "text/event-stream"}
	return response, nil
}

// messages counts the bytes of each message. An event ends with an empty line
// (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream).
type messages struct {
	io.ReadCloser
	events  bool
	most    int
	read    int
	newline bool // Whether a line ended last.
}

// Read implements io.Reader.
func (m *messages) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	for _, letter := range p[:n] {
		m.read++
		ends := m.events && letter == '\n'
		if ends && m.newline {
			m.read = 0
		}
		m.newline = ends || m.newline && letter == '\r'
	}
	if m.read > m.most {
		return 0, fmt.Errorf("the MCP server sends a message of more than %d bytes", m.most)
	}
	return n, err
}

package world

import (
	"net"
	"net/http"
	"time"
)

// Publication is something of a client that the servers fetch: its metadata
// document, its keys or its pages.
type Publication struct {
	Base string // Its URL, without a slash at the end.
	End  func()
}

// PublishOnLoopback lets those fetch what a server answers that run on this
// machine.
func PublishOnLoopback(server *http.Server) (*Publication, error) {
	p := &Publication{End: func() { _ = server.Close() }}
	return p, Listen("127.0.0.1:0", server, func(host string) { p.Base = "http://" + host })
}

// Listen starts a server of the examiner; known is told its host and port before
// anybody can ask it.
func Listen(address string, server *http.Server, known func(host string)) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	known(listener.Addr().String())
	server.ReadHeaderTimeout = 5 * time.Second
	go func() { _ = server.Serve(listener) }()
	return nil
}

//go:build linux

package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// leftAlone is how long the server is watched after the crowd has gone.
const leftAlone = 15 * time.Second

// crowded has connections of all bad manners stand before the server, while a
// good client asks for tokens.
func crowded(ctx context.Context, long time.Duration, connections int) error {
	if err := openFiles(uint64(connections) + 1000); err != nil {
		return err
	}
	address, err := free()
	if err != nil {
		return err
	}
	server, err := start(ctx, "grantproof serve", "http://"+address, nil, "serve", "authserver", "--authserver", address, "--control", "", "--store", "memory")
	if err != nil {
		return err
	}
	watched, unwatch := context.WithCancel(ctx)
	var samples []sample
	var watching sync.WaitGroup
	watching.Go(func() { samples = server.watch(watched) })
	figures := &figures{}
	crowd := &crowd{address: address}
	crowd.stand(ctx, long, connections, figures)
	select {
	case <-time.After(leftAlone):
	case <-ctx.Done():
	}
	unwatch()
	watching.Wait()
	fmt.Printf("%d connections for %s: at most %d open at a time, %d opened, %d refused, %d closed by the server, %d requests of theirs served\n",
		connections, long, crowd.most.Load(), crowd.opened.Load(), crowd.refused.Load(), crowd.closed.Load(), crowd.served.Load())
	figures.print()
	printSamples(server.name, samples)
	var promises []string
	if n := figures.problems(goodClient); n > 0 {
		promises = append(promises, fmt.Sprintf("the good client was not served %d times", n))
	}
	if last := samples[len(samples)-1]; last.goroutines > samples[0].goroutines+50 {
		promises = append(promises, fmt.Sprintf("%d goroutines are left %s after everybody has gone", last.goroutines, leftAlone))
	}
	if err := server.stop(); err != nil {
		promises = append(promises, err.Error())
	}
	return broken(promises)
}

// crowd counts what became of its connections.
type crowd struct {
	address                         string
	opened, refused, closed, served atomic.Int64
	standing, most                  atomic.Int64
}

// manners are how connections behave once they are open.
var manners = []func(*crowd, context.Context, net.Conn){
	(*crowd).silent, (*crowd).dripping, (*crowd).promising, (*crowd).lingering, (*crowd).bursting,
}

// stand keeps the connections up for as long as that takes.
func (c *crowd) stand(ctx context.Context, long time.Duration, connections int, figures *figures) {
	ctx, cancel := context.WithTimeout(ctx, long)
	defer cancel()
	var group sync.WaitGroup
	for i := range connections {
		group.Go(func() {
			pause(ctx, rand.N(10*time.Second)) // They do not all come in one moment.
			for ctx.Err() == nil {
				c.visit(ctx, i)
			}
		})
	}
	group.Go(func() { beGood(ctx, "http://"+c.address, figures) })
	group.Wait()
}

// visit opens one connection and behaves. Many addresses of this machine are
// used, as one has too few ports.
func (c *crowd) visit(ctx context.Context, i int) {
	from := &net.TCPAddr{IP: net.IPv4(127, 0, 1, byte(1+i%200))}
	connection, err := (&net.Dialer{LocalAddr: from, Timeout: 5 * time.Second}).DialContext(ctx, "tcp", c.address)
	if err != nil {
		if ctx.Err() == nil {
			c.refused.Add(1)
		}
		pause(ctx, time.Second)
		return
	}
	c.opened.Add(1)
	for now := c.standing.Add(1); ; {
		if most := c.most.Load(); now <= most || c.most.CompareAndSwap(most, now) {
			break
		}
	}
	defer c.standing.Add(-1)
	defer connection.Close()
	defer context.AfterFunc(ctx, func() { connection.Close() })()
	manners[i%len(manners)](c, ctx, connection)
}

// silent says nothing, until the server has had enough.
func (c *crowd) silent(ctx context.Context, connection net.Conn) { c.await(ctx, connection) }

func (c *crowd) await(ctx context.Context, connection net.Conn) {
	_, _ = io.Copy(io.Discard, connection)
	if ctx.Err() == nil {
		c.closed.Add(1)
	}
}

// drip sends a text a byte a second.
func (c *crowd) drip(ctx context.Context, connection net.Conn, text string) {
	for _, letter := range []byte(text) {
		if _, err := connection.Write([]byte{letter}); err != nil {
			if ctx.Err() == nil {
				c.closed.Add(1)
			}
			return
		}
		pause(ctx, time.Second)
	}
	c.await(ctx, connection)
}

// dripping sends the header a byte a second.
func (c *crowd) dripping(ctx context.Context, connection net.Conn) {
	c.drip(ctx, connection, "GET /health HTTP/1.1\r\nHost: "+c.address+"\r\nX-Long: "+strings.Repeat("x", 1000)+"\r\n\r\n")
}

// promising sends the body a byte a second.
func (c *crowd) promising(ctx context.Context, connection net.Conn) {
	_, _ = fmt.Fprintf(connection, "POST /oauth/token HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\n", c.address)
	c.drip(ctx, connection, strings.Repeat("x", 60_000))
}

// lingering asks once and keeps the connection.
func (c *crowd) lingering(ctx context.Context, connection net.Conn) {
	c.ask(connection, bufio.NewReader(connection))
	c.await(ctx, connection)
}

// burst is how many requests follow each other.
const burst = 20

// bursting asks many times without a pause, and is gone for a while.
func (c *crowd) bursting(ctx context.Context, connection net.Conn) {
	answers := bufio.NewReader(connection)
	for range burst {
		if !c.ask(connection, answers) {
			break
		}
	}
	pause(ctx, 5*time.Second+rand.N(25*time.Second))
}

func (c *crowd) ask(connection net.Conn, answers *bufio.Reader) bool {
	_, _ = fmt.Fprintf(connection, "GET /.well-known/oauth-authorization-server HTTP/1.1\r\nHost: %s\r\n\r\n", c.address)
	response, err := http.ReadResponse(answers, nil)
	if err != nil {
		return false
	}
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return false
	}
	c.served.Add(1)
	return true
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

const goodClient = "token for the good client"

// beGood asks for a token ten times a second, on a new connection each time.
func beGood(ctx context.Context, base string, figures *figures) {
	client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {"mcp-task-manager"}, "client_secret": {"mcp-secret-12345"}}
	for ctx.Err() == nil {
		began := time.Now()
		response, err := client.PostForm(base+"/oauth/token", form)
		switch {
		case err != nil:
			figures.problem(goodClient, kindOf(err))
		case response.StatusCode != http.StatusOK:
			figures.problem(goodClient, response.Status)
		default:
			figures.answered(goodClient, time.Since(began))
		}
		if err == nil {
			response.Body.Close()
		}
		pause(ctx, 100*time.Millisecond)
	}
}

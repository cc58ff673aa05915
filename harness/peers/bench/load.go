package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const connections = 16

// load is the request that is sent over and over, and what its answer holds.
type load struct {
	method, address, user, password string
	form                            url.Values
	want                            string
}

func (l load) request() (*http.Request, error) {
	request, err := http.NewRequest(l.method, l.address, strings.NewReader(l.form.Encode()))
	if err == nil && l.user != "" {
		request.SetBasicAuth(l.user, l.password)
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return request, err
}

// send sends the request once and returns the answer.
func (l load) send(ctx context.Context) ([]byte, error) {
	connection, err := dial(ctx, l)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	return connection.answer()
}

// connection sends the same bytes over and over, so that as little as possible
// of the machine goes to the one who asks.
type connection struct {
	net.Conn
	load    load
	request []byte
	answers *bufio.Reader
}

func dial(ctx context.Context, l load) (*connection, error) {
	request, err := l.request()
	if err != nil {
		return nil, err
	}
	var raw bytes.Buffer
	if err := request.Write(&raw); err != nil {
		return nil, err
	}
	opened, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "tcp", request.URL.Host)
	if err != nil {
		return nil, err
	}
	deadline, _ := ctx.Deadline()
	return &connection{opened, l, raw.Bytes(), bufio.NewReader(opened)}, opened.SetDeadline(deadline)
}

func (c *connection) answer() ([]byte, error) {
	if _, err := c.Write(c.request); err != nil {
		return nil, err
	}
	response, err := http.ReadResponse(c.answers, nil)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(response.Body)
	if err == nil && (response.StatusCode != http.StatusOK || !strings.Contains(string(body), c.load.want)) {
		err = fmt.Errorf("%s answered %s %s", c.load.address, response.Status, body)
	}
	return body, err
}

// The clients of the contenders.
func credentials(contender string) (id, secret, token, introspect string) {
	switch contender {
	case "zitadel":
		return "sid1", "verysecret", "/oauth/token", "/oauth/introspect"
	case "grantproof":
		return "mcp-task-manager", "mcp-secret-12345", "/oauth/token", "/oauth/introspect"
	}
	return "client", "secret", "/oauth/token", ""
}

func tokenLoad(_ context.Context, contender, base string) (load, error) {
	id, secret, path, _ := credentials(contender)
	return load{"POST", base + path, id, secret, url.Values{"grant_type": {"client_credentials"}}, "access_token"}, nil
}

func introspectionLoad(ctx context.Context, contender, base string) (load, error) {
	l, _ := tokenLoad(ctx, contender, base)
	if contender == "zitadel" {
		l.form.Set("scope", "openid")
	}
	body, err := l.send(ctx)
	if err != nil {
		return l, err
	}
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return l, err
	}
	if strings.Count(answer.AccessToken, ".") != 2 {
		return l, errors.New("its access tokens are no JWTs")
	}
	id, secret, _, path := credentials(contender)
	return load{"POST", base + path, id, secret, url.Values{"token": {answer.AccessToken}}, `"active":true`}, nil
}

func getLoad(path string) func(context.Context, string, string) (load, error) {
	return func(_ context.Context, _, base string) (load, error) {
		return load{method: "GET", address: base + path, want: "{"}, nil
	}
}

type result struct {
	perSecond, cpu float64 // cpu in microseconds an answer.
	memory         int     // Resident, in MB.
}

// measure starts a contender, warms it up, and sends it the load.
func measure(ctx context.Context, race race, contender string, requests int) (result, error) {
	address, err := free()
	if err != nil {
		return result{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	server := command(ctx, contender, address)
	server.Stderr = os.Stderr
	if err := server.Start(); err != nil {
		return result{}, err
	}
	defer func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	}()
	l, err := ready(ctx, race, contender, "http://"+address)
	if err != nil {
		return result{}, err
	}
	if err := fire(ctx, l, requests/10); err != nil {
		return result{}, err
	}
	before, began := cpu(server.Process.Pid), time.Now()
	if err := fire(ctx, l, requests); err != nil {
		return result{}, err
	}
	took := time.Since(began)
	return result{
		perSecond: float64(requests) / took.Seconds(),
		cpu:       float64((cpu(server.Process.Pid) - before).Microseconds()) / float64(requests),
		memory:    resident(server.Process.Pid),
	}, nil
}

// binary is the program of the reference servers.
var binary string

func command(ctx context.Context, contender, address string) *exec.Cmd {
	if contender == "grantproof" {
		return exec.CommandContext(ctx, binary, "serve", "authserver", "--authserver", address, "--control", "", "--store", "memory")
	}
	return exec.CommandContext(ctx, os.Args[0], "-serve", contender, "-address", address)
}

// ready waits until the contender answers.
func ready(ctx context.Context, race race, contender, base string) (load, error) {
	var l load
	var err error
	for range 200 {
		if l, err = race.prepare(ctx, contender, base); err == nil {
			if _, err = l.send(ctx); err == nil {
				return l, nil
			}
		}
		time.Sleep(25 * time.Millisecond)
	}
	return l, err
}

func fire(ctx context.Context, l load, requests int) error {
	var left atomic.Int64
	left.Store(int64(requests))
	errs := make([]error, connections)
	var group sync.WaitGroup
	for i := range connections {
		group.Go(func() {
			connection, err := dial(ctx, l)
			if err != nil {
				errs[i] = err
				return
			}
			defer connection.Close()
			for left.Add(-1) >= 0 && errs[i] == nil {
				_, errs[i] = connection.answer()
			}
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

// cpu is the time that a process has used (fields 14 and 15 of its stat, in
// ticks of a hundredth of a second).
func cpu(pid int) time.Duration {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(content), ") ")
	fields := strings.Fields(after)
	var ticks int
	for _, field := range fields[11:13] {
		used, _ := strconv.Atoi(field)
		ticks += used
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}

func resident(pid int) int {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(content), "VmRSS:")
	kilobytes, _ := strconv.Atoi(strings.Fields(after)[0])
	return kilobytes / 1024
}

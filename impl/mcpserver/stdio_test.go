package mcpserver_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/impl/mcpserver"
)

// asServer makes the test binary serve over its standard input and output.
const asServer = "MCPSERVER_TEST_SERVES"

func TestMain(m *testing.M) {
	if os.Getenv(asServer) == "" {
		os.Exit(m.Run())
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	config, err := mcpserver.ConfigFromEnv(os.Getenv)
	if err == nil {
		err = mcpserver.ServeStdio(ctx, config)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func command(t *testing.T, settings ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	log := new(bytes.Buffer)
	process := exec.CommandContext(t.Context(), self)
	process.Env, process.Stderr = append(settings, asServer+"=1"), log
	return process, log
}

func TestStdio(t *testing.T) {
	config := start(t, nil)
	process, log := command(t, "AUTH_SERVER_URL="+config.AuthServer, "RESOURCE_SERVER_URL="+config.ResourceServer)
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).
		Connect(t.Context(), &mcp.CommandTransport{Command: process}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if result, text := call(t, session, "list_tasks", nil); result.IsError || !strings.Contains(text, `"total":2`) {
		t.Errorf("list_tasks: %s", text)
	}
	if result, text := call(t, session, "get_task", args{"task_id": "task-9"}); !result.IsError {
		t.Errorf("get_task: %s", text)
	}
	if err := session.Close(); err != nil {
		t.Errorf("the server did not end well: %v", err)
	}
	if log.Len() != 0 {
		t.Errorf("standard error: %s", log)
	}
}

func TestStdioEndsWhenInterrupted(t *testing.T) {
	process, log := command(t)
	input, err := process.StdinPipe() // Stays open.
	if err != nil {
		t.Fatal(err)
	}
	defer input.Close()
	output, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(input, `{"jsonrpc":"2.0","id":1,"method":"ping"}`+"\n")
	if _, err := output.Read(make([]byte, 512)); err != nil { // It runs now.
		t.Fatalf("%v; %s", err, log)
	}
	if err := process.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- process.Wait() }()
	select {
	case err := <-done:
		if err != nil || log.Len() != 0 {
			t.Errorf("%v: %s", err, log)
		}
	case <-time.After(10 * time.Second):
		_ = process.Process.Kill()
		t.Error("it does not end")
	}
}

func TestStdioRefusesABrokenConfiguration(t *testing.T) {
	process, log := command(t, "CLIENT_ID=mine")
	out, err := process.Output()
	if err == nil || len(out) != 0 || !strings.Contains(log.String(), "CLIENT_SECRET is not set") {
		t.Errorf("%v, output %q, log %q", err, out, log)
	}
}

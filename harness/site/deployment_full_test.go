//go:build full

package site_test

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/grantproof/grantproof/harness/site"
)

// The guide to deployment does what it says, from the first secret to the
// upgrade of two replicas behind nginx.
func TestDeployment(t *testing.T) {
	database := os.Getenv("GRANTPROOF_TEST_POSTGRES")
	if database == "" {
		t.Fatal("there is no PostgreSQL; run this test by `make full` or harness/postgres.sh")
	}
	exercises, err := site.Exercises()
	if err != nil {
		t.Fatal(err)
	}
	tools, folder, moved := build(t), t.TempDir(), strings.NewReplacer(ports(t, "8443", "9090", "4100", "4101")...)
	defer end(folder)
	steps, upgraded := 0, false
	for _, exercise := range exercises {
		if !exercise.Deploys {
			continue
		}
		steps++
		environment := append(os.Environ(), "PATH="+tools+":"+os.Getenv("PATH"), "DATABASE_URL="+database)
		finish := func() {}
		if exercise.Title == upgrade {
			crowd := startCrowd(t, moved.Replace("https://localhost:8443"), folder, environment)
			finish = func() { crowd.end(t) }
		}
		output := deploy(t, moved.Replace(exercise.Commands), folder, environment)
		finish()
		upgraded = upgraded || exercise.Title == upgrade
		exercise.Output = moved.Replace(exercise.Output)
		if !t.Run(exercise.Title, func(t *testing.T) { check(t, exercise, output) }) {
			t.Fatal(logs(folder))
		}
	}
	if steps < 8 || !upgraded {
		t.Errorf("the guide has %d steps; one of them is an upgrade: %v", steps, upgraded)
	}
}

// upgrade is the step during which clients ask all the while.
const upgrade = "An upgrade without downtime"

// deploy runs one step. The servers that it starts live on.
func deploy(t *testing.T, commands, folder string, environment []string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, "bash", "-ec", commands)
	command.Dir, command.Env, command.WaitDelay = folder, environment, time.Second
	output, err := command.CombinedOutput()
	if err != nil && !errors.Is(err, exec.ErrWaitDelay) {
		t.Fatalf("%v\n%s\n%s", err, output, logs(folder))
	}
	return string(output)
}

// ports gives each of the guide's ports a free one.
func ports(t *testing.T, names ...string) []string {
	t.Helper()
	var pairs []string
	for _, name := range names {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer listener.Close()
		pairs = append(pairs, name, strconv.Itoa(listener.Addr().(*net.TCPAddr).Port))
	}
	return pairs
}

// end stops what the guide started, by the process ids that it wrote.
func end(folder string) {
	files, _ := filepath.Glob(filepath.Join(folder, "*.pid"))
	for _, file := range files {
		content, _ := os.ReadFile(file)
		if id, err := strconv.Atoi(strings.TrimSpace(string(content))); err == nil {
			_ = syscall.Kill(id, syscall.SIGTERM)
		}
	}
}

func logs(folder string) string {
	var all strings.Builder
	files, _ := filepath.Glob(filepath.Join(folder, "*.log"))
	for _, file := range files {
		content, _ := os.ReadFile(file)
		all.WriteString(filepath.Base(file) + ":\n" + string(content) + "\n")
	}
	return all.String()
}

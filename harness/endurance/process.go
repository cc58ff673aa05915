//go:build linux

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server under load.
type process struct {
	name    string
	command *exec.Cmd
	metrics string // URL of its metrics.
}

// start starts a server and waits until it answers at base.
func start(ctx context.Context, name, base string, environment []string, args ...string) (*process, error) {
	metrics, err := free()
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, binary, append(args, "--metrics", metrics)...)
	command.Env = append(os.Environ(), environment...)
	command.Stderr = os.Stderr
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	if err := command.Start(); err != nil {
		return nil, err
	}
	for range 400 {
		if response, err := http.Get(base + "/ready"); err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return &process{name, command, "http://" + metrics + "/metrics"}, nil
			}
		}
		time.Sleep(25 * time.Millisecond)
	}
	_ = command.Process.Kill()
	return nil, fmt.Errorf("%s does not become ready: %w", name, command.Wait())
}

// stop ends the server; one that had ended before is an error.
func (p *process) stop() error {
	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("%s had ended: %w", p.name, err)
	}
	_ = p.command.Wait()
	return nil
}

// resident is the memory of the process in MB.
func (p *process) resident() int {
	content, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	_, after, found := strings.Cut(string(content), "VmRSS:")
	if !found {
		return 0
	}
	kilobytes, _ := strconv.Atoi(strings.Fields(after)[0])
	return kilobytes / 1024
}

// files is how many files and connections the process has open.
func (p *process) files() int {
	entries, _ := os.ReadDir(fmt.Sprintf("/proc/%d/fd", p.command.Process.Pid))
	return len(entries)
}

// goroutines is what the server's metrics say of them, 0 where they do not
// answer.
func (p *process) goroutines() int {
	client := http.Client{Timeout: 2 * time.Second}
	response, err := client.Get(p.metrics)
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		if value, found := strings.CutPrefix(lines.Text(), "go_goroutines "); found {
			n, _ := strconv.Atoi(value)
			return n
		}
	}
	return 0
}

// sample is what a process has at one moment.
type sample struct {
	after                     time.Duration
	memory, files, goroutines int
}

// watch samples the process every second until ctx ends.
func (p *process) watch(ctx context.Context) []sample {
	began := time.Now()
	samples := []sample{p.sample(began)}
	for ticker := time.NewTicker(time.Second); ; {
		select {
		case <-ctx.Done():
			ticker.Stop()
			return samples
		case <-ticker.C:
			samples = append(samples, p.sample(began))
		}
	}
}

func (p *process) sample(began time.Time) sample {
	return sample{time.Since(began), p.resident(), p.files(), p.goroutines()}
}

// free returns an address below the ports that connections are given. No two
// calls return the same.
func free() (string, error) {
	for tries := 0; tries < 5000; tries++ {
		next++
		listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(11_000+(os.Getpid()+next)%8000)))
		if err == nil {
			return listener.Addr().String(), listener.Close()
		}
	}
	return "", errors.New("no port is free")
}

var next int

// openFiles raises the limit of open files to n.
func openFiles(n uint64) error {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return err
	}
	if limit.Cur >= n {
		return nil
	}
	limit.Cur, limit.Max = n, max(limit.Max, n)
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return fmt.Errorf("%d open files are needed and not allowed: %w; raise the hard limit (ulimit -Hn) or lower -connections", n, err)
	}
	return nil
}

package mutants

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// build is everything that is built once for all mutants of some packages.
type build struct {
	source
	folder  string // Of what is built.
	overlay string
	worker  string            // The command that runs the suite.
	tests   map[string]string // The tests of a package, by its folder.
}

// suite is the package of the command that is built as worker.
const suite = "./harness/cmd/mutants"

func newBuild(ctx context.Context, root string) (*build, error) {
	code, err := read(root, Packages)
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "mutants-*")
	if err != nil {
		return nil, err
	}
	b := &build{source: code, folder: folder, worker: filepath.Join(folder, "worker"), tests: map[string]string{}}
	if b.overlay, err = b.source.overlay(folder); err != nil {
		return b, err
	}
	return b, b.run(ctx, "build", "-overlay", b.overlay, "-o", b.worker, suite)
}

// buildTests builds the unit tests of some packages.
func (b *build) buildTests(ctx context.Context, packages []string) error {
	for i, name := range packages {
		b.tests[name] = filepath.Join(b.folder, fmt.Sprintf("%d.test", i))
		if err := b.run(ctx, "test", "-c", "-overlay", b.overlay, "-o", b.tests[name], "./"+name); err != nil {
			return err
		}
	}
	return nil
}

func (b *build) run(ctx context.Context, arguments ...string) error {
	command := exec.CommandContext(ctx, "go", arguments...)
	command.Dir = b.root
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("go %s: %w: %s", strings.Join(arguments, " "), err, output)
	}
	return nil
}

func (b *build) close() error { return os.RemoveAll(b.folder) }

// execute runs a command and returns what it wrote.
func execute(command *exec.Cmd, setting ...string) (output []byte, err error) {
	var out, complaints bytes.Buffer
	command.Env = append(os.Environ(), setting...)
	command.Stdout, command.Stderr = &out, &complaints
	if err := command.Run(); err != nil {
		return out.Bytes(), fmt.Errorf("%w: %s", err, lastLines(complaints.String()+out.String()))
	}
	return out.Bytes(), nil
}

// lastLines are the last few lines of an output.
func lastLines(output string) string {
	lines := slices.Collect(strings.Lines(output))
	return strings.Join(lines[max(0, len(lines)-10):], "")
}

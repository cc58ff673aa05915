//go:build full

package site_test

import (
	"os"
	"testing"

	"github.com/grantproof/grantproof/harness/site"
)

// The page about another implementation does what it says, with a server of
// another make.
func TestAnotherServer(t *testing.T) {
	if os.Getenv("PEER_PASSWORD") == "" {
		t.Fatal("no peer is running; run this test by `make full` or harness/peers/peers.sh")
	}
	exercises, err := site.Exercises()
	if err != nil {
		t.Fatal(err)
	}
	tools, folder, steps := build(t), t.TempDir(), 0
	for _, exercise := range exercises {
		if !exercise.Peers {
			continue
		}
		steps++
		output := deploy(t, exercise.Commands, folder, append(os.Environ(), "PATH="+tools+":"+os.Getenv("PATH")))
		t.Run(exercise.Title, func(t *testing.T) { check(t, exercise, output) })
	}
	if steps < 3 {
		t.Errorf("the page has %d steps", steps)
	}
}

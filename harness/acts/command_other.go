//go:build !unix

package acts

import "os/exec"

// stopWithChildren stops the program alone, where there are no process groups.
func stopWithChildren(*exec.Cmd) {}

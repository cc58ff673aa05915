//go:build unix

package acts

import (
	"os/exec"
	"syscall"
)

// stopWithChildren has a program that is stopped take its children with it, which
// would keep the ports where they listen.
func stopWithChildren(program *exec.Cmd) {
	program.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	program.Cancel = func() error { return syscall.Kill(-program.Process.Pid, syscall.SIGKILL) }
}

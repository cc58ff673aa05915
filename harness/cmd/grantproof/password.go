package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/password"
)

// readPassword asks for a password twice, without showing it; where standard
// input is no terminal, it is the first line.
func readPassword(cmd *cobra.Command) (string, error) {
	if file, ok := cmd.InOrStdin().(*os.File); ok && term.IsTerminal(file.Fd()) {
		first, err := ask(cmd, file, "Password: ")
		if err != nil {
			return "", err
		}
		again, err := ask(cmd, file, "Password again: ")
		if err == nil && again != first {
			err = errors.New("the two passwords are not the same")
		}
		return first, err
	}
	line, err := bufio.NewReader(io.LimitReader(cmd.InOrStdin(), 2*password.Longest)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("the password cannot be read: %w", err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func ask(cmd *cobra.Command, terminal *os.File, question string) (string, error) {
	fmt.Fprint(cmd.ErrOrStderr(), question)
	defer fmt.Fprintln(cmd.ErrOrStderr())
	answer, err := term.ReadPassword(terminal.Fd())
	return string(answer), err
}

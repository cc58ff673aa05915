package oauthclient

import (
	"context"
	"errors"
	"net/url"
	"os/exec"
	"runtime"
)

// OpenBrowser opens an http or https URL in the browser of the system. It starts
// a program with the URL as its argument: no shell sees it, and no other scheme
// gets through
// (https://modelcontextprotocol.io/docs/2026-07-28/tutorials/security/security_best_practices).
func OpenBrowser(_ context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil || !isHTTP(u) {
		return errors.New("it is no http or https URL")
	}
	opener := []string{"xdg-open"}
	switch runtime.GOOS {
	case "darwin":
		opener = []string{"open"}
	case "windows":
		opener = []string{"rundll32", "url.dll,FileProtocolHandler"}
	}
	program, err := exec.LookPath(opener[0])
	if err != nil {
		return errors.New("no browser was found")
	}
	// It is not ended with the call: it may be the browser itself.
	started := exec.Command(program, append(opener[1:], u.String())...)
	if err := started.Start(); err != nil {
		return errors.New("the browser does not start")
	}
	go func() { _ = started.Wait() }()
	return nil
}

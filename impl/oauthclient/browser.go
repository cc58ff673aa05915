package oauthclient

import (
	"context"
	"errors"
	"net/url"
	"os/exec"
	"runtime"
	"strings"

	"github.com/grantproof/grantproof/impl/outbound"
)

// OpenBrowser opens a URL in the browser of the system: an https URL, or an http URL
// on this machine. It starts a program with the URL as its one argument, without a
// shell
// (https://modelcontextprotocol.io/docs/2026-07-28/tutorials/security/security_best_practices).
func OpenBrowser(_ context.Context, address string) error {
	address, err := openable(address)
	if err != nil {
		return err
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
	started := exec.Command(program, append(opener[1:], address)...)
	if err := started.Start(); err != nil {
		return errors.New("the browser does not start")
	}
	go func() { _ = started.Wait() }()
	return nil
}

// openable returns a URL in the spelling in which it may be given to a program.
func openable(address string) (string, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Opaque != "" || u.Hostname() == "" || u.Scheme != "https" && !(u.Scheme == "http" && outbound.IsLoopback(u.Hostname())):
		return "", errors.New("it is no https URL, and no http URL on this machine")
	case u.User != nil:
		return "", errors.New("it has a user, which can make it look like a URL of another server")
	case strings.ContainsFunc(address, func(r rune) bool { return !strings.ContainsRune(urlCharacters, r) }):
		return "", errors.New("it has characters that no URL has")
	}
	return shellSafe.Replace(u.String()), nil
}

// urlCharacters are those of RFC 3986 section 2
// (https://www.rfc-editor.org/rfc/rfc3986#section-2).
const urlCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#[]@!$&'()*+,;=%"

// shellSafe encodes what a shell would act on between quotes: xdg-open is a shell
// script, and some of its versions evaluated the URL (CVE-2014-9622). Encoded, the
// characters mean the same in a query.
var shellSafe = strings.NewReplacer("$", "%24", "'", "%27", "(", "%28", ")", "%29", "*", "%2A", "!", "%21", ";", "%3B")

package oauthclient_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/grantproof/grantproof/impl/oauthclient"
)

// The program that opens the browser gets one argument, in which a shell finds
// nothing to act on.
func TestArgumentOfTheBrowser(t *testing.T) {
	folder := t.TempDir()
	pipe := filepath.Join(folder, "arguments")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\nprintf '%s\\n' \"$#\" \"$@\" >" + pipe + "\n"
	if err := os.WriteFile(filepath.Join(folder, "xdg-open"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder)
	if err := oauthclient.OpenBrowser(t.Context(), "https://as.example/a;b?x=$(id)&y='z'#f"); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(pipe)
	if want := "1\nhttps://as.example/a%3Bb?x=%24%28id%29&y=%27z%27#f\n"; err != nil || string(got) != want {
		t.Errorf("%v; the program got %q, want %q", err, got, want)
	}
}

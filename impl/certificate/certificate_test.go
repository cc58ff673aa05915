package certificate

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestDevelopment(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	first, err := Development(folder, []string{"localhost", "127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	again, err := Development(folder, []string{"localhost"})
	if err != nil || Fingerprint(again.Leaf()) != Fingerprint(first.Leaf()) {
		t.Errorf("the second time it is another one (%v)", err)
	}
	other, err := Development(folder, []string{"as.example.com"})
	if err != nil || other.Leaf().VerifyHostname("as.example.com") != nil || Fingerprint(other.Leaf()) == Fingerprint(first.Leaf()) {
		t.Errorf("for another host it is the same one (%v)", err)
	}
	for _, name := range []string{"development-key.pem", "development-cert.pem"} {
		if info, err := os.Stat(filepath.Join(folder, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v; want mode 0600", name, info.Mode(), err)
		}
	}
	if fingerprint := Fingerprint(first.Leaf()); len(fingerprint) != 95 || strings.Count(fingerprint, ":") != 31 {
		t.Errorf("the fingerprint is %s", fingerprint)
	}
	if good(first.Leaf(), nil) != true || good(first.Leaf(), []string{"other.example"}) {
		t.Error("a certificate is good for its hosts")
	}
}

// A renewed certificate is served without a restart, and half a file is not.
func TestFilesAreReadAgain(t *testing.T) {
	folder, now := t.TempDir(), time.Now()
	files, err := Development(folder, []string{"localhost"})
	if err != nil {
		t.Fatal(err)
	}
	before, err := files.look(now)
	if err != nil {
		t.Fatal(err)
	}
	write := func(content []byte) {
		if err := os.WriteFile(files.certificate, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write([]byte("half a file"))
	if got, err := files.look(now.Add(2 * time.Second)); err != nil || got != before {
		t.Errorf("while the file is written: %v", err)
	}
	certificate, key, err := selfSigned([]string{"renewed.example"})
	if err != nil {
		t.Fatal(err)
	}
	write(certificate)
	if err := os.WriteFile(files.key, key, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := files.look(now.Add(4 * time.Second)); err != nil || got.Leaf.VerifyHostname("renewed.example") != nil {
		t.Errorf("the renewed certificate is not served (%v)", err)
	}
	if err := os.Remove(files.key); err != nil {
		t.Fatal(err)
	}
	if got, err := files.look(now.Add(6 * time.Second)); err != nil || got == nil {
		t.Errorf("without the file: %v", err)
	}
}

func TestWrongFiles(t *testing.T) {
	folder := t.TempDir()
	empty := filepath.Join(folder, "empty.pem")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"/nonsense/cert.pem": "cannot be read", empty: "cannot be used"} {
		if _, err := Open(name, empty); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want one with %q", name, err, want)
		}
	}
}

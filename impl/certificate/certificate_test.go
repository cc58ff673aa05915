package certificate

import (
	"crypto/tls"
	"errors"
	"net/http"
	"os"
	"testing"
	"time"
)

// A development certificate is kept, trusted by its own pool, and only the
// owner reads its key.
func TestForDevelopment(t *testing.T) {
	folder := t.TempDir()
	files, err := ForDevelopment(folder)
	if err != nil {
		t.Fatal(err)
	}
	first, err := files.Fingerprint()
	again, againErr := ForDevelopment(folder)
	if err = errors.Join(err, againErr); err != nil {
		t.Fatal(err)
	}
	if second, err := again.Fingerprint(); err != nil || second != first || len(first) != 64 {
		t.Errorf("the certificate was made again: %s, then %s (%v)", first, second, err)
	}
	if info, err := os.Stat(files.Key); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key has the mode %v (%v)", info.Mode(), err)
	}
	get(t, files)
}

// A certificate that is replaced is used without a restart, and one that is
// broken in the middle of a renewal is not.
func TestRenewal(t *testing.T) {
	files, err := ForDevelopment(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	before, err := files.Fingerprint()
	if err != nil {
		t.Fatal(err)
	}
	sound, err := os.ReadFile(files.Certificate)
	if err != nil {
		t.Fatal(err)
	}
	for i, content := range [][]byte{[]byte("half a certificate"), sound} {
		if err := os.WriteFile(files.Certificate, content, 0o600); err != nil {
			t.Fatal(err)
		}
		files.looked, files.changed = time.Time{}, time.Unix(int64(i), 0)
		if after, err := files.Fingerprint(); err != nil || after != before {
			t.Errorf("in the middle of a renewal: %s, %v", after, err)
		}
	}
	if err := files.make(); err != nil {
		t.Fatal(err)
	}
	files.looked, files.changed = time.Time{}, time.Time{}
	if after, err := files.Fingerprint(); err != nil || after == before {
		t.Errorf("the renewed certificate is not used: %s, %v", after, err)
	}
}

func TestMissing(t *testing.T) {
	if _, err := (&Files{Certificate: "nowhere.pem", Key: "nowhere.key"}).Config(); err == nil {
		t.Error("a certificate that is not there was taken")
	}
}

func get(t *testing.T, files *Files) {
	t.Helper()
	config, err := files.Config()
	if err != nil {
		t.Fatal(err)
	}
	pool, err := files.Pool()
	if err != nil {
		t.Fatal(err)
	}
	listener, err := tls.Listen("tcp", "127.0.0.1:0", config)
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: http.NotFoundHandler(), ReadHeaderTimeout: time.Second}
	go func() { _ = server.Serve(listener) }()
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}
	response, err := client.Get("https://" + listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
}

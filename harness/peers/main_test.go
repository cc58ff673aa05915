//go:build full

package peers_test

import (
	"encoding/pem"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
)

// scratch is a folder that is removed in the end.
var scratch string

// TestMain has the authorization server trust the certificate that
// serveDocument has, as it trusts those of the system.
func TestMain(m *testing.M) {
	server := httptest.NewTLSServer(nil)
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	server.Close()
	var err error
	if scratch, err = os.MkdirTemp("", "peers"); err != nil {
		panic(err)
	}
	trusted := filepath.Join(scratch, "trusted.pem")
	if err := os.WriteFile(trusted, certificate, 0o600); err != nil {
		panic(err)
	}
	os.Setenv("SSL_CERT_FILE", trusted)
	code := m.Run()
	os.RemoveAll(scratch)
	os.Exit(code)
}

package harness_test

import (
	"path/filepath"
	"testing"

	"github.com/grantproof/grantproof/harness"
)

func TestSQLiteStore(t *testing.T) {
	harness.Test(t, harness.Config{Store: "sqlite:" + filepath.Join(t.TempDir(), "store.db")})
}

package harness_test

import (
	"testing"

	"github.com/grantproof/grantproof/harness"
)

// The reference system passes every scenario.
func TestEmbeddedFixture(t *testing.T) { harness.Test(t, harness.Config{}) }

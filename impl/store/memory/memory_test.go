package memory_test

import (
	"testing"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/store/memory"
	"github.com/grantproof/grantproof/impl/store/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(*testing.T) store.Store { return memory.New() })
}

package audit_test

import (
	"io"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/store"
)

// What a request waits for its line.
func BenchmarkRecord(b *testing.B) {
	trail := (&audit.Log{Lines: audit.Lines(io.Discard), Kept: time.Hour}).Trail("", time.Now, nil)
	b.ReportAllocs()
	for b.Loop() {
		trail.Record(b.Context(), store.Event{Name: audit.TokenIssued, ClientID: "client", GrantType: "client_credentials", Address: "192.0.2.1"})
	}
}

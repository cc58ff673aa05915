package impl

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	authspec "github.com/grantproof/grantproof/generated/authserver"
	mcpspec "github.com/grantproof/grantproof/generated/mcpserver"
	resourcespec "github.com/grantproof/grantproof/generated/resourceserver"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/metrics"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/wire"
)

// auditLog is where the events of all realms go. Those of a scenario are in the
// realm's journal besides, so that an examiner finds a secret in them.
func (f *Fixture) auditLog(config Config) *audit.Log {
	lines := slog.DiscardHandler
	if config.Audit != nil {
		lines = audit.Lines(config.Audit)
	}
	log := &audit.Log{Lines: realm.Logger(slog.New(lines)).Handler(), Kept: config.AuditKept, Required: config.AuditRequired}
	if f.metrics != nil {
		log.Seen = f.metrics.Event
	}
	return log
}

// flush puts the last events into the store.
func (f *Fixture) flush() error {
	if f.Realms == nil {
		return nil
	}
	return f.Realms.Root().Audit.Flush(context.Background())
}

// endpoints are the paths of a role's specification.
var endpoints = map[string]func() (*openapi3.T, error){
	wire.AuthorizationServer: authspec.GetSpec,
	wire.ResourceServer:      resourcespec.GetSpec,
	wire.MCPServer:           mcpspec.GetSpec,
}

// counted is the handler of a role with its requests counted, if they are.
func (f *Fixture) counted(role string, handler http.Handler) http.Handler {
	if f.metrics == nil {
		return handler
	}
	specification, err := endpoints[role]()
	if err != nil { // It is embedded, and the role itself has read it.
		panic(err)
	}
	paths := slices.Collect(maps.Keys(specification.Paths.Map()))
	return f.metrics.Requests(role, metrics.Endpoints(paths, realm.Inner), handler)
}

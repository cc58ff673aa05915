package realm

import (
	"errors"
	"log/slog"
	"net/http"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// Fail returns the one writer of a role's errors: that of wire, which besides
// knows a store that is gone.
func Fail(log *slog.Logger) func(http.ResponseWriter, *http.Request, error) {
	return func(w http.ResponseWriter, r *http.Request, err error) { wire.WriteError(w, Refusal(log, r, err)) }
}

// Refusal is what the caller hears of err.
func Refusal(log *slog.Logger, r *http.Request, err error) *wire.Error {
	if errors.Is(err, store.ErrUnavailable) {
		log.ErrorContext(r.Context(), "the store is not available", "method", r.Method, "path", r.URL.Path, "error", err)
		err = wire.Unavailable()
	}
	return wire.Refusal(log, r, err)
}

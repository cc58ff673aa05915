package wire

import (
	"log/slog"
	"net/http"
	"time"
)

// Server returns an http.Server for handler with limits on everything that it
// reads from outside, which turns a panic into a JSON error.
func Server(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           recovered(handler, log),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
}

func recovered(next http.Handler, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if cause := recover(); cause != nil {
				log.ErrorContext(r.Context(), "panic while answering", "method", r.Method, "path", r.URL.Path, "cause", cause)
				WriteError(w, ServerError())
			}
		}()
		next.ServeHTTP(w, r)
	})
}

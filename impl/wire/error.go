package wire

import (
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Error is a refusal with a registered error code. It is returned as a value
// and written once, at the edge.
type Error struct {
	Status      int               // HTTP status; 0 means 400.
	Code        string            // A registered code, such as invalid_request.
	Description string            // A sentence for the developer of the client.
	Challenge   string            // Value of WWW-Authenticate; empty for none.
	Members     map[string]string // Further members of the body.
	RetryAfter  time.Duration     // When it is worth trying again; 0 does not say.
}

// Error implements error.
func (e *Error) Error() string { return e.Code + ": " + e.Description }

// StatusCode is the HTTP status, 400 unless the specification says otherwise
// (RFC 6749 section 5.2, https://www.rfc-editor.org/rfc/rfc6749#section-5.2).
func (e *Error) StatusCode() int {
	if e.Status == 0 {
		return http.StatusBadRequest
	}
	return e.Status
}

// InvalidRequest says that a request is malformed.
func InvalidRequest(description string) *Error {
	return &Error{Code: "invalid_request", Description: description}
}

// TooLarge says that a body is over MaxBody.
func TooLarge() *Error {
	return &Error{Status: http.StatusRequestEntityTooLarge, Code: "invalid_request",
		Description: "the body is larger than 64 KiB"}
}

// Unavailable says that the server cannot answer now.
func Unavailable() *Error {
	return &Error{Status: http.StatusServiceUnavailable, Code: "temporarily_unavailable",
		Description: "the server cannot answer at the moment; try again", RetryAfter: 5 * time.Second}
}

// ServerError hides a fault of ours from the caller.
func ServerError() *Error {
	return &Error{Status: http.StatusInternalServerError, Code: "server_error",
		Description: "the server failed; its log says why"}
}

// WriteError writes e as the JSON of RFC 6749 section 5.2, never to be stored.
func WriteError(w http.ResponseWriter, e *Error) {
	if e.Challenge != "" {
		w.Header().Set("WWW-Authenticate", e.Challenge)
	}
	WriteRetryAfter(w, e)
	w.Header().Set("Cache-Control", "no-store")
	body := map[string]string{"error": e.Code, "error_description": Printable(e.Description)}
	maps.Copy(body, e.Members)
	writeJSON(w, e.StatusCode(), body)
}

// WriteRetryAfter says when it is worth trying again, where e knows it.
func WriteRetryAfter(w http.ResponseWriter, e *Error) {
	if e.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(e.RetryAfter.Seconds()))))
	}
}

// Refusal is what the caller hears of err: an Error as it is, anything else is
// a fault of ours, whose reason stays in the log.
func Refusal(log *slog.Logger, r *http.Request, err error) *Error {
	if refused := new(Error); errors.As(err, &refused) {
		return refused
	}
	log.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "error", err)
	return ServerError()
}

// Fail returns the one writer of a role's errors.
func Fail(log *slog.Logger) func(http.ResponseWriter, *http.Request, error) {
	return func(w http.ResponseWriter, r *http.Request, err error) { WriteError(w, Refusal(log, r, err)) }
}

// Malformed answers what the generated code could not bind.
func Malformed(w http.ResponseWriter, _ *http.Request, _ error) {
	WriteError(w, InvalidRequest("the request is not well formed"))
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// Printable keeps an error description within %x20-21 / %x23-5B / %x5D-7E
// (RFC 6749 section 5.2, https://www.rfc-editor.org/rfc/rfc6749#section-5.2):
// a double quote becomes a single one, everything else outside is dropped.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '"':
			return '\''
		case r < 0x20 || r > 0x7e || r == '\\':
			return -1
		}
		return r
	}, s)
}

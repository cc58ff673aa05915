package wire

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// mostOfRefusal is how much of the body of a refusal is looked at.
const mostOfRefusal = 4096

// statusWriter remembers how a request was answered, and the body of a refusal.
type statusWriter struct {
	http.ResponseWriter
	status  int
	refusal []byte
}

// Unwrap is for http.ResponseController.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// WriteHeader implements http.ResponseWriter.
func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *statusWriter) Write(body []byte) (int, error) {
	if room := mostOfRefusal - len(w.refusal); w.status >= http.StatusBadRequest && room > 0 {
		w.refusal = append(w.refusal, body[:min(room, len(body))]...)
	}
	return w.ResponseWriter.Write(body)
}

// told is the error that the client was told, and its description: in the body (RFC
// 6749 section 5.2, https://www.rfc-editor.org/rfc/rfc6749#section-5.2), or in a
// redirect to it (section 4.1.2.1, https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1).
func (w *statusWriter) told() string {
	var body struct {
		Code        string `json:"error"`
		Description string `json:"error_description"`
	}
	if to, err := url.Parse(w.Header().Get("Location")); err == nil && to.Query().Has("error") {
		body.Code, body.Description = to.Query().Get("error"), to.Query().Get("error_description")
	} else if json.Unmarshal(w.refusal, &body) != nil {
		return ""
	}
	return strings.TrimSuffix(body.Code+": "+body.Description, ": ")
}

package variant

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/seam"
)

// anyAnswer are requirements that the form of any JSON answer tempts a judge to.
var anyAnswer = ids{"rfc6749-5.1/json", "rfc6749-5.2/error-json", "rfc8414-3.2/json", "rfc7517-8.5.1/media-type", "rfc7662-2.2/active", "rfc7591-3.2.1/created"}

var _ = add([]Variant{
	{
		Name:    "members-in-another-order",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 5.1: the order of parameters does not matter and can vary",
		Summary: "JSON answers have their members in reverse alphabetical order.",
		Tempts:  anyAnswer,
		Answer:  onJSON(func(r *seam.Response) { r.Body = reordered(r.Body) }),
	},
	{
		Name:    "json-indented",
		Role:    AuthorizationServer,
		Allows:  "RFC 8259 section 2: insignificant whitespace is allowed before or after any of the structural characters",
		Summary: "JSON answers are indented, and lines end with CR LF.",
		Tempts:  anyAnswer,
		Answer: onJSON(func(r *seam.Response) {
			var indented bytes.Buffer
			if json.Indent(&indented, r.Body, "", "\t") == nil {
				r.Body = append(bytes.ReplaceAll(indented.Bytes(), []byte("\n"), []byte("\r\n")), "\r\n"...)
			}
		}),
	},
	{
		Name:    "json-with-escapes",
		Role:    AuthorizationServer,
		Allows:  "RFC 8259 section 7: any character may be escaped",
		Summary: "JSON answers escape each slash.",
		Tempts:  anyAnswer,
		Answer:  onJSON(func(r *seam.Response) { r.Body = bytes.ReplaceAll(r.Body, []byte("/"), []byte(`\/`)) }),
	},
	{
		Name:    "json-names-with-escapes",
		Role:    AuthorizationServer,
		Allows:  "RFC 8259 section 7: any character may be escaped",
		Summary: "JSON answers write each underscore as an escape, names of members included.",
		Tempts:  anyAnswer,
		Answer:  onJSON(func(r *seam.Response) { r.Body = bytes.ReplaceAll(r.Body, []byte("_"), []byte(`\u005f`)) }),
	},
	{
		Name:    "json-with-a-charset",
		Role:    AuthorizationServer,
		Allows:  "RFC 8259 section 11: adding a charset parameter has no effect on compliant recipients; RFC 6749 section 5.1 shows one",
		Summary: "The Content-Type of JSON answers has charset=UTF-8.",
		Tempts:  anyAnswer,
		Answer:  onJSON(func(r *seam.Response) { r.Header.Set("Content-Type", "application/json;charset=UTF-8") }),
	},
	{
		Name:    "media-type-in-capitals",
		Role:    AuthorizationServer,
		Allows:  "RFC 9110 section 8.3.1: the type and subtype tokens are case-insensitive",
		Summary: "The Content-Type of JSON answers is Application/JSON.",
		Tempts:  anyAnswer,
		Answer:  onJSON(func(r *seam.Response) { r.Header.Set("Content-Type", "Application/JSON") }),
	},
	{
		Name:    "answers-in-chunks",
		Role:    AuthorizationServer,
		Allows:  "RFC 9112 section 7.1: the chunked transfer coding wraps content of unknown size",
		Summary: "JSON answers have no Content-Length and come in chunks.",
		Tempts:  anyAnswer,
		Answer:  onJSON(func(r *seam.Response) { r.Header.Set("Transfer-Encoding", "chunked") }),
	},
	{
		Name:    "answers-compressed",
		Role:    AuthorizationServer,
		Allows:  "RFC 9110 section 12.5.3: a server may use a content coding that the request accepts",
		Summary: "JSON answers are compressed where the request accepts gzip.",
		Tempts:  anyAnswer,
		Last:    true,
		Answer: func(r *http.Request, response *seam.Response) {
			if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
				onJSON(compressed)(r, response)
			}
		},
	},
	{
		Name:    "connections-not-kept",
		Role:    AuthorizationServer,
		Allows:  "RFC 9112 section 9.6: a server may close the connection after any response",
		Summary: "The connection ends with each JSON answer.",
		Tempts:  anyAnswer,
		Answer:  onJSON(func(r *seam.Response) { r.Header.Set("Connection", "close") }),
	},
})

// onJSON edits the answers that are JSON.
func onJSON(edit func(*seam.Response)) func(*http.Request, *seam.Response) {
	return func(_ *http.Request, r *seam.Response) {
		if strings.HasPrefix(strings.ToLower(r.Header.Get("Content-Type")), "application/json") && r.Header.Get("Content-Encoding") == "" {
			edit(r)
		}
	}
}

// reordered writes an object with its members from Z to A.
func reordered(body []byte) []byte {
	var object map[string]json.RawMessage
	if json.Unmarshal(body, &object) != nil || len(object) == 0 {
		return body
	}
	var written []string
	for _, name := range slices.Backward(slices.Sorted(maps.Keys(object))) {
		quoted, _ := json.Marshal(name)
		written = append(written, string(quoted)+":"+string(object[name]))
	}
	return []byte("{" + strings.Join(written, ",") + "}")
}

func compressed(r *seam.Response) {
	var body bytes.Buffer
	writer := gzip.NewWriter(&body)
	_, _ = writer.Write(r.Body)
	if writer.Close() == nil {
		r.Body = body.Bytes()
		r.Header.Set("Content-Encoding", "gzip")
		r.Header.Add("Vary", "Accept-Encoding")
	}
}

package repro

import (
	"fmt"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/shell"
)

// send writes a request as a call of curl.
func (w *writer) send(e *exchange.Exchange) {
	w.line("\nsay " + w.word(w.pieces(title(e), asItIs)))
	request, sent := asSent(e)
	if e.Endpoint != exchange.ControlPlane {
		w.comment("it was answered with " + answerOf(e))
	}
	if !sent {
		w.comment("This request cannot be sent, because it is not HTTP.")
		return
	}
	command := []string{"send " + method(e), "--url " + w.word(w.url(request.URL.String()))}
	for _, name := range slices.Sorted(maps.Keys(e.Header)) {
		for _, value := range e.Header[name] {
			command = append(command, w.header(name, value)...)
		}
	}
	command = append(command, w.body(e)...)
	ending := ""
	if e.Problem != nil {
		ending = " || true"
	}
	w.line(strings.Join(command, " \\\n  ") + ending)
	w.judge(e)
}

// asSent is the request as net/http sends it; false where it sends none.
func asSent(e *exchange.Exchange) (*http.Request, bool) {
	request, err := http.NewRequest(e.Method, e.URL, nil)
	if err != nil || request.URL.Host == "" || !slices.Contains([]string{"http", "https"}, request.URL.Scheme) {
		return nil, false
	}
	for name, values := range e.Header {
		if !httpguts.ValidHeaderFieldName(name) || slices.ContainsFunc(values, func(value string) bool { return !httpguts.ValidHeaderFieldValue(value) }) {
			return nil, false
		}
	}
	request.URL.Fragment, request.URL.RawFragment = "", ""
	return request, true
}

func method(e *exchange.Exchange) string {
	if e.Method == http.MethodHead {
		return "--head" // With -X curl would wait for a body.
	}
	if e.Method == "" {
		return "-X " + http.MethodGet
	}
	return "-X " + shell.Quote(e.Method)
}

// notSent are the headers that net/http writes itself.
var notSent = []string{"Host", "Content-Length", "Transfer-Encoding", "Trailer"}

func (w *writer) header(name, value string) []string {
	switch {
	case slices.Contains(notSent, name):
		return nil
	case strings.Trim(value, " \t") == "":
		return []string{"-H " + shell.Quoted(name+";")} // How curl writes a header without a value.
	}
	return []string{"-H " + w.word(merge(append([]piece{{text: name + ": "}}, w.pieces(value, asItIs)...)))}
}

// longest is how much of a body fits into an argument of a program, with room for
// the values of variables.
const longest = 64 << 10

// body: with --data-raw an @ at its beginning names no file.
func (w *writer) body(e *exchange.Exchange) []string {
	var arguments []string
	if e.Chunked {
		arguments = append(arguments, "-H 'Transfer-Encoding: chunked'")
	}
	if len(e.Body) == 0 {
		return arguments
	}
	if len(e.Header["Content-Type"]) == 0 {
		arguments = append(arguments, "-H 'Content-Type:'") // curl would add one.
	}
	pieces := w.inBody(e)
	if hasNUL(pieces) || size(pieces) > longest {
		w.comment("A file holds the body: its bytes or its length do not fit into an argument.")
		return append(arguments, "--data-binary @"+w.file(pieces))
	}
	return append(arguments, "--data-raw "+w.word(pieces))
}

func (w *writer) inBody(e *exchange.Exchange) []piece {
	switch media, _, _ := mime.ParseMediaType(e.Header.Get("Content-Type")); {
	case media == "application/x-www-form-urlencoded":
		return w.form(string(e.Body))
	case media == "application/json" || strings.HasSuffix(media, "+json"):
		return w.pieces(string(e.Body), inJSON)
	}
	return w.pieces(string(e.Body), asItIs)
}

func answerOf(e *exchange.Exchange) string {
	if e.Problem != nil {
		return "nothing"
	}
	return fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status))
}

// keep takes out of an answer what a later request sends.
func (w *writer) keep(e *exchange.Exchange) {
	counts := map[string]int{}
	for _, member := range members(e.Content) {
		counts[member.name]++
		w.take(e, member.name, member.value, "member -- %s "+fmt.Sprint(counts[member.name]))
	}
	if session := e.Answer.Get(sessionHeader); session != "" {
		w.take(e, sessionHeader, session, "header -- %s")
	}
	query := parameters(e.Answer)
	for _, name := range slices.Sorted(maps.Keys(query)) {
		w.take(e, name, query.Get(name), "parameter -- %s")
	}
	w.keepPage(e)
}

const sessionHeader = "Mcp-Session-Id"

// take defines a variable with a value that is fresh: one that the examiner sent
// before is an echo of what the script sends anyway.
func (w *writer) take(from *exchange.Exchange, name, value, command string) {
	if len(value) < shortest || w.known(value) || !isTaken(value) || strings.Contains(name, "\x00") {
		return
	}
	if slices.ContainsFunc(w.all[:w.at+1], func(e *exchange.Exchange) bool { return mentions(e, value) }) {
		return
	}
	if !slices.ContainsFunc(w.all[w.at+1:], func(e *exchange.Exchange) bool {
		return mentions(e, value) || mentionsBasic(e, value) || w.usedBy(e, value)
	}) {
		return
	}
	kind, _, _ := strings.Cut(command, " ")
	variable := map[string]string{"header": "session", "cookie": "cookie", "field": "field"}[kind]
	if variable == "" {
		variable = name
	}
	quoted := w.word([]piece{{text: name}})
	w.define(variable, value, "$(taken "+fmt.Sprintf(command, quoted)+")").leads = from.Endpoint == exchange.ControlPlane
}

// mentionsBasic: an id or a secret may be sent in an encoded header.
func mentionsBasic(e *exchange.Exchange, value string) bool {
	request := &http.Request{Header: e.Header}
	id, secret, ok := request.BasicAuth()
	return ok && (id == url.QueryEscape(value) || secret == url.QueryEscape(value))
}

func sorted[V any](named map[string]V) []string { return slices.Sorted(maps.Keys(named)) }

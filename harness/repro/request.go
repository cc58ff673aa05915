package repro

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
)

// send writes a request as a call of curl.
func (w *writer) send(e *exchange.Exchange) {
	w.line("\nsay %s", w.substitute(title(e)))
	if e.Endpoint != exchange.ControlPlane {
		w.line("# it was answered with %s", answerOf(e))
	}
	command := []string{"send -X " + e.Method, w.substitute(e.URL)}
	for _, name := range slices.Sorted(maps.Keys(e.Header)) {
		for _, value := range e.Header[name] {
			command = append(command, "-H "+w.substitute(name+": "+value))
		}
	}
	if len(e.Body) > 0 {
		command = append(command, "--data-binary "+w.substitute(string(e.Body)))
	}
	w.line("%s", strings.Join(command, " \\\n  "))
}

func title(e *exchange.Exchange) string {
	purpose := map[exchange.Purpose]string{exchange.Action: "what the scenario is about", exchange.Check: "its effect", exchange.Control: "the positive control"}
	if e.Endpoint == exchange.ControlPlane {
		_, path, _ := strings.Cut(strings.TrimPrefix(e.URL, "http://"), "/")
		return "arrange: " + e.Method + " /" + path
	}
	said := e.Method + " " + string(e.Endpoint)
	if why := purpose[e.Purpose]; why != "" {
		said += ", " + why
	}
	return said
}

func answerOf(e *exchange.Exchange) string {
	if e.Problem != nil {
		return "nothing"
	}
	return fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status))
}

var pair = regexp.MustCompile(`"([A-Za-z_]+)": *"([^"]*)"`)

// keep takes out of an answer what a later request sends.
func (w *writer) keep(e *exchange.Exchange) {
	counts := map[string]int{}
	for _, match := range pair.FindAllStringSubmatch(string(e.Content), -1) {
		name, value := match[1], match[2]
		counts[name]++
		w.take(name, value, fmt.Sprintf("$(member %s %d)", name, counts[name]))
	}
	if session := e.Answer.Get("Mcp-Session-Id"); session != "" {
		w.take("session", session, "$(header Mcp-Session-Id)")
	}
	if location, err := url.Parse(e.Answer.Get("Location")); err == nil {
		query := location.Query()
		for _, name := range slices.Sorted(maps.Keys(query)) {
			w.take(name, query.Get(name), fmt.Sprintf("$(parameter %s)", name))
		}
	}
}

func (w *writer) take(name, value, definition string) {
	if len(value) < shortest || w.known(value) || strings.ContainsAny(value, " \\") {
		return
	}
	if slices.ContainsFunc(w.later, func(e *exchange.Exchange) bool {
		return mentions(e, value) || mentionsBasic(e, value) || w.usedBy(e, value)
	}) {
		w.define(name, value, definition)
	}
}

// mentionsBasic: an id or a secret may be sent in an encoded header.
func mentionsBasic(e *exchange.Exchange, value string) bool {
	request := &http.Request{Header: e.Header}
	id, secret, ok := request.BasicAuth()
	return ok && (id == url.QueryEscape(value) || secret == url.QueryEscape(value))
}

// Package repro owns the shell script that repeats the requests of a scenario:
// values that a server hands out are taken from its answers, and values that
// the examiner made are made anew. It sends nothing itself.
package repro

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
)

// Scenario is what is repeated.
type Scenario struct {
	ID, Name, Verdict string
	Expected          []string
	Exchanges         []*exchange.Exchange // All of them, with those that arrange a fixture.
	Derived           []exchange.Derived
	// Embedded: the script starts the reference system itself.
	Embedded              bool
	Issuer, Resource, MCP string // Of the target; MCP is the endpoint of its MCP server.
	// ControlURL is where its control plane was, ControlToken its bearer token.
	ControlURL, ControlToken string
	// Environment are the secrets of the target file, by the name in the
	// environment.
	Environment map[string]string
	// Files are the private keys of the target file, by the name of their file.
	Files map[string]string
}

// Script is the text of the shell script. It needs curl and grantproof.
func Script(s Scenario) string {
	w := &writer{later: s.Exchanges, derived: s.Derived}
	w.line("#!/bin/sh")
	w.line("# %s", s.Name)
	w.line("# %s: %s", s.ID, s.Verdict)
	if len(s.Expected) > 0 {
		w.line("# expected: %s", strings.Join(s.Expected, " or "))
	}
	w.line("# Repeats the requests of the scenario; needs curl and grantproof.")
	w.line("set -eu")
	w.write(helpers)
	w.reach(s)
	for name, secret := range s.Environment {
		w.define(name, secret, "")
		w.line(`: "${%s:?put the secret into the environment}"`, name)
	}
	for name, key := range s.Files {
		w.define("key", key, "$(cat "+quote(name)+")")
	}
	for i, e := range s.Exchanges {
		w.later = s.Exchanges[i+1:]
		w.derive(e)
		w.send(e)
		w.keep(e)
	}
	return w.text.String()
}

const helpers = `
# say shows a request; send sends it and shows the answer, which stays in
# $answer; member, parameter and header take a value out of it.
say() { printf '\n== %s\n' "$1"; }
send() { answer=$(curl -sS -i --max-time 30 "$@"); printf '%s\n' "$answer"; }
member() { printf '%s' "$answer" | grep -o "\"$1\": *\"[^\"]*\"" | sed -n "${2}p" | cut -d'"' -f4; }
parameter() { printf '%s' "$answer" | sed -n "s/^[Ll]ocation: .*[?&]$1=\([^&#]*\).*/\1/p" | tr -d '\r'; }
header() { printf '%s' "$answer" | tr -d '\r' | sed -n "s/^$1: //Ip"; }
`

const start = `
# A reference system of its own, which ends with the script.
GRANTPROOF_CONTROL_TOKEN=$(grantproof mint random)
export GRANTPROOF_CONTROL_TOKEN
authserver=http://127.0.0.1:${AUTHSERVER_PORT:=4010}
resourceserver=http://127.0.0.1:${RESOURCESERVER_PORT:=4011}
mcpserver=http://127.0.0.1:${MCPSERVER_PORT:=4012}
control=http://127.0.0.1:${CONTROL_PORT:=4019}
grantproof serve --authserver "127.0.0.1:$AUTHSERVER_PORT" --resourceserver "127.0.0.1:$RESOURCESERVER_PORT" --mcpserver "127.0.0.1:$MCPSERVER_PORT" --control "127.0.0.1:$CONTROL_PORT" >/dev/null 2>&1 &
server=$!
trap 'kill "$server"; wait "$server" || true' EXIT
tries=0
until curl -sf -o /dev/null "$control/faults"; do
  tries=$((tries + 1)); [ "$tries" -lt 100 ] || { echo 'the reference system did not start; are the ports free?' >&2; exit 2; }
  sleep 0.1
done
`

// writer puts the script together.
type writer struct {
	text      strings.Builder
	variables []variable
	later     []*exchange.Exchange // Not written yet.
	derived   []exchange.Derived
}

// variable is a value that the script does not know beforehand.
type variable struct{ name, value string }

func (w *writer) write(text string) { w.text.WriteString(text) }

func (w *writer) line(format string, values ...any) {
	w.write(strings.TrimRight(fmt.Sprintf(format, values...), " ") + "\n")
}

// reach says where the control plane is.
func (w *writer) reach(s Scenario) {
	switch {
	case s.ControlURL == "":
		return
	case s.Embedded:
		w.write(start)
		w.variables = append(w.variables, variable{"authserver", s.Issuer}, variable{"resourceserver", s.Resource})
		if endpoint, err := url.Parse(s.MCP); err == nil && endpoint.Host != "" {
			w.variables = append(w.variables, variable{"mcpserver", endpoint.Scheme + "://" + endpoint.Host})
		}
	default:
		w.line("control=%s", quote(s.ControlURL))
		w.line(`: "${GRANTPROOF_CONTROL_TOKEN:?put the token of the control plane into the environment}"`)
	}
	w.variables = append(w.variables, variable{"control", s.ControlURL}, variable{"GRANTPROOF_CONTROL_TOKEN", s.ControlToken})
}

// define gives a value a name of its own; definition is the right side, left
// out where the environment holds it.
func (w *writer) define(name, value, definition string) {
	unique := name
	for n := 2; slices.ContainsFunc(w.variables, func(v variable) bool { return v.name == unique }); n++ {
		unique = fmt.Sprintf("%s_%d", name, n)
	}
	w.variables = append(w.variables, variable{unique, value})
	if definition != "" {
		w.line("%s=%s", unique, definition)
	}
}

func (w *writer) known(value string) bool {
	return slices.ContainsFunc(w.variables, func(v variable) bool { return v.value == value })
}

// derive makes what e sends and the examiner made.
func (w *writer) derive(e *exchange.Exchange) {
	for _, d := range w.derived {
		if w.known(d.Value) || !mentions(e, d.Value) && !w.usedBy(e, d.Value) {
			continue
		}
		command := "grantproof mint " + d.Command
		if len(d.Arguments) > 0 {
			command += " --" // A value may begin with a hyphen.
		}
		for _, argument := range d.Arguments {
			command += " " + w.substitute(argument)
		}
		w.define(d.Name, d.Value, "$("+command+")")
	}
}

// usedBy tells whether something that e sends is made of value.
func (w *writer) usedBy(e *exchange.Exchange, value string) bool {
	return slices.ContainsFunc(w.derived, func(d exchange.Derived) bool {
		return slices.Contains(d.Arguments, value) && mentions(e, d.Value) && !w.known(d.Value)
	})
}

func mentions(e *exchange.Exchange, value string) bool {
	if len(value) < shortest {
		return false
	}
	sent := e.URL + "\n" + string(e.Body)
	for _, lines := range e.Header {
		sent += "\n" + strings.Join(lines, "\n")
	}
	return strings.Contains(sent, value) || strings.Contains(sent, url.QueryEscape(value))
}

// shortest is how long a value must be to be taken for the same one.
const shortest = 6

// substitute quotes text for the shell, with the variables in the place of
// their values, the longest first.
func (w *writer) substitute(text string) string {
	variables := slices.Clone(w.variables)
	slices.SortStableFunc(variables, func(a, b variable) int { return len(b.value) - len(a.value) })
	quoted := quote(text)
	for _, v := range variables {
		quoted = strings.ReplaceAll(quoted, v.value, `'"${`+v.name+`}"'`)
		if encoded := url.QueryEscape(v.value); encoded != v.value {
			quoted = strings.ReplaceAll(quoted, encoded, `'"$(grantproof mint encoded -- "${`+v.name+`}")"'`)
		}
	}
	return strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(quoted, `''`), `''`), `''"`, `"`)
}

func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// Package repro owns the shell script that repeats the requests of a scenario:
// values that a server hands out are taken from its answers, and values that
// the examiner made are made anew. It sends nothing itself.
//
// The servers that were examined are strangers, and a person runs the script: no
// text of theirs becomes part of its program. It stands in quotes, arrives as an
// argument behind "--" or stays in a file, and says to which host a request goes
// only where it is the control plane's.
package repro

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/shell"
	"github.com/grantproof/grantproof/impl/printable"
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
	w := &writer{all: s.Exchanges, derived: s.Derived, named: map[string]int{}}
	w.line("#!/bin/sh")
	w.comment(s.Name)
	w.comment(s.ID + ": " + s.Verdict)
	if len(s.Expected) > 0 {
		w.comment("expected: " + strings.Join(s.Expected, " or "))
	}
	w.comment("Repeats the requests of the scenario; needs curl and grantproof.")
	w.line("set -eu")
	w.line("LC_ALL=C; export LC_ALL # Text is bytes here.")
	w.secrets(s)
	w.write(helpers)
	w.reach(s)
	for i, e := range s.Exchanges {
		w.at = i
		w.derive(e)
		w.send(e)
		w.keep(e)
	}
	w.line("\nverdict=reproduced")
	return w.text.String()
}

// Comment is text as a comment of a shell script, which ends with its line.
func Comment(text string) string { return "# " + printable.Line(text) }

// helpers: the scheme is bound, because an answer may say where the next request
// goes; -g and --path-as-is leave the URL as it is.
const helpers = `
# say shows a request; send sends it and shows the answer, which stays in a file;
# taken takes a value out of it; outcome compares it with that of the run. The last
# line is the verdict: reproduced (exit status 0) or not reproduced (1).
folder=$(mktemp -d)
server=
verdict='not reproduced'
end() {
  rm -rf "$folder"
  if [ -n "$server" ]; then kill "$server"; wait "$server" || true; fi
  echo "$verdict"
  [ "$verdict" != reproduced ] || exit 0
  [ "$verdict" = 'not reproduced' ] || exit 2
  exit 1
}
trap end EXIT
say() { printf '\n== %s\n' "$1"; }
send() {
  curl -sS -i -g --path-as-is --suppress-connect-headers --proto '=http,https' --max-time 30 "$@" >"$folder/answer"
  grantproof answer show <"$folder/answer"
}
taken() { grantproof answer "$@" <"$folder/answer"; }
outcome() {
  got=$(grantproof answer outcome <"$folder/answer")
  [ "$got" = "$1" ] || { printf 'answered with %s; in the run with %s\n' "$got" "$1"; exit 1; }
}
`

const start = `
# A reference system that ends with the script.
GRANTPROOF_CONTROL_TOKEN=$(grantproof mint random)
export GRANTPROOF_CONTROL_TOKEN
control_token=$GRANTPROOF_CONTROL_TOKEN
authserver=http://127.0.0.1:${AUTHSERVER_PORT:=4010}
resourceserver=http://127.0.0.1:${RESOURCESERVER_PORT:=4011}
mcpserver=http://127.0.0.1:${MCPSERVER_PORT:=4012}
control=http://127.0.0.1:${CONTROL_PORT:=4019}
grantproof serve --authserver "127.0.0.1:$AUTHSERVER_PORT" --resourceserver "127.0.0.1:$RESOURCESERVER_PORT" --mcpserver "127.0.0.1:$MCPSERVER_PORT" --control "127.0.0.1:$CONTROL_PORT" >/dev/null 2>&1 &
server=$!
tries=0
until curl -sf -o /dev/null "$control/faults"; do
  tries=$((tries + 1)); [ "$tries" -lt 100 ] || { verdict='the reference system did not start; are the ports free?'; exit 2; }
  sleep 0.1
done
`

// writer puts the script together.
type writer struct {
	text      strings.Builder
	variables []variable
	named     map[string]int       // How many variables have a name.
	all       []*exchange.Exchange // Those of the scenario, and which one is written.
	at        int
	derived   []exchange.Derived
}

func (w *writer) write(text string) { w.text.WriteString(text) }

func (w *writer) line(text string) { w.write(text + "\n") }

func (w *writer) comment(text string) { w.line(Comment(text)) }

// secrets takes those of the target file from where they are. It comes first: the
// names in the environment are the person's, and the script has its own.
func (w *writer) secrets(s Scenario) {
	for _, name := range slices.Sorted(maps.Keys(s.Environment)) {
		w.fromEnvironment("secret", name, s.Environment[name])
	}
	if s.ControlURL != "" && !s.Embedded && !w.known(s.ControlToken) {
		w.fromEnvironment("control_token", "GRANTPROOF_CONTROL_TOKEN", s.ControlToken)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Files)) {
		w.define("key", s.Files[name], "$(cat -- "+shell.Quoted(name)+")").secret = true
	}
}

func (w *writer) fromEnvironment(as, name, value string) {
	w.define(as, value, "${"+name+":?set it in the environment}").secret = true
}

// reach says where the control plane is.
func (w *writer) reach(s Scenario) {
	switch {
	case s.ControlURL == "":
		return
	case s.Embedded:
		w.write(start)
		w.reserve("control_token", s.ControlToken).secret = true
		w.reserve("authserver", s.Issuer).leads = true
		w.reserve("resourceserver", s.Resource).leads = true
		if endpoint, err := url.Parse(s.MCP); err == nil && endpoint.Host != "" {
			w.reserve("mcpserver", endpoint.Scheme+"://"+endpoint.Host).leads = true
		}
		w.reserve("control", s.ControlURL).leads = true
	default:
		w.define("control", s.ControlURL, shell.Quoted(s.ControlURL)).leads = true
	}
}

// derive makes what e sends and the examiner made.
func (w *writer) derive(e *exchange.Exchange) {
	for _, d := range w.derived {
		if w.known(d.Value) || !mentions(e, d.Value) && !w.usedBy(e, d.Value) {
			continue
		}
		command := "grantproof mint " + shell.Quote(d.Command)
		if len(d.Arguments) > 0 {
			command += " --" // A value may begin with a hyphen.
		}
		for _, argument := range d.Arguments {
			command += " " + w.word(w.pieces(argument, contextOf(argument)))
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
	return strings.Contains(sent, value) || strings.Contains(sent, url.QueryEscape(value)) || strings.Contains(sent, jsonEscape(value))
}

// shortest is how long a value must be to be taken for the same one.
const shortest = 6

// title says what a request is for.
func title(e *exchange.Exchange) string {
	purpose := map[exchange.Purpose]string{exchange.Action: "what the scenario is about", exchange.Check: "its effect", exchange.Control: "the positive control"}
	if e.Endpoint == exchange.ControlPlane {
		_, path, _ := strings.Cut(strings.TrimPrefix(e.URL, "http://"), "/")
		return "arrange: " + e.Method + " /" + path
	}
	said := fmt.Sprintf("%s %s", e.Method, e.Endpoint)
	if why := purpose[e.Purpose]; why != "" {
		said += ", " + why
	}
	return said
}

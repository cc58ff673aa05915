package repro

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/impl/printable"
)

// Outcome is what decides about an answer: its status, and its error if it has one,
// or that it brings a code. It is one line without controls.
func (a Answer) Outcome() string {
	_, status, _ := strings.Cut(a.Status, " ")
	status, _, _ = strings.Cut(status, " ")
	return outcome(status, a.Header, a.Content)
}

// ShowOutcome writes the outcome of what `curl -i` wrote, which may be nothing.
func ShowOutcome(written io.Reader, out io.Writer) error {
	said := noAnswer
	if answer, err := ReadAnswer(written); err == nil {
		said = answer.Outcome()
	}
	_, err := fmt.Fprintln(out, said)
	return err
}

// noAnswer is the outcome of a request that nothing answered.
const noAnswer = "no answer"

func outcomeOf(e *exchange.Exchange) string {
	if e.Problem != nil || e.Status == 0 {
		return noAnswer
	}
	return outcome(fmt.Sprint(e.Status), e.Answer, e.Content)
}

var challengeError = regexp.MustCompile(`(?i)\berror="([^"]*)"`)

func outcome(status string, header http.Header, content []byte) string {
	said := errorIn(content)
	if query := parameters(header); said == "" && query.Has("error") {
		said = query.Get("error")
	} else if said == "" && query.Has("code") {
		said = "with a code"
	}
	if match := challengeError.FindStringSubmatch(strings.Join(header.Values("WWW-Authenticate"), ", ")); said == "" && match != nil {
		said = match[1]
	}
	return strings.TrimSpace(status + " " + printable.Line(said))
}

// errorIn is the error of a JSON object: a code of OAuth, or that of JSON-RPC.
func errorIn(content []byte) string {
	for _, text := range append([][]byte{content}, data(content)...) {
		var object struct{ Error json.RawMessage }
		if json.Unmarshal(text, &object) != nil || len(object.Error) == 0 {
			continue
		}
		var code string
		var rpc struct{ Code json.Number }
		switch {
		case json.Unmarshal(object.Error, &code) == nil:
			return code
		case json.Unmarshal(object.Error, &rpc) == nil:
			return rpc.Code.String()
		}
	}
	return ""
}

// judge compares what came back with what came in the run, for the requests that a
// scenario is about.
func (w *writer) judge(e *exchange.Exchange) {
	if !w.decides(e) {
		return
	}
	w.line("outcome " + w.word([]piece{{text: outcomeOf(e)}}))
}

// decides tells whether an answer is one that the verdict rests on: to what the
// scenario is about, or to what shows its effect; else the last one of all.
func (w *writer) decides(e *exchange.Exchange) bool {
	about := func(e *exchange.Exchange) bool {
		_, sent := asSent(e)
		return sent && e.Endpoint != exchange.ControlPlane && (e.Purpose == exchange.Action || e.Purpose == exchange.Check)
	}
	if slices.ContainsFunc(w.all, about) {
		return about(e)
	}
	_, sent := asSent(e)
	return sent && w.at == len(w.all)-1
}

// Rerun is the script of a scenario that only a run repeats, by command: its exit
// code is 1 where the scenario failed or was inconclusive.
func Rerun(s Scenario, command string) string {
	code := 0
	if s.Verdict == "failed" || s.Verdict == "inconclusive" {
		code = 1
	}
	return "#!/bin/sh\n" + Comment(s.Name) + `
# An agent or an MCP server acts here, or a client answers requests itself, which no
# shell script does; this runs the scenario.
code=0
` + command + ` || code=$?
` + fmt.Sprintf("if [ \"$code\" -eq %d ]; then echo reproduced; exit 0; fi\necho 'not reproduced'\nexit 1\n", code)
}

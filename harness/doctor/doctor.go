// Package doctor finds mistakes in the configuration of a target before it is
// examined: it asks for everything that a run would build on, once, by the
// requests that scenarios send, and says what was tried, what came back and what
// to change. It judges no conformance.
package doctor

import (
	"cmp"
	"context"
	"slices"

	"github.com/grantproof/grantproof/harness/setting"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
)

// Status is what a finding means for a run.
type Status string

// The statuses. After an Error a run could not be meaningful; a Warning leaves
// something out, or wants to be known. What is Skipped could not be tried.
const (
	OK      Status = "ok"
	Warning Status = "warning"
	Error   Status = "error"
	Skipped Status = "skipped"
)

// Finding is one thing that a run builds on.
type Finding struct {
	Name     string `json:"name"`
	Status   Status `json:"status"`
	Tried    string `json:"tried,omitempty"`
	CameBack string `json:"came_back,omitempty"`
	Change   string `json:"change,omitempty"` // What to do about it.
	Key      string `json:"key,omitempty"`    // Of the target file.
	Line     string `json:"line,omitempty"`   // Where that is: file:line, or the flag.
}

// Config says what to look at.
type Config struct {
	Target target.Target
	// Where tells where a key of the target is: file:line, or a flag; nil where
	// nobody knows.
	Where func(key string) string
}

// Examine looks at a target. It sends about thirty requests, signs the resource
// owner in once for each party that the run uses, and deletes the clients that it
// registers.
func Examine(ctx context.Context, config Config) []Finding {
	e := &examination{run: world.NewRun(config.Target, setting.Of(config.Target)), where: config.Where}
	e.seen = watch(e.run.HTTP)
	defer e.close(context.WithoutCancel(ctx))
	e.look(ctx)
	for i, f := range e.findings {
		if f.Key != "" && e.where != nil && f.Status != OK {
			e.findings[i].Line = e.where(f.Key)
		}
	}
	return e.findings
}

// Worst is the worst status of findings.
func Worst(findings []Finding) Status {
	order := []Status{OK, Skipped, Warning, Error}
	worst := slices.MaxFunc(append(findings, Finding{Status: OK}), func(a, b Finding) int {
		return cmp.Compare(slices.Index(order, a.Status), slices.Index(order, b.Status))
	})
	return worst.Status
}

// examination is one visit of the doctor.
type examination struct {
	run      *world.Run
	where    func(key string) string
	seen     *traffic
	findings []Finding
	worlds   []*world.World
	// registered is a client that registered itself, and registrar where it did;
	// signsIn are the clients whose authorization requests end with a code.
	registered *world.Client
	registrar  *world.World
	signsIn    []*world.Client
	strangers  []string // The clients of the file that do not authenticate.
}

// found keeps a finding, without the secrets that were sent so far.
func (e *examination) found(f Finding) {
	for _, w := range e.worlds {
		f.Tried, f.CameBack, f.Change = w.Log.Redact(f.Tried), w.Log.Redact(f.CameBack), w.Log.Redact(f.Change)
	}
	e.findings = append(e.findings, f)
}

// skipped says why something could not be tried.
func (e *examination) skipped(name, why string) {
	e.found(Finding{Name: name, Status: Skipped, CameBack: why})
}

// look asks for one thing after the other; what builds on a thing that is not
// there is left out.
func (e *examination) look(ctx context.Context) {
	e.client()
	e.examiner()
	t := e.run.Target
	if !t.HasServers() || !e.connections(ctx) || !e.keys() {
		return
	}
	defer e.traffic()
	if !e.metadata(ctx) {
		return
	}
	if e.run.Target.AuthorizationServer.Issuer != "" {
		if !e.endpoints(ctx) {
			return
		}
		e.clients(ctx)
		e.registration(ctx)
		e.redirects(ctx)
		e.signIn(ctx)
		e.prompt(ctx)
		e.tokens(ctx)
	}
	e.probes(ctx)
	e.mcpServer(ctx)
	e.deletion(ctx)
}

// world is a fresh one, in which client acts.
func (e *examination) world(ctx context.Context, client *world.Client) (*world.World, error) {
	w := e.run.New()
	e.worlds = append(e.worlds, w)
	w.Client = client
	return w, w.Ensure(ctx)
}

func (e *examination) close(ctx context.Context) {
	for _, w := range e.worlds {
		w.Close(ctx)
	}
	e.run.HTTP.CloseIdleConnections()
}

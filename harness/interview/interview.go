// Package interview makes a target file out of what a person answers and of
// what the servers tell of themselves. It never asks for a secret: only for the
// name of the environment variable that holds it.
package interview

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/grantproof/grantproof/harness/setting"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
	"github.com/grantproof/grantproof/impl/printable"
)

// Config says whom to ask, and what is known before.
type Config struct {
	In  io.Reader // Answers, a line each; where they end, the defaults are taken.
	Out io.Writer
	Yes bool // Nobody is asked: every default is taken.
	// Echo repeats the answers on Out, where no terminal has shown them.
	Echo bool
	// Issuer, Resource or MCP is what is examined; without any it is asked for.
	Issuer, Resource, MCP string
}

// Hold asks, and returns the target that was described. The places of secrets
// hold references to the environment.
func Hold(ctx context.Context, config Config) (target.Target, error) {
	i := &interview{config: config, answers: lines(config.In), interrupted: ctx.Done(), found: map[string]any{}}
	i.target.AuthorizationServer.Issuer, i.target.ResourceServer.URL, i.target.MCPServer.URL = config.Issuer, config.Resource, config.MCP
	for _, questions := range []func(context.Context) error{i.subject, i.authorizationServer, i.clients, i.owner, i.resource, i.tools} {
		if err := questions(ctx); err != nil {
			return target.Target{}, err
		}
	}
	i.target.Name = nameOf(cmp.Or(i.target.MCPServer.URL, i.target.AuthorizationServer.Issuer, i.target.ResourceServer.URL))
	i.target.Profiles = i.profiles()
	return i.target, nil
}

// profiles are those that the servers claim by what they are.
func (i *interview) profiles() []string {
	profiles := []string{"oauth-2.1"}
	if _, openID := i.found["subject_types_supported"]; openID {
		profiles = append(profiles, "oidc")
	}
	if i.target.MCPServer.URL != "" {
		profiles = append(profiles, "mcp-2025-11-25")
	}
	return profiles
}

// interview is one conversation.
type interview struct {
	config      Config
	answers     <-chan string
	interrupted <-chan struct{}
	target      target.Target
	found       map[string]any // The metadata of the authorization server.
}

var errInterrupted = errors.New("interrupted; nothing was written")

// lines reads on while nobody waits, so that an interruption is heard.
func lines(in io.Reader) <-chan string {
	read := make(chan string)
	go func() {
		defer close(read)
		for typed := bufio.NewScanner(in); typed.Scan(); {
			read <- strings.TrimSpace(typed.Text())
		}
	}()
	return read
}

// none is what a person types who wants nothing in the place of a default.
const none = "none"

// ask asks until the answer is sound; an empty one is the default.
func (i *interview) ask(question, byDefault string, sound func(string) error) (string, error) {
	for {
		fmt.Fprintf(i.config.Out, "%s [%s]: ", question, printable.Line(cmp.Or(byDefault, none)))
		typed, answered, err := i.read()
		if err != nil {
			return "", err
		}
		answer := cmp.Or(typed, byDefault)
		if answer == none {
			answer = ""
		}
		err = sound(answer)
		if i.config.Echo || !answered {
			i.echo(answer, err)
		}
		switch {
		case err == nil:
			return answer, nil
		case !answered:
			return "", fmt.Errorf("%s: %w", question, err)
		}
		i.say("%s.", err)
	}
}

// echo repeats an answer, unless it may be a secret that was not asked for.
func (i *interview) echo(answer string, problem error) {
	if problem != nil {
		answer = "…"
	}
	fmt.Fprintln(i.config.Out, printable.Line(cmp.Or(answer, none)))
}

// read reads an answer; there is none where nobody answers any more.
func (i *interview) read() (typed string, answered bool, err error) {
	if i.config.Yes {
		return "", false, nil
	}
	select {
	case typed, answered = <-i.answers:
		return typed, answered, nil
	case <-i.interrupted:
		return "", false, errInterrupted
	}
}

// confirm asks for yes or no.
func (i *interview) confirm(question string) (bool, error) {
	answer, err := i.ask(question, "yes", oneOf("yes", "y", "no", "n"))
	return strings.HasPrefix(answer, "y"), err
}

// say tells what was found out.
func (i *interview) say(format string, values ...any) {
	fmt.Fprintf(i.config.Out, "  %s\n", printable.Line(fmt.Sprintf(format, values...)))
}

// patience is how long one question to a server may take: a person waits.
const patience = 3 * time.Second

// run is one for what is known of the target so far, and for what the person
// types besides.
func (i *interview) run(typed ...string) *world.Run {
	known := i.target
	known.Reach = slices.Concat(known.Reach, typed)
	known.Limits.Timeout = patience
	return world.NewRun(known, setting.Of(known))
}

// Package agent is the AI agent: it owns the actions that a person can ask it
// for, the workflows that are made of several of them, and the sentences in
// which it answers.
//
// It does not own how it is authorized, which is impl/oauthclient's, nor how
// an answer is shown on a terminal.
package agent

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/resourceserver"
	"github.com/grantproof/grantproof/impl/oauthclient"
)

// demo is the documented client of the agent; its secret is public.
var demo = oauthclient.Demo{ClientID: "ai-agent-assistant", ClientSecret: "agent-secret-67890"}

// ConfigFromEnv reads the settings of the agent; without any it is the
// documented client at the demo servers.
func ConfigFromEnv(getenv func(string) string) (oauthclient.Config, error) {
	return oauthclient.ConfigFromEnv(getenv, demo)
}

// Agent acts on the tasks and the profile of a user.
type Agent struct {
	oauth *oauthclient.Client
	api   *resourceserver.Client
}

// New returns an agent; it sends nothing yet.
func New(config oauthclient.Config) (*Agent, error) {
	oauth, err := oauthclient.New(config)
	if err != nil {
		return nil, err
	}
	api, err := resourceserver.NewClient(config.ResourceServer, resourceserver.WithHTTPClient(oauth))
	if err != nil {
		return nil, err
	}
	return &Agent{oauth: oauth, api: api}, nil
}

// Result is what an action came to.
type Result struct {
	Sentence string `json:"sentence"`
	Data     any    `json:"data,omitempty"`
}

// Run does the action of that name.
func (a *Agent) Run(ctx context.Context, action string, args map[string]string) (Result, error) {
	i := slices.IndexFunc(Actions, func(known Action) bool { return known.Name == action })
	if i < 0 {
		return Result{}, fmt.Errorf("there is no action %q; choose one of %s", action, strings.Join(names(), ", "))
	}
	if err := Actions[i].check(args); err != nil {
		return Result{}, err
	}
	return Actions[i].run(ctx, a, args)
}

// Authenticate gets a token, unless the agent has one.
func (a *Agent) Authenticate(ctx context.Context) (Result, error) {
	grant, err := a.oauth.Authenticate(ctx)
	if err != nil {
		return Result{}, err
	}
	return Result{
		Sentence: fmt.Sprintf("%s gave the client %q a token for %s.", grant.Issuer, grant.ClientID, orNo(grant.Scope, "no scope")),
		Data:     grant,
	}, nil
}

// missing says which task is missing, where that is what an error means.
func missing(id string, err error) error {
	if refused := new(oauthclient.ResourceError); errors.As(err, &refused) && refused.Code == "not_found" {
		return noSuchTask(id)
	}
	return err
}

func noSuchTask(id string) error {
	return fmt.Errorf("there is no task %q; run list-tasks to see which there are", id)
}

func orNo(s, none string) string {
	if s == "" {
		return none
	}
	return s
}

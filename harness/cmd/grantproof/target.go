package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/pflag"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/shell"
	"github.com/grantproof/grantproof/harness/target"
)

// targetFlags say what is examined instead of the embedded system.
type targetFlags struct {
	file, issuer, resource, mcp, client, baseline string

	timeout time.Duration
}

func (f *targetFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.file, "target", "", "examine the system that this `file` names")
	flags.StringVar(&f.issuer, "issuer", "", "examine the authorization server with this issuer `URL`")
	flags.StringVar(&f.resource, "resource", "", "examine the protected resource with this `URL`")
	flags.StringVar(&f.mcp, "mcp", "", "examine the MCP server with this endpoint `URL`, and its authorization server unless --issuer names it")
	flags.StringVar(&f.client, "client", "", "examine the MCP client that this `command` starts, in quotes where a part has spaces; the URL of the MCP server is added as the last argument")
	flags.DurationVar(&f.timeout, "client-timeout", 0, "how `long` the command of --client may run each time (default 20s)")
	flags.StringVar(&f.baseline, "baseline", "", "expect the known failures that this `file` lists")
}

// apply puts what the flags say into config.
func (f *targetFlags) apply(config *harness.Config) error {
	named, err := f.target()
	if err != nil {
		return err
	}
	config.Target = named
	baseline := f.baseline
	if baseline == "" && named != nil {
		baseline = named.Baseline
	}
	if baseline != "" {
		config.Baseline, err = target.LoadBaseline(baseline)
	}
	return err
}

func (f *targetFlags) target() (*target.Target, error) {
	switch {
	case f.file != "" && f.issuer+f.resource+f.mcp+f.client != "":
		return nil, errors.New("--target names a file that says what to examine; leave --issuer, --resource, --mcp and --client out")
	case f.timeout != 0 && f.client == "":
		return nil, errors.New("--client-timeout is for the command of --client; a target file has mcp_client.timeout")
	case f.file != "":
		loaded, err := target.Load(f.file)
		return &loaded, err
	case f.issuer+f.resource+f.mcp+f.client == "":
		return nil, nil
	}
	command, err := shell.Split(f.client)
	if err != nil {
		return nil, fmt.Errorf("--client: %w", err)
	}
	made := target.Target{Name: f.issuer, AuthorizationServer: target.AuthorizationServer{Issuer: f.issuer}, ResourceServer: target.ResourceServer{URL: f.resource}, MCPServer: target.MCPServer{URL: f.mcp}, MCPClient: target.MCPClient{Command: command, Timeout: f.timeout}}
	for flag, value := range map[string]string{"--issuer": f.issuer, "--resource": f.resource, "--mcp": f.mcp, "--client": f.client} {
		if value != "" {
			made.Name = value
			made.Flags = append(made.Flags, flag, value)
		}
	}
	return &made, made.Check()
}

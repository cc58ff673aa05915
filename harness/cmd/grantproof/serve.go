package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"syscall"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/token"
)

// serveFlags are the flags of serve as they were given.
type serveFlags struct {
	authserver, resourceserver string
	mcpserver, control         string
	issuer, resource, mcp      string
	verify, store              string
	documentedTokens           bool
	registration               string
	policy                     string
	faults, variants           []string
	chaos                      string
	tlsCert, tlsKey            string
	selfSigned, hardened       bool
	trustedProxies             []string
	operation                  operation
}

func newServe() *cobra.Command {
	var flags serveFlags
	var printTarget bool
	cmd := &cobra.Command{
		Use:   "serve [authserver|resourceserver|mcpserver]",
		Short: "Run the demo servers, all in one process or one role",
		Long: `Run the reference system with its demo data: the authorization server on port
4000, the resource server on 4001, the MCP server on 4002 and the control plane
on 4009. It listens on loopback only, and answers only requests whose Host is this
machine or the host of a public URL, because the secrets of the demo are public.

The servers keep their data in a SQLite file, or in PostgreSQL, which several servers
can share. The location is printed at startup. Realms made over the control plane stay
in memory.

Environment:
  GRANTPROOF_CONTROL_TOKEN         bearer token of the control plane
  INTROSPECTION_CLIENT_SECRET      secret of the client task-api, used by the API
  MCP_CLIENT_SECRET                secret of the client task-mcp, used by the MCP server
  GRANTPROOF_INITIAL_ACCESS_TOKEN  token for --registration initial-access-token
  GRANTPROOF_STORE                 the store, like --store, for a location with a password
  GRANTPROOF_STORE_KEY             key that encrypts the signing keys in the store: 32
                                   bytes as base64. PostgreSQL needs it; for SQLite a
                                   key file is made beside the database

The store keeps every security decision; "grantproof audit" shows them. On SIGTERM the
servers finish the requests in progress and stop.

With --hardened the servers run in production: without demo data, control plane and
open registration, on any address. They refuse to start while a setting is missing.
"grantproof store init" makes their store once. "grantproof docs" has a guide to
deployment.`,
		Example: `  grantproof serve
  grantproof serve --store memory
  grantproof serve --store postgres://user@db.example.com/grantproof
  grantproof serve --authserver localhost:5000 --resourceserver localhost:5001
  grantproof serve resourceserver --issuer http://localhost:4000 --verify introspection
  grantproof serve --fault audience-not-checked
  grantproof serve --chaos 7:0.3
  grantproof serve --print-target > target.yaml
  grantproof serve authserver --tls-self-signed
  grantproof serve --audit - --metrics 127.0.0.1:9090
  grantproof serve authserver --hardened --issuer https://as.example.com --authserver 0.0.0.0:443 \
    --tls-cert as.pem --tls-key as.key --store postgres://grantproof@db.example.com/grantproof`,
		Args:      cobra.MatchAll(cobra.MaximumNArgs(1), cobra.OnlyValidArgs),
		ValidArgs: []string{"authserver", "resourceserver", "mcpserver"},
		RunE: func(cmd *cobra.Command, args []string) error {
			config, err := flags.config(args, cmd.Flags().Changed)
			if err != nil {
				return err
			}
			if printTarget {
				return flags.printTarget(cmd.OutOrStdout(), config)
			}
			config.Log = slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil))
			if config.Audit, err = flags.operation.openAudit(cmd.OutOrStdout()); err != nil {
				return err
			}
			return serve(cmd, config)
		},
	}
	f := cmd.Flags()
	f.StringVar(&flags.authserver, "authserver", "localhost:4000", "`address` of the authorization server")
	f.StringVar(&flags.resourceserver, "resourceserver", "localhost:4001", "`address` of the resource server")
	f.StringVar(&flags.mcpserver, "mcpserver", "localhost:4002", "`address` of the MCP server")
	f.StringVar(&flags.control, "control", "127.0.0.1:4009", "`address` of the control plane; empty for none")
	f.StringVar(&flags.issuer, "issuer", "", "public `URL` of the authorization server (default: its address)")
	f.StringVar(&flags.resource, "resource", "", "public `URL` of the resource server (default: its address)")
	f.StringVar(&flags.mcp, "mcp", "", "public `URL` of the MCP endpoint, which ends in /mcp (default: its address and /mcp)")
	f.StringVar(&flags.verify, "verify", "jwt", "how the resource server and the MCP server verify tokens: jwt or introspection")
	f.StringVar(&flags.store, "store", "", "the `store`: memory, sqlite:PATH or postgres://… (default: a SQLite file in your data folder)")
	f.BoolVar(&flags.documentedTokens, "documented-tokens", false, "issue the documented HS256 tokens; implies --verify introspection")
	f.StringVar(&flags.registration, "registration", "open", "which clients may register: open (10,000 an hour from one address, 1000 with --hardened), initial-access-token or off")
	f.StringVar(&flags.policy, "policy", "", "YAML `file` with your rules, such as code_challenge, resources or client_document_hosts: see the guide to deployment")
	f.StringArrayVar(&flags.faults, "fault", nil, "break the servers with this `fault` (see \"grantproof faults\"); may be repeated")
	f.StringArrayVar(&flags.variants, "variant", nil, "have the servers do this lawful `variant` (see \"grantproof variants\"); may be repeated")
	f.StringVar(&flags.chaos, "chaos", "", "answer at random in unfriendly ways, repeatable by a `seed`: SEED[:PROBABILITY[:NAME,NAME]] (see \"grantproof faults\")")
	f.StringVar(&flags.tlsCert, "tls-cert", "", "`file` with the TLS certificate and its chain, in PEM; read again when it changes")
	f.StringVar(&flags.tlsKey, "tls-key", "", "`file` with the key of the TLS certificate, in PEM")
	f.BoolVar(&flags.selfSigned, "tls-self-signed", false, "serve https://localhost with a fresh certificate for development")
	f.StringArrayVar(&flags.trustedProxies, "trusted-proxy", nil, "`address` or range of a reverse proxy whose X-Forwarded-For is believed; may be repeated")
	flags.operation.register(f)
	f.BoolVar(&printTarget, "print-target", false, "print a target file for \"grantproof run --target\" that examines these servers, and do not start them")
	f.BoolVar(&flags.hardened, "hardened", false, "run in production: without demo data and control plane, by https, with a durable store")
	return cmd
}

func (f serveFlags) config(args []string, changed func(flag string) bool) (impl.Config, error) {
	config := impl.Config{
		AuthServer: f.authserver, ResourceServer: f.resourceserver, MCPServer: f.mcpserver, Control: f.control,
		Issuer: f.issuer, Resource: f.resource, MCP: f.mcp, Faults: f.faults, Variants: f.variants, ControlToken: os.Getenv("GRANTPROOF_CONTROL_TOKEN"),
		ResourceSecret: os.Getenv("INTROSPECTION_CLIENT_SECRET"), MCPSecret: os.Getenv("MCP_CLIENT_SECRET"),
		Policy:   realm.Policy{Documented: true, DocumentedTokens: f.documentedTokens, Verify: realm.Verify(f.verify)},
		StoreKey: os.Getenv(storeKey),
	}
	err := errors.Join(checkFaults(f.faults), checkVariants(f.variants))
	if err != nil {
		return config, err
	}
	if config.Store, err = locate(f.store); err != nil {
		return config, err
	}
	if err := f.addChaos(&config); err != nil {
		return config, err
	}
	if err := f.operation.apply(&config); err != nil {
		return config, err
	}
	if err := f.encrypt(&config); err != nil {
		return config, err
	}
	if f.documentedTokens {
		config.Policy.Verify = realm.ByIntrospection
	}
	if err := f.register(&config.Policy); err != nil {
		return config, err
	}
	if err := f.readPolicy(&config.Policy); err != nil {
		return config, err
	}
	if config.MCPServer == "" && f.mcp == "" { // Somebody else serves it.
		config.MCP = defaultMCP
	}
	if len(args) == 1 {
		f.only(args[0], &config)
	}
	if f.hardened {
		if err := f.harden(&config, changed); err != nil {
			return config, err
		}
	}
	return config, f.check(config)
}

// only leaves one role to be served; the others are where they would be.
func (f serveFlags) only(role string, config *impl.Config) {
	issuer, resource, mcp := f.identifiers(*config)
	if role != "authserver" {
		config.Issuer, config.AuthServer, config.Control = issuer, "", ""
	}
	if role != "resourceserver" {
		config.Resource, config.ResourceServer = resource, ""
	}
	if role != "mcpserver" {
		config.MCP, config.MCPServer = mcp, ""
	}
}

// identifiers are the public URLs of the three servers, wherever they are.
func (f serveFlags) identifiers(config impl.Config) (issuer, resource, mcp string) {
	scheme := "http://"
	if config.TLS != nil {
		scheme = "https://"
	}
	return cmp.Or(f.issuer, scheme+f.authserver), cmp.Or(f.resource, scheme+f.resourceserver), cmp.Or(f.mcp, scheme+f.mcpserver+realm.MCPEndpoint)
}

// printTarget writes the target file of the servers. The token of the control
// plane is left to the environment.
func (f serveFlags) printTarget(out io.Writer, config impl.Config) error {
	var control target.Control
	if config.Control != "" {
		control = target.Control{URL: "http://" + config.Control, Token: "${GRANTPROOF_CONTROL_TOKEN}"}
	}
	issuer, resource, mcp := f.identifiers(config)
	text, err := target.Reference("demo servers", issuer, resource, mcp, control).File()
	if err == nil {
		_, err = fmt.Fprintf(out, "# For `grantproof run --target FILE`. Both it and the servers take GRANTPROOF_CONTROL_TOKEN from the environment.\n%s", text)
	}
	return err
}

// defaultMCP is the MCP endpoint of the demo.
const defaultMCP = "http://localhost:4002" + realm.MCPEndpoint

// How many clients an address may register in an hour: whole examinations, and
// no flood. The demo, on loopback, is examined again and again.
const (
	registrationsPerHour     = 1000
	demoRegistrationsPerHour = 10_000
)

// unusedClients is how long a client that registered itself is kept if nothing is
// granted to it.
const unusedClients = 30 * 24 * time.Hour

// register says in the policy who may register clients.
func (f serveFlags) register(policy *realm.Policy) error {
	policy.UnusedClients = unusedClients
	initial := os.Getenv("GRANTPROOF_INITIAL_ACCESS_TOKEN")
	switch f.registration {
	case "open":
		policy.Registration, policy.RegistrationsPerHour = realm.RegistrationOpen, demoRegistrationsPerHour
		if f.hardened {
			policy.RegistrationsPerHour = registrationsPerHour
		}
	case "off":
		policy.Registration = realm.RegistrationOff
	case "initial-access-token":
		if len(initial) < 16 {
			return errors.New("--registration initial-access-token needs a token: set GRANTPROOF_INITIAL_ACCESS_TOKEN to at least 16 characters")
		}
		policy.Registration, policy.InitialAccessToken = realm.RegistrationToken, token.HashOf(initial)
	default:
		return fmt.Errorf("--registration %s: use open, initial-access-token or off", f.registration)
	}
	return nil
}

func serve(cmd *cobra.Command, config impl.Config) error {
	collectSeldom()
	fixture, err := impl.Start(config)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%w with --authserver, --resourceserver, --mcpserver or --control", err)
	}
	if err != nil {
		return err
	}
	announce(cmd.OutOrStdout(), config, fixture)
	err = fixture.Wait(cmd.Context())
	return errors.Join(err, fixture.Shutdown())
}

func announce(out io.Writer, config impl.Config, fixture *impl.Fixture) {
	if config.AuthServer != "" {
		lipgloss.Fprintf(out, "authorization server  %s\n", fixture.Issuer)
	}
	if config.AuthServer != "" && !config.Bare {
		lipgloss.Fprintf(out, "account of demo-user  %s/account/grants  (password %s)\n", fixture.Issuer, realm.DemoPassword)
	}
	if config.ResourceServer != "" {
		lipgloss.Fprintf(out, "resource server       %s\n", fixture.Resource)
	}
	if config.MCPServer != "" {
		lipgloss.Fprintf(out, "MCP server            %s\n", fixture.MCP)
	}
	if config.Control != "" {
		lipgloss.Fprintf(out, "control plane         %s  (bearer token %s)\n", fixture.ControlURL, fixture.ControlToken)
	}
	if config.Metrics != "" {
		lipgloss.Fprintf(out, "metrics               %s/metrics\n", fixture.MetricsURL)
	}
	if config.Chaos != nil {
		lipgloss.Fprintf(out, "chaos                 %s  (the same again: serve --chaos %s)\n", config.Chaos, config.Chaos)
	}
	lipgloss.Fprintf(out, "store                 %s\n", shownStore(config.Store))
	lipgloss.Fprintln(out, "Stop with Ctrl-C.")
}

package main

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
)

// minSecret is how long the secrets of a hardened server are at least.
const minSecret = 32

// hardenedDrain is time for a load balancer to see that /ready says no.
const hardenedDrain = 5 * time.Second

// harden makes the configuration one for the open network, or says in one list
// all that is missing and all that does not go together with it.
func (f serveFlags) harden(config *impl.Config, changed func(flag string) bool) error {
	var problems []string
	problem := func(wrong bool, text string) {
		if wrong {
			problems = append(problems, text)
		}
	}
	secure := func(identifier string) bool { return strings.HasPrefix(identifier, "https://") }
	problem(!secure(config.Issuer), "--issuer: give the public https URL of the authorization server, such as https://as.example.com")
	problem(config.ResourceServer != "" && !secure(config.Resource), "--resource: give the public https URL of the resource server, or serve the authserver alone")
	problem(config.TLS == nil && len(config.TrustedProxies) == 0, "TLS: give --tls-cert and --tls-key, or --trusted-proxy with the address of the reverse proxy that ends TLS")
	problem(f.selfSigned, "--tls-self-signed: a development certificate is for development")
	problem(config.Store == "memory", "--store memory: what is issued has to outlive the process; use sqlite:PATH or postgres://…")
	problem(passwordIn(f.store), "--store: it has a password, which every user of the machine can see; put all of it into "+storeLocation)
	problem(config.StoreKey == "", storeKey+": put the key of the store there, 32 random bytes as base64 (openssl rand -base64 32)")
	problem(len(config.ResourceSecret) < minSecret, fmt.Sprintf("INTROSPECTION_CLIENT_SECRET: put the secret of the resource server there, %d characters at least (openssl rand -base64 32)", minSecret))
	problem(config.MCPServer != "" && !secure(config.MCP), "--mcp: give the public https URL of the MCP endpoint, or serve the authserver alone")
	if config.MCPServer == "" && f.mcp == "" {
		config.MCP = "" // There is none.
	}
	problem(config.MCP != "" && len(config.MCPSecret) < minSecret, fmt.Sprintf("MCP_CLIENT_SECRET: put the secret of the MCP server there, %d characters at least (openssl rand -base64 32)", minSecret))
	problem(changed("control") && f.control != "", "--control: a hardened server has no control plane")
	problem(f.chaos != "", "--chaos: a hardened server does not depart from anything on purpose")
	problem(len(f.faults) > 0, "--fault: a hardened server is not broken on purpose")
	problem(len(f.variants) > 0, "--variant: a hardened server does what the reference does")
	problem(config.Policy.ClientDocuments.Loopback || config.Policy.ClientPages.Loopback, "--policy: nothing of clients is on this machine; leave client_documents_on_loopback and client_pages_on_loopback out")
	problem(f.documentedTokens, "--documented-tokens: a hardened server issues RFC 9068 tokens alone")
	if len(problems) > 0 {
		return errors.New("--hardened cannot start:\n  " + strings.Join(problems, "\n  "))
	}
	config.Control, config.Bare, config.StoreExists, config.Policy.Documented = "", true, true, false
	if !changed("drain") {
		config.Drain = hardenedDrain
	}
	if !changed("audit-required") {
		config.AuditRequired = true
	}
	if !changed("registration") {
		config.Policy.Registration = realm.RegistrationOff
	}
	return nil
}

func passwordIn(location string) bool {
	parsed, err := url.Parse(location)
	if err != nil || parsed.User == nil {
		return false
	}
	_, given := parsed.User.Password()
	return given
}

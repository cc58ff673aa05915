package main

import (
	"fmt"
	"net"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/control"
	"github.com/grantproof/grantproof/impl/realm"
)

// maxPolicy is the largest file of rules that is read, in bytes.
const maxPolicy = 64 << 10

func (f serveFlags) readPolicy(policy *realm.Policy) error {
	if f.policy == "" {
		return nil
	}
	content, err := readFile(f.policy, maxPolicy)
	if err == nil {
		*policy, err = control.ReadPolicy(*policy, content)
	}
	if err != nil {
		return fmt.Errorf("--policy %s: %w", f.policy, err)
	}
	return nil
}

func (f serveFlags) check(config impl.Config) error {
	if config.Policy.Verify != realm.ByJWT && config.Policy.Verify != realm.ByIntrospection {
		return fmt.Errorf("--verify %s: use jwt or introspection", f.verify)
	}
	if f.mcp != "" && !strings.HasSuffix(f.mcp, realm.MCPEndpoint) {
		return fmt.Errorf("--mcp %s: give the URL of the endpoint, such as https://mcp.example.com%s", f.mcp, realm.MCPEndpoint)
	}
	for _, identifier := range []string{f.issuer, f.resource, f.mcp} {
		parsed, err := url.Parse(identifier)
		if identifier != "" && (err != nil || parsed.Host == "" || parsed.RawQuery != "" || parsed.Fragment != "") {
			return fmt.Errorf("%s: an issuer or resource is a URL without query and fragment, such as http://localhost:4000", identifier)
		}
	}
	check := checkLoopback
	if f.hardened {
		check = checkAddress
	}
	for _, address := range []string{config.AuthServer, config.ResourceServer, config.MCPServer, config.Control} {
		if err := check(address); err != nil {
			return err
		}
	}
	if checkLoopback(config.Metrics) != nil {
		return fmt.Errorf("--metrics %s: use an address of this machine, such as 127.0.0.1:9090; the collector of metrics runs on the same machine", config.Metrics)
	}
	return nil
}

func checkAddress(address string) error {
	if _, _, err := net.SplitHostPort(address); address != "" && err != nil {
		return fmt.Errorf("the address %s: use HOST:PORT, such as localhost:4000", address)
	}
	return nil
}

// checkLoopback: the demo's secrets are public, so nobody else may reach it.
func checkLoopback(address string) error {
	if err := checkAddress(address); err != nil || address == "" {
		return err
	}
	host, _, _ := net.SplitHostPort(address)
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("the address %s is not loopback; the secrets of the demo are public, so it listens on localhost only; use --hardened to listen elsewhere", address)
	}
	return nil
}

package impl

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store/sql"
)

// shortestSecret is the least length of a secret that a person puts into the
// environment, in characters.
const shortestSecret = 32

// Harden makes a configuration one to be run in earnest: strict, without the
// demo's data, over https alone. It returns all that is in the way, in sentences
// for whoever starts the servers.
func (c *Config) Harden(ctx context.Context) []string {
	c.Bare, c.Front.HTTPS = true, true
	c.Policy.Documented, c.Policy.DocumentedTokens, c.Policy.NoLoopbackKeys = false, false, true
	c.Policy.ClientDocuments.Loopback, c.Policy.ResourceOwner, c.Faults = false, realm.Asks, nil
	problems := slices.Concat(c.unfitIdentifiers(), c.unfitFront(), c.unfitSecrets())
	key := unfitKey(c.StoreKey)
	if key != "" {
		problems = append(problems, key)
	}
	if c.Store == "" || c.Store == inMemory {
		return append(problems, "--store memory: what was issued must outlive the process; name sqlite:PATH or postgres://…, in GRANTPROOF_STORE if it has a password")
	}
	if key != "" {
		return problems
	}
	return append(problems, c.unfitStore(ctx)...)
}

func (c *Config) unfitIdentifiers() []string {
	var problems []string
	for flag, identifier := range map[string]string{"--issuer": c.Issuer, "--resource": c.Resource} {
		if parsed, err := url.Parse(identifier); err != nil || parsed.Scheme != "https" || parsed.Host == "" {
			problems = append(problems, flag+": name the public https URL, such as "+flag+" https://as.example.com")
		}
	}
	// Cookies are bound to the host by the prefix __Host-, and that needs the
	// path / (RFC 6265bis section 4.1.3,
	// https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.3).
	if parsed, err := url.Parse(c.Issuer); err == nil && strings.Trim(parsed.Path, "/") != "" {
		problems = append(problems, "--issuer: it has a path; give the authorization server a host of its own, so that its cookies are")
	}
	slices.Sort(problems)
	return problems
}

func (c *Config) unfitFront() []string {
	var problems []string
	if c.TLS == nil && len(c.Front.Proxies) == 0 {
		problems = append(problems, "nobody encrypts: give --tls-cert and --tls-key, or name the reverse proxy that does with --trusted-proxy")
	}
	for _, network := range c.Front.Proxies {
		if network.Bits() == 0 {
			problems = append(problems, fmt.Sprintf("--trusted-proxy %s: it believes everybody; name the network of the proxy alone", network))
		}
	}
	return problems
}

func (c *Config) unfitSecrets() []string {
	var problems []string
	if c.Policy.Verify == realm.ByIntrospection && c.ResourceSecret == "" {
		problems = append(problems, "INTROSPECTION_CLIENT_SECRET: --verify introspection needs the secret of the client task-api in it")
	}
	if c.ResourceSecret != "" && len(c.ResourceSecret) < shortestSecret {
		problems = append(problems, fmt.Sprintf("INTROSPECTION_CLIENT_SECRET: use %d characters at least, such as `openssl rand -base64 32` prints", shortestSecret))
	}
	return problems
}

func unfitKey(key string) string {
	decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(key))
	if err == nil && len(decoded) == 32 {
		return ""
	}
	return "GRANTPROOF_STORE_KEY: put 32 random bytes as base64 into it, such as `openssl rand -base64 32` prints, the same for every replica"
}

// unfitStore looks for what the demo has left in the store: its secrets are
// public.
func (c *Config) unfitStore(ctx context.Context) []string {
	if path, ok := strings.CutPrefix(c.Store, "sqlite:"); ok {
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			return nil
		}
	}
	opened, err := openStores(c.Store, sql.Options{Key: c.StoreKey})
	if err != nil {
		return []string{err.Error()}
	}
	defer opened.Close()
	left, err := realm.DemoData(ctx, opened.Realm(""), c.ResourceSecret != "")
	switch {
	case err != nil:
		return []string{"the store: " + err.Error()}
	case len(left) > 0:
		return []string{"the store holds what the demo wrote, whose secrets are public; remove it, or use another store: " + strings.Join(left, ", ")}
	}
	return nil
}

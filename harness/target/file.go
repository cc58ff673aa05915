package target

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/grantproof/grantproof/impl/nearest"
)

// Load reads a target file. Secrets are taken from the environment.
func Load(name string) (Target, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return Target{}, fmt.Errorf("the target file cannot be read: %w", err)
	}
	t, err := Parse(content, os.LookupEnv)
	if err != nil {
		return Target{}, locate(name, content).located(err)
	}
	if t.Baseline != "" && !filepath.IsAbs(t.Baseline) {
		t.Baseline = filepath.Join(filepath.Dir(name), t.Baseline)
	}
	if err := t.readKeys(filepath.Dir(name)); err != nil {
		return Target{}, locate(name, content).located(err)
	}
	t.Flags = []string{"--target", name}
	return t, nil
}

var errEmpty = errors.New("it is empty; `grantproof init` writes one, and authorization_server: {issuer: https://as.example.com} is enough to begin with")

// Parse reads the contents of a target file; environment looks a name up.
func Parse(content []byte, environment func(string) (string, bool)) (Target, error) {
	var t Target
	if _, null := nodes(content).(*ast.NullNode); null {
		return t, errEmpty
	}
	if err := decode(content, &t); err != nil {
		return t, err
	}
	if nodes(content) == nil {
		return t, errEmpty
	}
	return t, errors.Join(t.readSecrets(environment), t.Check())
}

var reference = regexp.MustCompile(`^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$`)

// isFileName tells the name of a file from ${NAME}, and from a key that should
// not be there.
func isFileName(value string) bool {
	return value != "" && !reference.MatchString(value) && !strings.ContainsAny(value, "\n{")
}

// readSecrets puts the values of the environment in the place of ${NAME}.
func (t *Target) readSecrets(environment func(string) (string, bool)) error {
	var problems []error
	t.Environment, t.Files = map[string]string{}, map[string]string{}
	resolve := func(key, value string) string {
		if value == "" {
			return ""
		}
		match := reference.FindStringSubmatch(value)
		if match == nil {
			problems = append(problems, fmt.Errorf("%s: a secret does not belong in a file; write ${NAME} and set NAME in the environment", key))
			return ""
		}
		secret, set := environment(match[1])
		if !set || secret == "" {
			problems = append(problems, fmt.Errorf("%s: the environment variable %s is not set; set it by export %s=… before the run", key, match[1], match[1]))
		}
		t.Environment[match[1]] = secret
		return secret
	}
	for name, client := range t.Clients {
		client.Secret = resolve("clients."+name+".client_secret", client.Secret)
		if isFileName(client.PrivateKey) {
			t.Files[client.PrivateKey] = ""
		} else {
			client.PrivateKey = resolve("clients."+name+".private_key", client.PrivateKey)
		}
		t.Clients[name] = client
	}
	t.ResourceOwner.Password = resolve("resource_owner.password", t.ResourceOwner.Password)
	t.AuthorizationServer.InitialAccessToken = resolve("authorization_server.initial_access_token", t.AuthorizationServer.InitialAccessToken)
	t.Control.Token = resolve("control.token", t.Control.Token)
	return errors.Join(problems...)
}

// readKeys reads the private keys that are in files, whose names are relative
// to folder.
func (t *Target) readKeys(folder string) error {
	var problems []error
	files := map[string]string{}
	for name, client := range t.Clients {
		if _, isFile := t.Files[client.PrivateKey]; !isFile {
			continue
		}
		file := client.PrivateKey
		if !filepath.IsAbs(file) {
			file = filepath.Join(folder, file)
		}
		content, err := os.ReadFile(file)
		if err != nil {
			problems = append(problems, fmt.Errorf("clients.%s.private_key: neither ${NAME} nor a file that can be read: %w", name, err))
		}
		files[file], client.PrivateKey = string(content), string(content)
		t.Clients[name] = client
	}
	t.Files = files
	return errors.Join(problems...)
}

// Check finds what cannot be meant.
func (t *Target) Check() error {
	var problems []error
	add := func(wrong bool, format string, values ...any) {
		if wrong {
			problems = append(problems, fmt.Errorf(format, values...))
		}
	}
	client := len(t.MCPClient.Command) > 0
	add(!t.HasServers() && !client, "there is nothing to examine; give authorization_server.issuer, resource_server.url, mcp_server.url or mcp_client.command")
	add(!client && (len(t.MCPClient.RedirectURIs) > 0 || t.MCPClient.Timeout != 0), "mcp_client has no command; give the program and its arguments as a list")
	add(t.MCPClient.Timeout < 0, "mcp_client.timeout: use more than 0")
	for key, address := range map[string]string{
		"authorization_server.issuer": t.AuthorizationServer.Issuer, "resource_server.url": t.ResourceServer.URL,
		"mcp_server.url": t.MCPServer.URL, "control.url": t.Control.URL, "examiner.url": t.Examiner.URL, "resource_server.second": t.ResourceServer.Second,
	} {
		add(address != "" && !isURL(address), "%s: %q is no http or https URL without a fragment", key, address)
	}
	for name, client := range t.Clients {
		add(!IsClientName(name), "clients.%s: there is no client of this name%s; the clients are %s; further clients of a kind begin with confidential- or public-", name, nearest.Hint(name, ClientNames), strings.Join(ClientNames, ", "))
		add(client.ID == "", "clients.%s has no client_id", name)
		add(strings.HasPrefix(name, "public") && (client.Secret != "" || client.PrivateKey != ""), "clients.%s: a public client has no secret and no private key", name)
	}
	add((t.Examiner.URL == "") != (t.Examiner.Listen == ""), "examiner: give both, the url at which the target reaches the examiner and the address to listen at")
	for i, probe := range t.ResourceServer.Probes {
		add(probe.Method == "" || !strings.HasPrefix(probe.Path, "/"), "resource_server.probes, entry %d: a probe has a method and a path that begins with /", i+1)
	}
	add(t.ResourceOwner.Browser != "" && t.ResourceOwner.Browser != "forms" && t.ResourceOwner.Browser != "manual",
		"resource_owner.browser: %q is neither forms nor manual%s", t.ResourceOwner.Browser, nearest.Hint(t.ResourceOwner.Browser, []string{"forms", "manual"}))
	for i, step := range t.ResourceOwner.Steps {
		add(step.Page == "", "resource_owner.steps, entry %d: say by page for which page it is: a text that it shows, or its path", i+1)
		add(step.Press != "" && step.Approve+step.Deny != "", "resource_owner.steps, entry %d: give press, or approve and deny where the page asks for consent", i+1)
	}
	for _, host := range t.ResourceOwner.Hosts {
		add(strings.Contains(host, "/"), "resource_owner.hosts: %q is no host; write it as login.example.com or localhost:8080", host)
	}
	for _, origin := range t.Reach {
		add(!isURL(origin), "reach: %q is no origin; write it as http://10.0.0.7:8080", origin)
	}
	for name := range t.Capabilities {
		add(!IsCapability(name), "capabilities: there is no %q%s; the capabilities are %s", name, nearest.Hint(name, CapabilityNames()), strings.Join(CapabilityNames(), ", "))
	}
	return errors.Join(slices.Concat(problems, t.checkWords(), t.checkAmounts())...)
}

func isURL(address string) bool {
	parsed, err := url.Parse(address)
	return err == nil && (parsed.Scheme == "https" || parsed.Scheme == "http") && parsed.Host != "" && parsed.Fragment == ""
}

package agent

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/grantproof/grantproof/impl/oauthclient"
	"github.com/grantproof/grantproof/impl/strictjson"
)

// conformanceDocument is the client_id that the conformance tests of the Model
// Context Protocol know; nothing is published there
// (https://github.com/modelcontextprotocol/conformance).
const conformanceDocument = "https://conformance-test.local/client-metadata.json"

// Conformance is what the conformance tests of the Model Context Protocol tell a
// client that they examine.
type Conformance struct {
	Scenario string // MCP_CONFORMANCE_SCENARIO
	Version  string // MCP_CONFORMANCE_PROTOCOL_VERSION
	context  conformanceContext
}

type conformanceContext struct {
	Issuer           string `json:"issuer"` // That knows the client; left out: any.
	ClientID         string `json:"client_id"`
	ClientSecret     string `json:"client_secret"`
	PrivateKey       string `json:"private_key_pem"`
	SigningAlgorithm string `json:"signing_algorithm"`
}

// ConformanceFromEnv reads what the conformance tests say.
func ConformanceFromEnv(getenv func(string) string) (Conformance, error) {
	c := Conformance{Scenario: getenv("MCP_CONFORMANCE_SCENARIO"), Version: getenv("MCP_CONFORMANCE_PROTOCOL_VERSION")}
	text := cmp.Or(getenv("MCP_CONFORMANCE_CONTEXT"), "{}")
	if strictjson.Unmarshal([]byte(text), &c.context) != nil {
		return c, errors.New("MCP_CONFORMANCE_CONTEXT is no JSON object: give one, or none")
	}
	return c, nil
}

// Run connects to the MCP server at a URL, lists its tools and calls the first.
func (c Conformance) Run(ctx context.Context, server string) error {
	config, err := c.config(server)
	if err != nil {
		return err
	}
	handler, err := oauthclient.NewHandler(config)
	if err != nil {
		return err
	}
	remote, err := Connect(ctx, server, handler, c.Version)
	if err != nil {
		return err
	}
	return errors.Join(remote.callFirst(ctx), remote.Close())
}

func (c Conformance) config(server string) (oauthclient.HandlerConfig, error) {
	config := oauthclient.HandlerConfig{Server: server, Browser: follow, Patience: 20 * time.Second}
	if strings.HasPrefix(c.Scenario, "auth/client-credentials") {
		config.Grant = oauthclient.GrantClientCredentials
	}
	if c.context.ClientID == "" {
		config.MetadataURL = conformanceDocument
		config.Registration = Metadata("grantproof agent")
		return config, nil
	}
	credentials := oauthclient.Credentials{Issuer: c.context.Issuer, ClientID: c.context.ClientID, ClientSecret: c.context.ClientSecret}
	if c.context.PrivateKey != "" {
		signer, err := oauthclient.ParseKey([]byte(c.context.PrivateKey))
		if err != nil {
			return config, err
		}
		credentials.Key = &oauthclient.Key{Signer: signer, Algorithm: c.context.SigningAlgorithm}
	}
	config.Credentials = []oauthclient.Credentials{credentials}
	return config, nil
}

// follow is a browser without a person: it goes where the authorization server
// sends it, back to the client, as a server that tests clients agrees at once.
func follow(ctx context.Context, authorizationURL string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, authorizationURL, nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the authorization server leads to an answer with status %d", response.StatusCode)
	}
	return nil
}

func (r *Remote) callFirst(ctx context.Context) error {
	tools, err := r.tools(ctx)
	if err != nil || len(tools) == 0 {
		return err
	}
	_, err = r.call(ctx, tools[0].Name, sample(tools[0].InputSchema))
	return err
}

// sample is an argument for each that a tool requires.
func sample(schema any) map[string]any {
	var takes struct {
		Required   []string
		Properties map[string]struct {
			Type string
			Enum []any
		}
	}
	arguments := map[string]any{}
	if text, err := json.Marshal(schema); err != nil || strictjson.Unmarshal(text, &takes) != nil {
		return arguments
	}
	ofType := map[string]any{"string": "sample", "number": 2, "integer": 2, "boolean": true, "array": []any{}, "object": map[string]any{}}
	for _, name := range takes.Required {
		arguments[name] = ofType[cmp.Or(takes.Properties[name].Type, "string")]
		if choices := takes.Properties[name].Enum; len(choices) > 0 {
			arguments[name] = choices[0]
		}
	}
	return arguments
}

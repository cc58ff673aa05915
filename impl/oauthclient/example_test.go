package oauthclient_test

import (
	"context"
	"fmt"
	"log"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/oauthclient"
)

// A client made with the MCP Go SDK calls the tools of an MCP server that is
// protected. The handler finds the authorization server, registers there, and has
// a person agree in the browser; what it is given it keeps for the next time.
func ExampleHandler() {
	const server = "https://mcp.example.com/mcp"
	path, err := oauthclient.DefaultStorePath()
	if err != nil {
		log.Fatal(err)
	}
	handler, err := oauthclient.NewHandler(oauthclient.HandlerConfig{
		Server:       server,
		Registration: &oauth.ClientMetadata{ClientName: new("Task assistant")},
		Store:        oauthclient.NewFileStore(path),
	})
	if err != nil {
		log.Fatal(err)
	}
	client := mcp.NewClient(&mcp.Implementation{Name: "task-assistant", Version: "1.0.0"}, nil)
	session, err := client.Connect(context.Background(), &mcp.StreamableClientTransport{
		Endpoint: server, HTTPClient: handler.HTTPClient(), OAuthHandler: handler,
	}, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer session.Close()
	tools, err := session.ListTools(context.Background(), nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, tool := range tools.Tools {
		fmt.Println(tool.Name)
	}
}

// A client that acts for nobody but itself proves who it is by its key.
func ExampleHandler_clientCredentials() {
	const privateKey = "-----BEGIN PRIVATE KEY-----…"
	signer, err := oauthclient.ParseKey([]byte(privateKey))
	if err != nil {
		log.Fatal(err)
	}
	handler, err := oauthclient.NewHandler(oauthclient.HandlerConfig{
		Server: "https://mcp.example.com/mcp",
		Grant:  oauthclient.GrantClientCredentials,
		Credentials: []oauthclient.Credentials{{
			Issuer: "https://as.example.com", ClientID: "nightly-report", Key: &oauthclient.Key{Signer: signer},
		}},
	})
	if err != nil {
		log.Fatal(err)
	}
	_ = &mcp.StreamableClientTransport{Endpoint: "https://mcp.example.com/mcp", HTTPClient: handler.HTTPClient(), OAuthHandler: handler}
}

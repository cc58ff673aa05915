package acts

import (
	"cmp"
	"context"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// CommandPatience is how long a client that is a command may run each time, where
// the target sets no limit.
const CommandPatience = 20 * time.Second

// examinesCommand: the client under examination is a program, and not our agent.
func examinesCommand(w *world.World) bool { return len(w.Run.Target.MCPClient.Command) > 0 }

// KeepsMCPClient tells why a client cannot go on in a scenario after it has
// connected.
func KeepsMCPClient(w *world.World) error {
	if examinesCommand(w) {
		return &check.NotApplicable{Reason: "a command is started anew each time, and no rule says that it remembers until then what it was given"}
	}
	return nil
}

// documentsSupported is the member of the metadata that tells whether a document
// may stand for a registration.
const documentsSupported = "client_id_metadata_document_supported"

// HideDocuments has the authorization server know no clients by a document of
// theirs, for a command that may have one on its own account: the server could
// not fetch it.
func HideDocuments(ctx context.Context, w *world.World) error {
	if !examinesCommand(w) {
		return nil
	}
	for _, of := range []control.AnswerOf{control.AuthorizationServerMetadata, control.OpenidConfiguration} {
		if err := Answer(ctx, w, control.Answer{Of: of, Omitted: &[]string{documentsSupported}}); err != nil {
			return err
		}
	}
	return nil
}

// MCPClientRedirectURIs are where the client takes answers, separated by spaces.
func MCPClientRedirectURIs(w *world.World) string {
	return cmp.Or(strings.Join(w.Run.Target.MCPClient.RedirectURIs, " "), "http://127.0.0.1/callback")
}

// start runs the command under examination, as the When of a scenario. Where a
// tool is named, it is the one that the MCP server lists. The client succeeds if
// it says so by its exit code, and the MCP server has let it in.
func start(ctx context.Context, w *world.World, tool string) error {
	setup := world.Part[ExaminedClient](w).Setup
	if setup.ClientID != "" && (setup.Issuer != w.Realm.Issuer || world.Part[otherServer](w) != nil) {
		return &check.NotApplicable{Reason: "a command is given credentials without the authorization server that they are for"}
	}
	if tool != "" {
		if err := w.Change(ctx, control.RealmRequest{Tools: onlyTool(tool)}); err != nil {
			return err
		}
	}
	said, problem := runCommand(ctx, w.Run.Target.MCPClient, setup.Server, told(setup, tool))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	traffic, _, err := w.Traffic(ctx)
	if err != nil {
		return err
	}
	if err := optionalTraffic(w, traffic); err != nil {
		return err
	}
	heard := calls(slices.DeleteFunc(traffic, func(r control.Request) bool { return r.Role != "mcp-server" || r.Path != "/mcp" }))
	if problem == nil && !heard.letIn(tool != "") {
		problem = errors.New("the command ended with exit code 0, but " + heard.missing(tool))
	}
	ended(ctx, w, problem)
	w.Last.Text += "\n" + said
	return heard.speaks(setup.Revision)
}

// onlyTool has the MCP server list one tool, by the name under which clients call
// it that the conformance tests of the Model Context Protocol examine
// (https://github.com/modelcontextprotocol/conformance).
func onlyTool(tool string) *map[string]string { return &map[string]string{"test-tool": tool} }

// The scenarios of the conformance tests of the Model Context Protocol
// (https://github.com/modelcontextprotocol/conformance) that come closest to what
// a command is to do here, so that it does for us what it does for them.
const (
	scenarioDefault       = "auth/metadata-default"
	scenarioStepUp        = "auth/scope-step-up"
	scenarioPreRegistered = "auth/pre-registration"
	scenarioDocument      = "auth/basic-cimd"
	scenarioForItself     = "auth/client-credentials-basic"
	scenarioWithKey       = "auth/client-credentials-jwt"
)

// told is what a command is told by its environment, as the conformance tests of
// the Model Context Protocol tell it.
func told(s world.ClientSetup, tool string) []string {
	scenario := scenarioDefault
	switch {
	case s.Key != nil:
		scenario = scenarioWithKey
	case s.ForItself:
		scenario = scenarioForItself
	case s.ClientID != "":
		scenario = scenarioPreRegistered
	case s.MetadataURL != "":
		scenario = scenarioDocument
	case tool != "":
		scenario = scenarioStepUp
	}
	environment := slices.DeleteFunc(os.Environ(), func(variable string) bool { return strings.HasPrefix(variable, "MCP_CONFORMANCE_") })
	environment = append(environment, "MCP_CONFORMANCE_SCENARIO="+scenario)
	if s.Revision != "" {
		environment = append(environment, "MCP_CONFORMANCE_PROTOCOL_VERSION="+s.Revision)
	}
	if s.ClientID != "" {
		environment = append(environment, "MCP_CONFORMANCE_CONTEXT="+credentials(s, scenario))
	}
	return environment
}

func credentials(s world.ClientSetup, scenario string) string {
	members := map[string]string{"name": scenario, "client_id": s.ClientID, "issuer": s.Issuer}
	if s.Key == nil {
		members["client_secret"] = s.ClientSecret
	} else {
		encoded, _ := x509.MarshalPKCS8PrivateKey(s.Key.Signer()) // fails for no key of ours
		members["private_key_pem"] = string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: encoded}))
		members["signing_algorithm"] = s.Key.Algorithm
	}
	text, _ := json.Marshal(members) // fails for no texts
	return string(text)
}

// optionalTraffic: a command that was told to do what no client has to be able to, and
// does another thing, shows nothing of it.
func optionalTraffic(w *world.World, traffic []control.Request) error {
	s := world.Part[ExaminedClient](w).Setup
	sent := func(path, name, value string) bool {
		return slices.ContainsFunc(traffic, func(r control.Request) bool {
			return r.Path == path && strings.Contains((*r.Parameters)[name], value)
		})
	}
	unsupported := slices.ContainsFunc(answersOf(w), func(a control.Answer) bool {
		return a.Omitted != nil && slices.Contains(*a.Omitted, documentsSupported)
	})
	_, document, _ := strings.Cut(s.MetadataURL, "://") // By http it would be a mistake.
	switch {
	case s.ForItself && !sent("/oauth/token", "grant_type", "client_credentials"):
		return &check.NotApplicable{Reason: "the command does not act for itself, which is optional: it was told the scenario " + scenarioForItself + " and asked for no token by the client credentials grant"}
	case s.MetadataURL != "" && !unsupported && sent("/oauth/authorize", "client_id", "") && !sent("/oauth/authorize", "client_id", document):
		return &check.NotApplicable{Reason: "the command has no client ID metadata document, which is optional: it was told the scenario " + scenarioDocument + " and did not name " + s.MetadataURL}
	}
	return nil
}

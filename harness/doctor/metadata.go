package doctor

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// keys reads the private keys of the clients, and tells whether it could.
func (e *examination) keys() bool {
	for name, client := range e.run.Target.Clients {
		if !world.HasUsableKey(client) {
			e.found(Finding{Name: "key of clients." + name, Status: Error, Key: "clients." + name + ".private_key", Tried: "to read the key",
				CameBack: "no private key", Change: proof.ErrKey.Error()})
		}
	}
	return Worst(e.findings) != Error
}

// metadata finds the authorization server and its metadata, and tells whether a
// run could go on with them.
func (e *examination) metadata(ctx context.Context) bool {
	named := e.run.Target.AuthorizationServer.Issuer != ""
	if err := e.run.FindIssuer(ctx); err != nil {
		e.found(Finding{Name: "authorization server found", Status: Error, Key: "mcp_server.url", Tried: "to find it as a client does, by the metadata of the MCP server",
			CameBack: err.Error(), Change: "correct mcp_server.url, which ends in the path of the endpoint, or give authorization_server.issuer"})
		return false
	}
	issuer := e.run.Target.AuthorizationServer.Issuer
	if issuer == "" {
		e.skipped("metadata", "the target names no authorization server to get tokens from; give authorization_server.issuer")
		return e.run.Discover(ctx) == nil
	}
	if !named {
		e.found(Finding{Name: "authorization server found", Status: OK, Tried: "the metadata of the protected resource", CameBack: issuer})
		if !e.connect(ctx, "authorization server", "authorization_server.issuer", world.OAuthMetadata(issuer)) {
			return false
		}
	}
	return e.document(ctx, issuer) && e.discover(ctx)
}

// document looks at what the metadata say of the issuer.
func (e *examination) document(ctx context.Context, issuer string) bool {
	f := Finding{Name: "metadata", Status: OK, Key: "authorization_server.issuer", Tried: "GET " + world.OAuthMetadata(issuer) + " and " + world.OpenIDConfiguration(issuer)}
	document, err := e.run.DocumentOf(ctx, issuer)
	if err != nil && len(e.run.Target.AuthorizationServer.Metadata) > 0 {
		f.CameBack = "no document; the target file gives " + number(len(e.run.Target.AuthorizationServer.Metadata), "member")
		e.found(f)
		return true
	}
	if err != nil {
		f.Status, f.CameBack = Error, err.Error()
		f.Change = "check the issuer. To examine a server without metadata, give authorization_server.metadata: token_endpoint, authorization_endpoint, grant_types_supported"
		if better := e.betterIssuer(ctx, issuer); better != "" {
			f.Change = "write " + better + ", where metadata are"
		}
		e.found(f)
		return false
	}
	f.CameBack = "a document with " + number(len(document), "member")
	e.found(f)
	return e.issuer(ctx, issuer, document)
}

// issuer compares the issuer of the configuration with that of the metadata,
// which have to be identical (RFC 8414 section 3.3,
// https://www.rfc-editor.org/rfc/rfc8414#section-3.3). A run judges that too:
// here it is a mistake where the other issuer is one that can be examined.
func (e *examination) issuer(ctx context.Context, configured string, document map[string]any) bool {
	named, _ := document["issuer"].(string)
	if corrected, ok := e.run.Target.AuthorizationServer.Metadata["issuer"].(string); ok {
		named = corrected
	}
	f := Finding{Name: "issuer", Status: OK, Key: "authorization_server.issuer", Tried: "to find " + configured + " as issuer in the metadata", CameBack: named}
	if named != configured {
		f.CameBack = fmt.Sprintf("%q, which is not the same: %s", named, unlike(configured, named))
		f.Status, f.Change = Warning, "if the issuer should be "+configured+", start the run: it reports this failure of the server"
		if other, err := e.run.DocumentOf(ctx, named); err == nil && other["issuer"] == named {
			f.Status, f.Change = Error, "write "+named
		}
	}
	e.found(f)
	return f.Status != Error
}

func (e *examination) discover(ctx context.Context) bool {
	err := e.run.Discover(ctx)
	if err != nil {
		e.found(Finding{Name: "metadata", Status: Error, Key: "authorization_server", Tried: "to read the metadata", CameBack: err.Error(), Change: "correct the target"})
	}
	return err == nil
}

// betterIssuer is one near an issuer without metadata that has some: what
// comes before /.well-known/, or the host alone.
func (e *examination) betterIssuer(ctx context.Context, issuer string) string {
	before, after, isDocument := strings.Cut(issuer, "/.well-known/")
	candidates := []string{world.Origin(issuer)}
	if isDocument {
		_, path, _ := strings.Cut(after, "/")
		candidates = []string{before, strings.TrimSuffix(before+"/"+path, "/")}
	}
	for _, candidate := range candidates {
		if document, err := e.run.DocumentOf(ctx, candidate); err == nil && candidate != issuer && document["issuer"] == candidate {
			return candidate
		}
	}
	return ""
}

// unlike tells in which way two URLs that look the same are not.
func unlike(configured, named string) string {
	ours, err := url.Parse(configured)
	theirs, theirErr := url.Parse(named)
	switch {
	case named == "":
		return "the metadata name no issuer"
	case err != nil || theirErr != nil:
		return "it is no URL"
	case strings.TrimSuffix(configured, "/") == strings.TrimSuffix(named, "/"):
		return "one ends with a slash and the other does not"
	case ours.Host == theirs.Host && ours.Path == theirs.Path:
		return "one is " + ours.Scheme + " and the other " + theirs.Scheme
	case ours.Port() == theirs.Port() && isLoopback(ours.Hostname()) && isLoopback(theirs.Hostname()):
		return ours.Hostname() + " and " + theirs.Hostname() + " are the same machine, but issuers are compared as texts"
	case strings.EqualFold(configured, named):
		return "they differ in upper and lower case"
	case ours.Hostname() == theirs.Hostname() && ours.Path == theirs.Path:
		return "the ports differ"
	case ours.Host == theirs.Host:
		return "the paths differ"
	}
	return "the hosts differ"
}

// number says how many things there are.
func number(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

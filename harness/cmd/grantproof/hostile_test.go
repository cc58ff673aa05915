package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	renderer "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/printable"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/store/sql"
)

// poison is what a server sends in the place of every text: controls of a
// terminal, a line that looks like ours, and the links, images and markup of every
// document.
const poison = "x\x1b[2J\x1b]8;;http://evil.example\x07\x1b]52;c;ZXZpbA==\x07\u009b31m\x00\x08\x7f\u202egpj\u2066\u200b\u2028\xff" +
	"\r\n✓ FORGED passed\nFORGED 0 failed\n\n# FORGED\n" +
	"[a](http://evil.example)![b](http://evil.example/i.png)<script>alert(1)</script><img src=http://evil.example onerror=alert(1)><http://evil.example> http://evil.example www.evil.example me@evil.example |x|`y`**z** javascript:alert(1) ]]> &lt;b&gt; \uffff"

// newHostile starts a server that answers everything by text of its own.
func newHostile(t *testing.T) string {
	t.Helper()
	inHeader := strings.Map(func(r rune) rune { // A client of HTTP takes no other header.
		if r < ' ' || r == '\x7f' {
			return -1
		}
		return r
	}, poison)
	server := httptest.NewUnstartedServer(nil)
	server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		base := "http://" + r.Host
		members := map[string]any{"error": poison, "error_description": poison, "title": poison, "detail": poison, "scope": poison, poison: poison}
		status := http.StatusBadRequest
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token", error_description="`+inHeader+`", scope="`+inHeader+`"`)
		w.Header().Set("RateLimit-Policy", inHeader)
		w.Header().Set("X-"+"Hostile", inHeader)
		switch {
		case strings.Contains(r.URL.Path, "/.well-known/oauth-protected-resource"):
			status, members = http.StatusOK, map[string]any{"resource": base + strings.TrimPrefix(r.URL.Path, "/.well-known/oauth-protected-resource"), "authorization_servers": []string{base}, "scopes_supported": []string{poison}, "resource_name": poison}
		case strings.Contains(r.URL.Path, "/.well-known/"):
			status, members = http.StatusOK, map[string]any{"issuer": base, "authorization_endpoint": base + "/authorize", "token_endpoint": base + "/token", "registration_endpoint": base + "/register",
				"introspection_endpoint": base + "/introspect", "revocation_endpoint": base + "/revoke", "jwks_uri": base + "/keys", "scopes_supported": []string{poison, "tasks:read"}, "response_types_supported": []string{"code", poison},
				"grant_types_supported": []string{"authorization_code", "client_credentials", "refresh_token", poison}, "code_challenge_methods_supported": []string{"S256", poison}, "token_endpoint_auth_methods_supported": []string{"client_secret_basic", "none", poison}, poison: poison}
		case r.URL.Path == "/authorize":
			w.Header().Set("Location", "http://127.0.0.1:8765/callback?"+url.Values{"error": {poison}, "error_description": {poison}, "state": {r.FormValue("state")}, "iss": {poison}}.Encode())
			status = http.StatusFound
		case r.URL.Path == "/register":
			status, members = http.StatusCreated, map[string]any{"client_id": poison, "client_secret": poison, "client_name": poison, "redirect_uris": []string{poison}, "registration_client_uri": base + "/c/" + url.PathEscape(poison), "registration_access_token": poison}
		case r.URL.Path == "/token":
			if r.FormValue("scope") == "" {
				status = http.StatusOK
			}
			members["access_token"], members["token_type"] = poison, poison
		case r.URL.Path == "/mcp":
			var message struct{ ID any }
			_ = json.NewDecoder(r.Body).Decode(&message)
			w.Header().Set("Mcp-Session-Id", inHeader)
			status, members = http.StatusOK, map[string]any{"jsonrpc": "2.0", "id": message.ID, "error": map[string]any{"code": -1, "message": poison, "data": poison}}
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(members)
	})
	server.Start()
	t.Cleanup(server.Close)
	return server.URL
}

// hear runs a command with colours, and looks at all that it says.
func hear(t *testing.T, args ...string) string {
	t.Helper()
	var out, problems bytes.Buffer
	code := execute(t.Context(), args, &out, &problems)
	all := out.String() + problems.String()
	if code > 2 || all == "" {
		t.Errorf("%q: exit code %d, said %q", args, code, all)
	}
	checkSaid(t, args[0], all)
	return all
}

var colours = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// checkSaid: nothing moves the cursor, nothing is unseen, and no line is forged.
func checkSaid(t *testing.T, what, said string) {
	t.Helper()
	plain := colours.ReplaceAllString(said, "")
	if printable.Text(plain) != plain {
		t.Errorf("%s: a control reaches the terminal: %q", what, firstUnseen(plain))
	}
	for line := range strings.Lines(plain) {
		if start := strings.TrimLeft(line, " ✓"); strings.HasPrefix(start, "FORGED") {
			t.Errorf("%s: a server forged the line %q", what, line)
		}
	}
}

func firstUnseen(text string) string {
	for line := range strings.Lines(text) {
		if printable.Text(line) != line {
			return line
		}
	}
	return ""
}

// No text of a server that is examined reaches a terminal or a document with a
// meaning of its own, by any command.
func TestHostileServer(t *testing.T) {
	t.Setenv("CLICOLOR_FORCE", "1")
	t.Setenv("TERM", "xterm-256color")
	server, folder := newHostile(t), t.TempDir()
	target := filepath.Join(folder, "hostile.target.yaml")
	content := "name: " + `"hostile\u001b[2J\u202e\n✓ FORGED [a](http://evil.example)"` + "\nauthorization_server: {issuer: " + server + "}\nresource_server: {url: " + server + "/api, probes: [{method: GET, path: /x, scope: \"tasks:read\"}]}\nmcp_server: {url: " + server + "/mcp, tools: [{name: list_tasks, arguments: {}, scope: \"tasks:read\"}]}\n" +
		"clients:\n  confidential: {client_id: a, client_secret: \"${GRANTPROOF_TEST_SECRET}\", scope: \"tasks:read\", redirect_uris: [\"http://127.0.0.1:8765/callback\"]}\n  public: {client_id: b, redirect_uris: [\"http://127.0.0.1:8765/callback\"]}\n"
	if err := os.WriteFile(target, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GRANTPROOF_TEST_SECRET", "the-secret-of-a-client")
	report := func(ending string) string { return filepath.Join(folder, "report."+ending) }
	text := hear(t, "run", "--target", target, "--no-doctor", "--report", report("html"), "--report", report("md"), "--report", report("xml"), "--report", report("json"))
	if !strings.Contains(text, "FORGED") {
		t.Errorf("the run tells nothing of what the server said: %s", text)
	}
	hear(t, "run", "--target", target, "--only", "authorization_server/metadata*")
	hear(t, "doctor", "--target", target)
	hear(t, "doctor", "--target", target, "--json")
	hear(t, "run", "--targets", folder, "--no-doctor", "--only", "authorization_server/*", "--report", filepath.Join(folder, "targets.md"), "--report", filepath.Join(folder, "targets.html"))
	hear(t, "compare", report("json"), report("json"), "--report", filepath.Join(folder, "changes.md"), "--report", filepath.Join(folder, "changes.html"))
	written := filepath.Join(folder, "new", "target.yaml")
	if err := os.Mkdir(filepath.Dir(written), 0o700); err != nil {
		t.Fatal(err)
	}
	hear(t, "init", "--issuer", server, "--yes", "-o", written)
	hear(t, "init", "--mcp", server+"/mcp", "--yes", "--force", "-o", written)
	if file, err := os.ReadFile(written); err != nil || printable.Text(string(file)) != string(file) {
		t.Errorf("the target file: %v: %q", err, firstUnseen(string(file)))
	}
	t.Setenv("AUTH_SERVER_URL", server)
	t.Setenv("RESOURCE_SERVER_URL", server)
	t.Setenv("CLIENT_ID", "a")
	t.Setenv("CLIENT_SECRET", "the-secret-of-a-client")
	hear(t, "agent", "list-tasks")
	hear(t, "agent", "list-tasks", "--mcp", server+"/mcp", "--credentials", "none", "--grant", "client_credentials", "--client-id", "a", "--issuer", server)
	hear(t, "demo", "--authserver", server, "--resourceserver", server)

	for _, name := range []string{"report.md", "targets.md", "changes.md"} {
		checkMarkdown(t, filepath.Join(folder, name))
	}
	for _, name := range []string{"report.html", "targets.html", "changes.html"} {
		checkHTML(t, filepath.Join(folder, name))
	}
	checkXML(t, report("xml"))
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil || len(content) == 0 {
		t.Fatalf("%s: %v", name, err)
	}
	return content
}

// checkMarkdown renders a file as a host of code does, which lets HTML through.
func checkMarkdown(t *testing.T, name string) {
	t.Helper()
	content := read(t, name)
	checkSaid(t, name, string(content))
	var page bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(renderer.WithUnsafe())).Convert(content, &page); err != nil {
		t.Fatal(err)
	}
	checkPage(t, name, page.Bytes(), 0)
}

func checkHTML(t *testing.T, name string) {
	t.Helper()
	content := read(t, name)
	if text := string(content); printable.Text(text) != text { // Lines of its source are no lines of the page.
		t.Errorf("%s: %q", name, firstUnseen(text))
	}
	checkPage(t, name, content, 1)
}

// checkPage: nothing of the page is the server's but text.
func checkPage(t *testing.T, name string, page []byte, scripts int) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for node := range root.Descendants() {
		if node.Type != html.ElementNode {
			continue
		}
		switch node.Data {
		case "script":
			scripts--
		case "img", "iframe", "object", "embed", "base", "meta":
			for _, attribute := range node.Attr {
				if strings.Contains(attribute.Val, "evil") {
					t.Errorf("%s: %s %v", name, node.Data, node.Attr)
				}
			}
			if node.Data != "meta" {
				t.Errorf("%s holds %s %v", name, node.Data, node.Attr)
			}
		}
		for _, attribute := range node.Attr {
			active := attribute.Key == "href" || attribute.Key == "src" || attribute.Key == "action"
			if strings.HasPrefix(attribute.Key, "on") || active && (strings.Contains(attribute.Val, "evil") || strings.HasPrefix(attribute.Val, "javascript:")) {
				t.Errorf("%s: %s has %v", name, node.Data, attribute)
			}
		}
	}
	if scripts < 0 {
		t.Errorf("%s: a script is not ours", name)
	}
}

// checkXML: a strict parser reads it, so that every character is one of XML 1.0.
func checkXML(t *testing.T, name string) {
	t.Helper()
	content := read(t, name)
	checkSaid(t, name, string(content))
	for decoder := xml.NewDecoder(bytes.NewReader(content)); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

// What came into a store before there were rules about names, or by another way, is
// one row of a list all the same.
func TestHostileStore(t *testing.T) {
	location := "sqlite:" + filepath.Join(t.TempDir(), "store.db")
	db, err := sql.Open(t.Context(), location, sql.Options{})
	if err != nil {
		t.Fatal(err)
	}
	root, err := realm.Open(db)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ToValidUTF8(strings.ReplaceAll(poison, "\x00", ""), "?")
	client := store.Client{ID: text, AuthMethod: text, GrantTypes: []string{text}, SelfRegistered: true, ClientMetadata: store.ClientMetadata{Name: text}}
	now := time.Now()
	for _, err := range []error{
		root.Store().PutClient(t.Context(), client),
		root.Store().PutUser(t.Context(), store.User{ID: "user-1", Username: text, Email: text}),
		root.Store().PutEvents(t.Context(), []store.Event{{At: now, ExpiresAt: now.Add(time.Hour), Name: audit.ClientRegistered, ClientID: text, UserID: text, Address: text, GrantType: text, Reason: text}}),
		db.Close(),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"clients", "list"}, {"users", "list"}, {"audit"}, {"audit", "--json"}} {
		if rows := hear(t, append(args, "--store", location)...); strings.Count(rows, "\n") != 1 {
			t.Errorf("%q: more than a row: %s", args, rows)
		}
	}
	for _, name := range []string{text, "", "a\nb"} {
		if answer := hear(t, "users", "add", "--store", location, "--", name); !strings.Contains(answer, "user name") {
			t.Errorf("the user %q was added: %s", name, answer)
		}
	}
	hear(t, "users", "remove", "--store", location, "--", "nobody"+text)
	hear(t, "clients", "remove", "--store", location, "--", "nobody"+text)
	added := filepath.Join(t.TempDir(), "client.json")
	metadata, _ := json.Marshal(map[string]any{"client_name": text, "redirect_uris": []string{"https://a.example/cb"}})
	if err := os.WriteFile(added, metadata, 0o600); err != nil {
		t.Fatal(err)
	}
	if answer := hear(t, "clients", "add", "--store", location, "--file", added); !strings.Contains(answer, "client_name") {
		t.Errorf("the client was added: %s", answer)
	}
}

package impl_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

// written is a file of lines that is written and read at the same time.
type written struct {
	mu    sync.Mutex
	lines bytes.Buffer
}

func (w *written) Write(line []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lines.Write(line)
}

func (w *written) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lines.String()
}

// visitor does everything that is kept record of, and remembers the secrets
// that it sent and got.
type visitor struct {
	*testing.T
	f       *impl.Fixture
	secrets []string
}

func (v *visitor) post(path, body string, headers ...string) map[string]any {
	v.Helper()
	media := form
	if strings.HasPrefix(body, "{") {
		media = "application/json"
	}
	_, _, content := send(v.T, "POST", v.f.Issuer+path, media, body, headers...)
	var answer map[string]any
	_ = json.Unmarshal([]byte(content), &answer)
	for _, name := range []string{"access_token", "refresh_token", "code", "client_secret", "registration_access_token"} {
		if secret, ok := answer[name].(string); ok {
			v.secrets = append(v.secrets, secret)
		}
	}
	return answer
}

const byWebApp = "&client_id=web-app&client_secret=webapp-secret-abcdef"

func (v *visitor) useGrants() {
	v.post("/oauth/token", "grant_type=client_credentials&client_id=mcp-task-manager&client_secret=mcp-secret-12345")
	v.post("/oauth/token", "grant_type=client_credentials&client_id=mcp-task-manager&client_secret=canary-wrong-secret")
	v.post("/oauth/token", "grant_type=client_credentials&client_id=canary-as-client-id&client_secret=canary-wrong-secret")
	v.post("/oauth/token", "grant_type=canary-grant-type"+byWebApp)
	approve := `{"client_id":"web-app","user_id":"user-123","redirect_uri":"http://localhost:3000/callback"}`
	code := v.post("/oauth/authorize", approve)["code"]
	redeem := fmt.Sprintf("grant_type=authorization_code&code=%s&redirect_uri=%s", code, url.QueryEscape("http://localhost:3000/callback")) + byWebApp
	tokens := v.post("/oauth/token", redeem)
	refresh := fmt.Sprintf("grant_type=refresh_token&refresh_token=%s", tokens["refresh_token"]) + byWebApp
	v.post("/oauth/introspect", fmt.Sprintf("token=%s&client_id=mcp-task-manager&client_secret=mcp-secret-12345", tokens["access_token"]))
	v.post("/oauth/introspect", fmt.Sprintf("token=%s&client_id=web-app&client_secret=canary-wrong-secret", tokens["access_token"]))
	v.post("/oauth/token", refresh)
	v.post("/oauth/token", refresh) // Reused.
	v.post("/oauth/token", redeem)  // Reused too.
	v.post("/oauth/revoke", fmt.Sprintf("token=%s", tokens["access_token"])+byWebApp)
	v.post("/oauth/revoke", "token=canary-token&client_id=nobody")
}

func (v *visitor) usePages() {
	wrong, cookie := formOn(v.T, v.f.Issuer+"/sign-in", "")
	wrong.Set("username", "demo-user")
	wrong.Set("password", "canary-wrong-password")
	for range 6 {
		v.post("/sign-in", wrong.Encode(), "Cookie", cookie)
	}
	v.f.Realms.Root().Clock.Advance(time.Hour)
	for _, decision := range []string{"approve", "deny"} {
		v.f.Realms.Root().Store().DeleteConsent(v.Context(), "user-123", "web-app")
		fields, cookie := consentForm(v.T, v.f)
		fields.Set("decision", decision)
		v.post("/consent", fields.Encode(), "Cookie", cookie)
		v.post("/account/grants", url.Values{"csrf": fields["csrf"], "client_id": {"web-app"}}.Encode(), "Cookie", cookie)
		v.post("/sign-out", url.Values{"csrf": fields["csrf"]}.Encode(), "Cookie", cookie)
		v.secrets = append(v.secrets, fields.Get("csrf"), strings.TrimPrefix(cookie, "grantproof="))
	}
}

func (v *visitor) useRegistration() {
	made := v.post("/oauth/register", `{"redirect_uris":["https://app.example/callback"]}`)
	path := strings.TrimPrefix(fmt.Sprint(made["registration_client_uri"]), v.f.Issuer)
	bearer := fmt.Sprint("Bearer ", made["registration_access_token"])
	v.post("/oauth/register", `{"redirect_uris":["canary-redirect-uri"]}`)
	send(v.T, "GET", v.f.Issuer+path, "", "", "Authorization", "Bearer canary-registration-token")
	_, _, content := send(v.T, "PUT", v.f.Issuer+path, "application/json",
		fmt.Sprintf(`{"client_id":%q,"redirect_uris":["https://app.example/other"]}`, made["client_id"]), "Authorization", bearer)
	var updated map[string]any
	if err := json.Unmarshal([]byte(content), &updated); err != nil {
		v.Fatal(content)
	}
	v.secrets = append(v.secrets, fmt.Sprint(updated["registration_access_token"]))
	send(v.T, "DELETE", v.f.Issuer+path, "", "", "Authorization", fmt.Sprint("Bearer ", updated["registration_access_token"]))
}

// Every decision is a line at once and a row in the store after a moment, and
// neither ever holds a secret.
func TestAudit(t *testing.T) {
	lines := &written{}
	f, err := impl.Start(impl.Config{
		AuthServer: "127.0.0.1:0", Store: "sqlite:" + filepath.Join(t.TempDir(), "store.db"), Audit: lines, AuditKept: time.Hour,
		Policy: realm.Policy{Documented: true, Registration: realm.RegistrationOpen},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	v := &visitor{T: t, f: f, secrets: []string{"canary", "mcp-secret-12345", "webapp-secret-abcdef", realm.DemoPassword}}
	v.useGrants()
	v.usePages()
	v.useRegistration()
	if err := realm.RotateKept(t.Context(), f.Realms.Root().Store(), "ES256", time.Now()); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); !strings.Contains(lines.String(), audit.KeyRotated) && time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
	}
	if err := f.Realms.Root().Audit.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	events, err := f.Realms.Root().Store().Events(t.Context(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	rows := fmt.Sprintf("%+v", events)
	for _, secret := range v.secrets {
		if len(secret) < 6 || strings.Contains(lines.String(), secret) || strings.Contains(rows, secret) {
			t.Errorf("the record holds the secret %q", secret)
		}
	}
	for _, name := range []string{
		audit.TokenIssued, audit.TokenRefused, audit.CodeIssued, audit.CodeReused, audit.RefreshReused, audit.TokenRevoked, audit.RevokeRefused,
		audit.AskingRefused, audit.ConsentGiven, audit.ConsentDenied, audit.ConsentEnded, audit.SignedIn, audit.SignInFailed, audit.SignInLocked,
		audit.SignedOut, audit.ClientFailed, audit.ClientRegistered, audit.RegistrationRefused, audit.ClientUpdated, audit.ClientDeleted,
		audit.ManagementRefused, audit.KeyRotated,
	} {
		if !strings.Contains(lines.String(), `"event":"`+name+`"`) {
			t.Errorf("no line says %s", name)
		}
		if !slices.ContainsFunc(events, func(e store.Event) bool { return e.Name == name }) {
			t.Errorf("no row says %s", name)
		}
	}
	checkWhole(t, events)
}

// checkWhole looks whether events say all that is known.
func checkWhole(t *testing.T, events []store.Event) {
	t.Helper()
	for name, whole := range map[string]func(store.Event) bool{
		audit.TokenIssued: func(e store.Event) bool {
			return e.GrantType == "refresh_token" && e.UserID == "user-123" && e.GrantID != ""
		},
		audit.TokenRefused: func(e store.Event) bool {
			return e.ClientID == "web-app" && e.Reason == "unsupported_grant_type" || e.Reason == "invalid_client"
		},
		audit.RefreshReused: func(e store.Event) bool { return e.ClientID == "web-app" && e.UserID == "user-123" && e.GrantID != "" },
		audit.SignInFailed:  func(e store.Event) bool { return e.UserID == "user-123" && e.Address == "127.0.0.1" },
		audit.ClientFailed:  func(e store.Event) bool { return e.ClientID == "mcp-task-manager" && e.Reason == "invalid_client" },
		audit.ConsentEnded:  func(e store.Event) bool { return e.ClientID == "web-app" && e.UserID == "user-123" },
	} {
		if !slices.ContainsFunc(events, func(e store.Event) bool { return e.Name == name && whole(e) }) {
			t.Errorf("no %s says all that is known", name)
		}
	}
}

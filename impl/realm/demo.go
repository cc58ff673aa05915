package realm

import (
	"context"
	"errors"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// The secrets of the demo are public: they are printed in the documentation.
const (
	demoUser = "user-123"
	// DemoPassword is with what the demo user signs in.
	DemoPassword = "demo-password-13579"
	// demoPasswordHash is made of it beforehand, so that no realm waits for it.
	demoPasswordHash = "$argon2id$v=19$m=19456,t=2,p=1$E1ZcNr3EHdh6oSWJVQzg7g$w4RSzDri0JXXXou5lV7C3DO/m4PI9K0IfZWt380roHs"
	// DemoResourceSecret is the secret of the client task-api in the demo.
	DemoResourceSecret = "task-api-secret-24680"
	// DemoMCPSecret is the secret of the client task-mcp in the demo.
	DemoMCPSecret = "task-mcp-secret-97531"
)

var demoClients = []struct {
	id, name, secret string
	grants           []string
	scope            token.Scope
	redirects        []string
	actsFor          []string
}{
	{id: "mcp-task-manager", name: "MCP task manager", secret: "mcp-secret-12345", grants: []string{"client_credentials"},
		scope: Scopes[:2], actsFor: []string{demoUser}},
	{id: "ai-agent-assistant", name: "AI agent assistant", secret: "agent-secret-67890", grants: []string{"client_credentials"},
		scope: Scopes[:3], actsFor: []string{demoUser}},
	{id: "web-app", name: "Task web app", secret: "webapp-secret-abcdef", grants: []string{"authorization_code", "refresh_token"},
		scope: Scopes, redirects: []string{"http://localhost:3000/callback"}},
}

// seedDemo writes the documented clients, and the user and the two tasks where
// they were not written before: what became of them is kept.
func seedDemo(r *Realm, resourceSecret string) error {
	ctx := context.Background()
	errs := []error{seedUser(ctx, r), putResourceClient(r, resourceSecret)}
	for _, demo := range demoClients {
		hash := token.HashOf(demo.secret)
		errs = append(errs, r.Store().PutClient(ctx, store.Client{
			ID: demo.id, ClientMetadata: store.ClientMetadata{Name: demo.name}, Secret: &hash, AuthMethod: "client_secret_basic", GrantTypes: demo.grants,
			RedirectURIs: demo.redirects, Scope: demo.scope, ActsFor: demo.actsFor, Demo: true,
		}))
	}
	return errors.Join(append(errs, seedTasks(ctx, r))...)
}

func seedUser(ctx context.Context, r *Realm) (err error) {
	r.Password = DemoPassword
	r.User, err = r.Store().User(ctx, demoUser)
	if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	r.User = store.User{ID: demoUser, Username: "demo-user", Email: "demo@example.com", PasswordHash: demoPasswordHash,
		Preferences: map[string]string{"theme": "light", "notifications": "on"}}
	return r.Store().PutUser(ctx, r.User)
}

// seedTasks writes the tasks once, whichever replica comes first.
func seedTasks(ctx context.Context, r *Realm) error {
	now := r.Clock.Now().Truncate(time.Second)
	err := r.Store().Mark(ctx, "the demo's tasks were written", now.AddDate(1000, 0, 0))
	if errors.Is(err, store.ErrUsed) {
		return nil
	}
	errs := []error{err}
	for _, task := range []store.Task{
		{Title: "Learn OAuth 2.0", Description: "Understand grants, tokens and scopes", Status: "in_progress", CreatedAt: now.Add(-48 * time.Hour)},
		{Title: "Build demo project", Description: "An authorization server, a resource server and an MCP server", Status: "completed", CreatedAt: now.Add(-24 * time.Hour)},
	} {
		task.UserID, task.CreatedBy = demoUser, "web-app"
		_, err := r.Store().CreateTask(ctx, task)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

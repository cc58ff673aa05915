package resourceserver

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"github.com/grantproof/grantproof/generated/resourceserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// The users of a realm, and whose tokens there are.
var (
	ofUser   = token.Access{Subject: "alice", ClientID: "app"}
	ofBot    = token.Access{Subject: "bot", ClientID: "bot"}
	ofLoner  = token.Access{Subject: "loner", ClientID: "loner"}
	ofNobody = token.Access{Subject: "gone", ClientID: "gone"}
	ofActor  = token.Access{Subject: "bot", ClientID: "app", Actor: &token.Actor{Subject: "app"}}
	forUser  = token.Access{Subject: "alice", ClientID: "app", Actor: &token.Actor{Subject: "app"}}
)

// aRealm has two users, a client that acts for both and one that acts for none.
func aRealm(t *testing.T) *realm.Realm {
	t.Helper()
	realms, err := realm.New(realm.Options{Issuer: "https://as.example.com", Resource: "https://api.example.com"})
	if err != nil {
		t.Fatal(err)
	}
	s := realms.Root().Store()
	if err := errors.Join(
		s.PutUser(t.Context(), store.User{ID: "alice", Username: "alice", Email: "a@example.com", Preferences: map[string]string{"theme": "dark"}}),
		s.PutUser(t.Context(), store.User{ID: "bob", Username: "bob"}),
		s.PutClient(t.Context(), store.Client{ID: "bot", ActsFor: []string{"bob", "alice"}}),
		s.PutClient(t.Context(), store.Client{ID: "loner"}),
	); err != nil {
		t.Fatal(err)
	}
	return realms.Root()
}

func with(t *testing.T, r *realm.Realm, access token.Access) context.Context {
	t.Helper()
	return context.WithValue(realm.With(t.Context(), r), accessKey{}, access)
}

func statusOf(err error) int {
	if refused := new(wire.Error); errors.As(err, &refused) {
		return refused.StatusCode()
	}
	return 0
}

// A token reaches its user, or those that its client acts for; the first of them is meant
// where a task names none.
func TestWhoseTasks(t *testing.T) {
	s := &Server{}
	for name, test := range map[string]struct {
		access token.Access
		userID *string
		of     string // Whose task it becomes; empty: refused.
	}{
		"a user":                     {ofUser, nil, "alice"},
		"a user, named":              {ofUser, new("alice"), "alice"},
		"a user, for another":        {ofUser, new("bob"), ""},
		"a client":                   {ofBot, nil, "bob"},
		"a client, for a user":       {ofBot, new("alice"), "alice"},
		"a client, for an unknown":   {ofBot, new("carol"), ""},
		"a client for nobody":        {ofLoner, nil, ""},
		"a client that is gone":      {ofNobody, nil, ""},
		"somebody for a client":      {ofActor, nil, "bob"},
		"somebody for a user":        {forUser, nil, "alice"},
		"somebody for another user":  {forUser, new("bob"), ""},
		"a client for the empty one": {ofLoner, new(""), ""},
	} {
		ctx := with(t, aRealm(t), test.access)
		answer, err := s.CreateTask(ctx, resourceserver.CreateTaskRequestObject{Body: &resourceserver.CreateTaskJSONRequestBody{Title: "t", UserID: test.userID}})
		created, _ := answer.(resourceserver.CreateTask201JSONResponse)
		if created.Body.UserID != test.of || (statusOf(err) == http.StatusBadRequest) != (test.of == "") {
			t.Errorf("%s: it is a task of %q, %v", name, created.Body.UserID, err)
		}
	}
}

// A change names the members that change; the others stay.
func TestUpdateTask(t *testing.T) {
	s, r := &Server{}, aRealm(t)
	ctx := with(t, r, ofUser)
	create := func(status *resourceserver.TaskStatus) resourceserver.Task {
		t.Helper()
		answer, err := s.CreateTask(ctx, resourceserver.CreateTaskRequestObject{Body: &resourceserver.CreateTaskJSONRequestBody{Title: "title", Description: new("text"), Status: status}})
		if err != nil {
			t.Fatal(err)
		}
		return answer.(resourceserver.CreateTask201JSONResponse).Body
	}
	if status := create(nil).Status; status != resourceserver.Pending {
		t.Errorf("a new task is %s", status)
	}
	id := create(new(resourceserver.InProgress)).ID
	for _, step := range []struct {
		change resourceserver.UpdateTaskJSONRequestBody
		want   [3]string
	}{
		{resourceserver.UpdateTaskJSONRequestBody{}, [3]string{"title", "text", "in_progress"}},
		{resourceserver.UpdateTaskJSONRequestBody{Title: new("other")}, [3]string{"other", "text", "in_progress"}},
		{resourceserver.UpdateTaskJSONRequestBody{Description: new("")}, [3]string{"other", "", "in_progress"}},
		{resourceserver.UpdateTaskJSONRequestBody{Status: new(resourceserver.Completed)}, [3]string{"other", "", "completed"}},
	} {
		if _, err := s.UpdateTask(ctx, resourceserver.UpdateTaskRequestObject{ID: id, Body: &step.change}); err != nil {
			t.Fatal(err)
		}
		answer, err := s.GetTask(ctx, resourceserver.GetTaskRequestObject{ID: id})
		if err != nil {
			t.Fatal(err)
		}
		task := answer.(resourceserver.GetTask200JSONResponse)
		if got := [3]string{task.Title, task.Description, string(task.Status)}; got != step.want {
			t.Errorf("the task is %q, want %q", got, step.want)
		}
	}
	for name, ctx := range map[string]context.Context{"of another user": with(t, r, token.Access{Subject: "bob", ClientID: "app"}), "of a client for nobody": with(t, r, ofLoner)} {
		if _, err := s.GetTask(ctx, resourceserver.GetTaskRequestObject{ID: id}); statusOf(err) != http.StatusNotFound {
			t.Errorf("a token %s: %v", name, err)
		}
	}
	if _, err := s.GetTask(ctx, resourceserver.GetTaskRequestObject{ID: "none"}); statusOf(err) != http.StatusNotFound {
		t.Errorf("a task that does not exist: %v", err)
	}
	if err := missing(store.ErrUnavailable); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("a store that is down becomes %v", err)
	}
}

// A token reaches one user, of whom a change names what changes.
func TestUser(t *testing.T) {
	s := &Server{}
	for name, test := range map[string]struct {
		access token.Access
		user   string // Empty: there is none.
	}{
		"a user": {ofUser, "alice"}, "a client": {ofBot, "bob"}, "a client for nobody": {ofLoner, ""}, "a user who is gone": {token.Access{Subject: "carol", ClientID: "app"}, ""},
	} {
		answer, err := s.GetUser(with(t, aRealm(t), test.access), resourceserver.GetUserRequestObject{})
		user, _ := answer.(resourceserver.GetUser200JSONResponse)
		if user.ID != test.user || (statusOf(err) == http.StatusNotFound) != (test.user == "") {
			t.Errorf("%s: it is %q, %v", name, user.ID, err)
		}
	}
	ctx := with(t, aRealm(t), ofUser)
	for _, step := range []struct {
		change       resourceserver.UpdateUserJSONRequestBody
		email, theme string
	}{
		{resourceserver.UpdateUserJSONRequestBody{}, "a@example.com", "dark"},
		{resourceserver.UpdateUserJSONRequestBody{Email: new("b@example.com")}, "b@example.com", "dark"},
		{resourceserver.UpdateUserJSONRequestBody{Preferences: &resourceserver.Preferences{"theme": "light"}}, "b@example.com", "light"},
	} {
		answer, err := s.UpdateUser(ctx, resourceserver.UpdateUserRequestObject{Body: &step.change})
		if err != nil {
			t.Fatal(err)
		}
		if user := answer.(resourceserver.UpdateUser200JSONResponse); user.Email != step.email || user.Preferences["theme"] != step.theme {
			t.Errorf("the user is %+v", user)
		}
	}
}

package fault

import (
	"context"
	"net/http"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/password"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Fault{
	{
		Name:     "password-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1/owner-verified"},
		Summary:  "An existing user can sign in with any password.",
		Rules:    seam.Instead(authserver.PasswordMatches, func(context.Context, password.Asker, string, string) (bool, error) { return true, nil }),
	},
	{
		Name:     "sign-out-ineffective",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1/owner-verified"},
		Summary:  "A person who signs out stays signed in.",
		Request: func(r *http.Request) {
			if r.URL.Path == "/sign-out" {
				r.Method = http.MethodGet
			}
		},
	},
	{
		Name:     "password-guessing-unlimited",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.10/user-credentials"},
		Summary:  "Guesses of a password are not limited.",
		Rules: seam.Instead(authserver.PasswordGuess, func(ctx context.Context, _ *realm.Realm, _ string, judge func(context.Context, bool) (realm.Verdict, error)) error {
			_, err := judge(ctx, false)
			return err
		}),
	},
	{
		Name:     "known-users-told",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.10/users-not-told"},
		Summary:  "The response to a wrong password differs if the user exists.",
		Answer:   tellKnownUser,
	},
})

// tellKnownUser says of a wrong password that it is wrong, where the user exists.
func tellKnownUser(request *http.Request, r *seam.Response) {
	if request.URL.Path != "/sign-in" || r.Status != http.StatusForbidden {
		return
	}
	ctx := request.Context()
	if _, err := realm.From(ctx).Store().UserByName(ctx, wire.FromContext(ctx).Parameters.Get("username")); err == nil {
		seam.Replaced("The user name or the password is wrong", "The password is wrong")(r)
	}
}

package agent

import (
	"context"
	"fmt"

	"github.com/grantproof/grantproof/generated/resourceserver"
	"github.com/grantproof/grantproof/impl/oauthclient"
	"github.com/grantproof/grantproof/impl/printable"
)

func getUser(ctx context.Context, a *Agent, _ map[string]string) (Result, error) {
	user, err := oauthclient.Decode[resourceserver.User](a.api.GetUser(ctx))
	if err != nil {
		return Result{}, err
	}
	return Result{Sentence: fmt.Sprintf("The user is %s, %s.", printable.Line(user.Username), printable.Line(user.Email)), Data: user}, nil
}

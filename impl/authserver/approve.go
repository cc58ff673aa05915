package authserver

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/redirecturi"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// documentedCodeLifetime gives a person time to copy the code into the next
// command; it is the longest that RFC 6749 section 4.1.2 allows
// (https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2).
const documentedCodeLifetime = 10 * time.Minute

// approve is the documented direct approval: a code without a person. The
// guard lets JSON reach it under the documented policy only.
func approve(ctx context.Context, request authserver.ApprovalRequest) (authserver.AuthorizeByPostResponseObject, error) {
	if !redirecturi.IsLoopback(audit.About(ctx).Address) {
		return nil, &wire.Error{Status: http.StatusForbidden, Code: "access_denied",
			Description: "direct approval is for the machine that the server runs on"}
	}
	code, err := approved(ctx, request)
	if err != nil {
		return nil, err
	}
	return authserver.AuthorizeByPost200JSONResponse{
		Body:    authserver.ApprovalResponse{Code: code.secret, RedirectURI: code.redirectURI},
		Headers: authserver.AuthorizeByPost200ResponseHeaders{CacheControl: "no-store"},
	}, nil
}

// isApproval tells a request for direct approval from one for a page: it has a
// body of JSON. A page of another origin must not send one in the name of the
// person who looks at it.
func isApproval(r *http.Request) bool {
	media, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	return r.Method == http.MethodPost && r.URL.Path == "/oauth/authorize" && strings.EqualFold(strings.TrimSpace(media), wire.JSON)
}

type approval struct{ secret, redirectURI string }

func approved(ctx context.Context, request authserver.ApprovalRequest) (approval, error) {
	r := realm.From(ctx)
	to, err := destinationOf(ctx, authserver.AuthorizationRequest{ClientID: request.ClientID, RedirectURI: request.RedirectURI})
	if err != nil {
		return approval{}, err
	}
	if !to.client.Demo {
		return approval{}, unauthorizedClient("direct approval is for the demo clients")
	}
	user, err := r.Store().User(ctx, value(request.UserID))
	if errors.Is(err, store.ErrNotFound) {
		return approval{}, wire.InvalidRequest("user_id names no user")
	}
	if err != nil {
		return approval{}, err
	}
	scope, refused := RequestedScope.In(r)(to.client, request.Scope)
	if refused != nil {
		return approval{}, refused
	}
	secret, err := newCode(ctx, store.Grant{ClientID: to.client.ID, UserID: user.ID, Scope: scope, Resources: []string{r.Resource}},
		store.Code{RedirectURI: to.redirectURI, RedirectURIGiven: request.RedirectURI != nil}, documentedCodeLifetime)
	return approval{secret, to.redirectURI}, err
}

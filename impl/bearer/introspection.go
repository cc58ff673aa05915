package bearer

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/strictjson"
	"github.com/grantproof/grantproof/impl/token"
)

// introspect asks the issuer (RFC 7662 section 2.1,
// https://www.rfc-editor.org/rfc/rfc7662#section-2.1). Where it cannot be
// asked, nobody gets in.
func (v *Verifier) introspect(ctx context.Context, at Resource, i *issuer, raw string) (token.Access, error) {
	form := url.Values{"token": {raw}, "token_type_hint": {"access_token"}}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, *i.metadata.IntrospectionEndpoint, strings.NewReader(form.Encode()))
	if err != nil {
		return token.Access{}, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.SetBasicAuth(url.QueryEscape(at.Client.ID), url.QueryEscape(at.Client.Secret))
	var text json.RawMessage
	err = v.fetch(request, &text)
	answer, malformed := IntrospectionResponse.In(at)(text)
	if err := cmp.Or(err, malformed); err != nil {
		v.log.WarnContext(ctx, "a token could not be introspected", "issuer", at.Issuer, "error", err)
		return token.Access{}, unavailable()
	}
	return Introspected.In(at)(at, answer)
}

// IntrospectionResponse reads an introspection response. The names of its members are
// case-sensitive (RFC 7662 section 3.1.1,
// https://www.rfc-editor.org/rfc/rfc7662#section-3.1.1).
var IntrospectionResponse = rule.New(func(text []byte) (answer oauth.IntrospectionResponse, err error) {
	err = strictjson.Unmarshal(text, &answer)
	return answer, err
})

// Introspected is what the issuer says of a token, which is valid only where it says
// that it is active (RFC 7662 section 2.2,
// https://www.rfc-editor.org/rfc/rfc7662#section-2.2).
var Introspected = rule.New(func(at Resource, answer oauth.IntrospectionResponse) (token.Access, error) {
	if !answer.Active {
		return token.Access{}, errors.New("the issuer says that the token is not active")
	}
	scope, ok := token.ParseScope(text(answer.Scope))
	if !ok || answer.Sub == nil || answer.ClientID == nil {
		return token.Access{}, errors.New("the introspection response lacks what it needs to say")
	}
	if answer.Exp != nil && !at.Clock.Now().Before(time.Unix(*answer.Exp, 0)) {
		return token.Access{}, errors.New("the token expired")
	}
	return token.Access{Subject: *answer.Sub, ClientID: *answer.ClientID, Scope: scope, Actor: token.ShownActor(answer.Act)}, nil
})

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

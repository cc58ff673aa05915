package acts

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/world"
)

func pageLinks(answer *exchange.Exchange, want string) error {
	var links []string
	for _, address := range answer.Addresses() {
		links = append(links, address.String())
	}
	if want != "" && slices.Contains(links, want) {
		return nil
	}
	return check.Fail(fmt.Sprintf("a page with links to %q", links), "a page with a link to "+want)
}

// showsLogo: the image is part of the page, or the page says where it is.
func showsLogo(answer *exchange.Exchange, logo *Picture) error {
	if logo == nil {
		return ErrNoPicture
	}
	for _, address := range answer.Addresses() {
		_, encoded, _ := strings.Cut(address.Opaque, ";base64,")
		content, _ := base64.StdEncoding.DecodeString(encoded)
		if address.String() == logo.URL() || bytes.Equal(content, logo.Content) {
			return nil
		}
	}
	return check.Fail("a page without the logo", "a page with the logo")
}

// statesPart: the response has a scope that is less than what was asked for,
// as the resource owner granted less (RFC 6749 section 3.3,
// https://www.rfc-editor.org/rfc/rfc6749#section-3.3).
func statesPart(_ context.Context, w *world.World) error {
	person := w.Browser.Person
	if person == nil || person.Allowed == "" {
		return &check.NotApplicable{Reason: "the authorization server lets nobody approve a part of a request", Lacks: "partial_consent"}
	}
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	stated, _ := object["scope"].(string)
	asked := strings.Fields(w.Client.Scope)
	foreign := func(name string) bool { return !slices.Contains(asked, name) }
	granted := strings.Fields(stated)
	switch {
	case len(granted) == 0, len(granted) >= len(asked), slices.ContainsFunc(granted, foreign):
		return check.Fail(fmt.Sprintf("scope %q of %q", stated, w.Client.Scope), "the part that was approved, as scope")
	case !foreign(person.Allowed) && !slices.Contains(granted, person.Allowed):
		return check.Fail("scope "+stated, "scope "+person.Allowed)
	}
	return nil
}

// noOfflineAccess: the resource owner is asked, or the client comes back
// without a refresh token that is for offline access. A server may issue others
// (OpenID Connect Core section 11,
// https://openid.net/specs/openid-connect-core-1_0.html#OfflineAccess).
func noOfflineAccess(ctx context.Context, w *world.World) error {
	if w.Last.Returned.Get("code") == "" {
		return nil
	}
	redeemer := w.Fork()
	if err := RedeemCode(ctx, redeemer, nil); err != nil {
		return err
	}
	refused := check.NoToken(redeemer.Last.Exchange, "refresh_token")
	granted := redeemer.Grant.Scope // Left out, it is what was asked for.
	if refused == nil || granted == "" || slices.Contains(strings.Fields(granted), "offline_access") {
		return refused
	}
	return unlessUsual(ctx, redeemer, refused)
}

// unlessUsual is not applicable where a refresh token comes without
// offline_access as well.
func unlessUsual(ctx context.Context, w *world.World, refused error) error {
	if err := ObtainTokens(ctx, w, world.Table{{Name: "scope", Value: "(valid) openid"}}); err != nil {
		return err
	}
	if check.NoToken(w.Last.Exchange, "refresh_token") != nil {
		return &check.NotApplicable{Reason: "the authorization server issues refresh tokens without offline_access as well, which section 11 of OpenID Connect Core leaves to it"}
	}
	return refused
}

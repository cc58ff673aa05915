package seam

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// WithoutOrigin hides which site has sent a form of a page.
func WithoutOrigin(r *http.Request) {
	if !strings.HasPrefix(r.URL.Path, "/oauth/") {
		r.Header.Del("Origin")
		r.Header.Del("Sec-Fetch-Site")
	}
}

// ForgettingAnswers forgets that an authorization request was answered.
func ForgettingAnswers(sound store.Store) store.Store { return &forgettingAnswers{Store: sound} }

type forgettingAnswers struct {
	store.Store
	answered sync.Map // token.Hash → true
}

// Mark implements store.Marks.
func (s *forgettingAnswers) Mark(ctx context.Context, name string, until time.Time) error {
	if id, answered := strings.CutPrefix(name, "answered "); answered {
		s.answered.Store(token.HashOf("request "+id), true)
		return nil
	}
	return s.Store.Mark(ctx, name, until)
}

// DeleteSession implements store.Sessions.
func (s *forgettingAnswers) DeleteSession(ctx context.Context, hash token.Hash) error {
	if _, answered := s.answered.Load(hash); answered {
		return nil
	}
	return s.Store.DeleteSession(ctx, hash)
}

// CookiesOfAnySite lets browsers send the cookies of an answer along with the forms of
// other sites.
func CookiesOfAnySite(_ *http.Request, r *Response) {
	for i, cookie := range r.Header["Set-Cookie"] {
		r.Header["Set-Cookie"][i] = strings.Replace(cookie, "; SameSite=Lax", "", 1)
	}
}

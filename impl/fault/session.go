package fault

import (
	"context"
	"net"
	"net/http"
	"sync"

	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Fault{
	{
		Name:     "session-kept-at-sign-in",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1/owner-verified"},
		Summary:  "The session of before the sign-in is signed in too (session fixation).",
		Store:    func(sound store.Store) store.Store { return &keptSession{Store: sound} },
	},
	{
		Name:     "session-cookie-of-every-subdomain",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1/owner-verified"},
		Summary:  "The session cookie has a Domain, so every subdomain gets it and can set it.",
		Answer: func(request *http.Request, r *seam.Response) {
			host, _, err := net.SplitHostPort(request.Host)
			if err != nil {
				host = request.Host
			}
			for i := range r.Header["Set-Cookie"] {
				r.Header["Set-Cookie"][i] += "; Domain=" + host
			}
		},
	},
})

// keptSession signs the session in that a sign-in ends.
type keptSession struct {
	store.Store
	ended sync.Map // *wire.Request → token.Hash
}

// DeleteSession implements store.Sessions.
func (s *keptSession) DeleteSession(ctx context.Context, hash token.Hash) error {
	s.ended.Store(wire.FromContext(ctx), hash)
	return s.Store.DeleteSession(ctx, hash)
}

// PutSession implements store.Sessions.
func (s *keptSession) PutSession(ctx context.Context, session store.Session) error {
	if before, renewed := s.ended.LoadAndDelete(wire.FromContext(ctx)); renewed {
		twin := session
		twin.Hash = before.(token.Hash)
		if err := s.Store.PutSession(ctx, twin); err != nil {
			return err
		}
	}
	return s.Store.PutSession(ctx, session)
}

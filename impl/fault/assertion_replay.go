package fault

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/grantproof/grantproof/impl/store"
)

var _ = add([]Fault{
	{
		Name:     "assertion-replayed",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-9/assertion-once"},
		Summary:  "A client assertion can be used any number of times.",
		Store:    func(sound store.Store) store.Store { return forgivingAssertions{sound} },
	},
	{
		Name:     "assertions-race",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-9/assertion-once"},
		Summary:  "A jti is looked up first and remembered a moment later, so several concurrent assertions succeed.",
		Store:    func(sound store.Store) store.Store { return &racingAssertions{Store: sound} },
	},
})

// ofAssertion tells whether a mark is that of an assertion that was used.
func ofAssertion(mark string) bool { return strings.HasPrefix(mark, "assertion ") }

// forgivingAssertions marks an assertion as often as it comes.
type forgivingAssertions struct{ store.Store }

// Mark implements store.Marks.
func (s forgivingAssertions) Mark(ctx context.Context, name string, until time.Time) error {
	err := s.Store.Mark(ctx, name, until)
	if ofAssertion(name) && errors.Is(err, store.ErrUsed) {
		return nil
	}
	return err
}

// racingAssertions looks an assertion up first and marks it a moment later.
type racingAssertions struct {
	store.Store
	looking crossing
}

// Mark implements store.Marks.
func (s *racingAssertions) Mark(ctx context.Context, name string, until time.Time) error {
	if used, err := s.Marked(ctx, name); !ofAssertion(name) || used || err != nil {
		return s.Store.Mark(ctx, name, until)
	}
	s.looking.awaitAnother(name)
	err := s.Store.Mark(ctx, name, until)
	if errors.Is(err, store.ErrUsed) {
		err = nil
	}
	return err
}

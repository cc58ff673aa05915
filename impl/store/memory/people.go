package memory

import (
	"context"
	"maps"
	"slices"

	"github.com/grantproof/grantproof/impl/store"
)

type consentKey struct{ userID, clientID string }

// UserByName implements store.Users.
func (s *Store) UserByName(_ context.Context, username string) (store.User, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, user := range s.users {
		if user.Username == username {
			user.Preferences = maps.Clone(user.Preferences)
			return user, nil
		}
	}
	return store.User{}, store.ErrNotFound
}

// ChangeUser implements store.Users.
func (s *Store) ChangeUser(_ context.Context, id string, do func(*store.User) error) error {
	return change(s, s.users, id, func(user *store.User) error {
		user.Preferences = maps.Clone(user.Preferences)
		return do(user)
	})
}

// DeleteUser implements store.Users.
func (s *Store) DeleteUser(_ context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.users, id)
	maps.DeleteFunc(s.consents, func(key consentKey, _ store.Consent) bool { return key.userID == id })
	for key, grant := range s.grants {
		if grant.UserID == id {
			grant.Revoked = true
			s.grants[key] = grant
		}
	}
	return nil
}

// GrantsOf implements store.Grants.
func (s *Store) GrantsOf(_ context.Context, userID string) ([]store.Grant, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []store.Grant
	for _, grant := range s.grants {
		if grant.UserID == userID && !grant.Revoked {
			found = append(found, grant)
		}
	}
	slices.SortFunc(found, func(a, b store.Grant) int { return b.CreatedAt.Compare(a.CreatedAt) })
	return found, nil
}

// Consent implements store.Consents.
func (s *Store) Consent(_ context.Context, userID, clientID string) (store.Consent, error) {
	return get(s, s.consents, consentKey{userID, clientID})
}

// PutConsent implements store.Consents.
func (s *Store) PutConsent(_ context.Context, consent store.Consent) error {
	return put(s, s.consents, consentKey{consent.UserID, consent.ClientID}, consent)
}

// DeleteConsent implements store.Consents.
func (s *Store) DeleteConsent(_ context.Context, userID, clientID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.consents, consentKey{userID, clientID})
	return nil
}

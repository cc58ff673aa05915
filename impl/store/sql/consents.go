package sql

import (
	"context"

	"github.com/grantproof/grantproof/impl/store"
)

// Consent implements store.Consents.
func (s *Store) Consent(ctx context.Context, userID, clientID string) (store.Consent, error) {
	var consent store.Consent
	err := s.get(ctx, `SELECT document FROM consents WHERE realm = $1 AND user_id = $2 AND client_id = $3`,
		[]any{userID, clientID}, document{&consent})
	return consent, err
}

// PutConsent implements store.Consents.
func (s *Store) PutConsent(ctx context.Context, consent store.Consent) error {
	_, err := s.exec(ctx, `INSERT INTO consents (realm, user_id, client_id, document) VALUES ($1, $2, $3, $4)
		ON CONFLICT (realm, user_id, client_id) DO UPDATE SET document = excluded.document`,
		consent.UserID, consent.ClientID, document{consent})
	return err
}

// DeleteConsent implements store.Consents.
func (s *Store) DeleteConsent(ctx context.Context, userID, clientID string) error {
	_, err := s.exec(ctx, `DELETE FROM consents WHERE realm = $1 AND user_id = $2 AND client_id = $3`, userID, clientID)
	return err
}

package harness

import (
	"fmt"

	generated "github.com/grantproof/grantproof/generated/report"
)

// registrations says what became of the clients that registered themselves; nil
// where none did.
func (s *Suite) registrations() *generated.Registrations {
	made, remaining := s.run.Ledger.Registrations()
	if made == 0 {
		return nil
	}
	return &generated.Registrations{Made: made, Remaining: append([]string{}, remaining...)}
}

// interrupted is the error of a run that was interrupted, with what it could not
// clean up.
func (s *Suite) interrupted() error {
	if _, remaining := s.run.Ledger.Registrations(); len(remaining) > 0 {
		return fmt.Errorf("%w; %d clients that registered for it remain at the target: %v", ErrInterrupted, len(remaining), remaining)
	}
	return ErrInterrupted
}

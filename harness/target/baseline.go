package target

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"time"
)

// Known is a failure of a target that is known: it must still fail.
type Known struct {
	ID     string `yaml:"id"`     // Of the scenario or rule.
	Reason string `yaml:"reason"` // Why it is left as it is.
	URL    string `yaml:"url"`    // Where that is discussed.
	Until  string `yaml:"until"`  // The last day of grace, 2006-01-02; left out: no end.
	// Requirements are what may fail of it; left out: everything.
	Requirements []string `yaml:"requirements"`
}

func (k Known) equal(other Known) bool {
	same := slices.Equal(k.Requirements, other.Requirements)
	return same && k.ID == other.ID && k.Reason == other.Reason && k.URL == other.URL && k.Until == other.Until
}

// Covers tells whether a requirement may fail.
func (k Known) Covers(requirement string) bool {
	return len(k.Requirements) == 0 || slices.Contains(k.Requirements, requirement)
}

// Expired tells whether the last day of grace has passed.
func (k Known) Expired(now time.Time) bool {
	until, err := time.Parse(time.DateOnly, k.Until)
	return err == nil && now.After(until.AddDate(0, 0, 1))
}

// Baseline is the known failures of a target, by id.
type Baseline map[string]Known

// LoadBaseline reads a baseline file.
func LoadBaseline(name string) (Baseline, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("the baseline cannot be read: %w", err)
	}
	var entries []Known
	if err := decode(content, &entries); err != nil {
		return nil, fmt.Errorf("the baseline %s: %w", name, err)
	}
	baseline := Baseline{}
	var problems []error
	for i, entry := range entries {
		if err := entry.check(); err != nil {
			problems = append(problems, fmt.Errorf("the baseline %s, entry %d: %w", name, i+1, err))
		}
		if _, twice := baseline[entry.ID]; twice {
			problems = append(problems, fmt.Errorf("the baseline %s: %s is listed twice", name, entry.ID))
		}
		baseline[entry.ID] = entry
	}
	return baseline, errors.Join(problems...)
}

func (k Known) check() error {
	switch _, err := time.Parse(time.DateOnly, k.Until); {
	case k.ID == "":
		return errors.New("it has no id; `grantproof run --list` shows the ids")
	case k.Reason == "":
		return fmt.Errorf("%s has no reason; say why the failure stays", k.ID)
	case k.Until != "" && err != nil:
		return fmt.Errorf("%s: until is a date such as 2027-01-31, not %q", k.ID, k.Until)
	}
	return nil
}

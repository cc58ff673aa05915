package mutants

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/grantproof/grantproof/harness/mutants/condition"
)

// survey is which scenarios and which unit tests saw which value of which condition.
type survey struct {
	sound sound
	tests map[string]map[string][]string // By package and by what was seen.
}

// look runs everything once without a mutant; unit tests one by one, each in a process.
func (b *build) look(ctx context.Context, packages []string) (survey, error) {
	found := survey{tests: map[string]map[string][]string{}}
	output, err := execute(exec.CommandContext(ctx, b.worker, "-survey"))
	if err != nil {
		return found, err
	}
	if err := json.Unmarshal(output, &found.sound); err != nil {
		return found, err
	}
	for _, name := range packages {
		if found.tests[name], err = b.lookAtTests(ctx, name); err != nil {
			return found, err
		}
	}
	return found, nil
}

func (b *build) lookAtTests(ctx context.Context, name string) (map[string][]string, error) {
	seen := map[string][]string{}
	if b.tests[name] == "" {
		return seen, nil
	}
	output, err := execute(b.test(ctx, name, "-test.list", "."))
	if err != nil {
		return nil, err
	}
	for test := range strings.FieldsSeq(string(output)) {
		if strings.HasPrefix(test, "Benchmark") {
			continue
		}
		sightings := filepath.Join(b.folder, "sightings")
		if _, err := execute(b.only(ctx, name, test), condition.Sightings+"="+sightings); err != nil {
			return nil, fmt.Errorf("%s of %s fails without any mutant: %w", test, name, err)
		}
		log, err := os.ReadFile(sightings)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		for each := range strings.FieldsSeq(string(log)) {
			seen[each] = append(seen[each], test)
		}
		if err := os.RemoveAll(sightings); err != nil {
			return nil, err
		}
	}
	return seen, nil
}

// longestTests is the time of the unit tests that try one mutant.
const longestTests = time.Minute

// only is the command that runs some tests of a package.
func (b *build) only(ctx context.Context, name string, tests ...string) *exec.Cmd {
	return b.test(ctx, name, "-test.short", "-test.failfast", "-test.timeout", longestTests.String(), "-test.run", "^("+strings.Join(tests, "|")+")$")
}

func (b *build) test(ctx context.Context, name string, arguments ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, b.tests[name], arguments...)
	command.Dir = filepath.Join(b.root, name)
	return command
}

// witnesses are the scenarios that saw the other value of a mutant, and so can notice it:
// all of them where it was seen before the first.
func (s survey) witnesses(m Mutant) []scenario {
	opposite := m.opposite().String()
	var chosen []scenario
	for _, each := range s.sound.Scenarios {
		if s.sound.Start[opposite] || each.Seen[opposite] {
			chosen = append(chosen, scenario{ID: each.ID, Verdict: each.Verdict})
		}
	}
	return chosen
}

// unitTests are those of its package that saw the other value.
func (s survey) unitTests(m Mutant) []string {
	return s.tests[m.Package()][m.opposite().String()]
}

// setting is the environment in which a mutant is active.
func (m Mutant) setting() string {
	return condition.Forced + "=" + strconv.Itoa(m.seen.Condition) + "=" + strconv.FormatBool(m.Forced)
}

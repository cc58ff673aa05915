// Package condition is what the rewritten code of a build with mutants asks at each
// condition: its value, or the one that is forced. It also remembers which values were
// seen. It does not know which conditions exist; package mutants finds and numbers them.
package condition

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

const (
	// Forced names the environment variable that forces a condition, such as 12=true.
	Forced = "GRANTPROOF_MUTANT"
	// Sightings names the environment variable with the file to which each value of a
	// condition is written, once, in the form of Forced.
	Sightings = "GRANTPROOF_SIGHTINGS"
)

// Seen is a value that a condition had.
type Seen struct {
	Condition int
	Value     bool
}

// String is the form that ParseSeen reads.
func (s Seen) String() string { return fmt.Sprintf("%d=%t", s.Condition, s.Value) }

// ParseSeen reads a condition with its value.
func ParseSeen(text string) (Seen, error) {
	number, value, _ := strings.Cut(text, "=")
	condition, err := strconv.Atoi(number)
	if err != nil {
		return Seen{}, fmt.Errorf("%q is no condition with its value; write 12=true", text)
	}
	return Seen{condition, value == "true"}, nil
}

// Most is how many conditions can be told apart.
const Most = 1 << 14

var (
	forced   = Seen{Condition: -1}
	watching atomic.Bool
	seen     [Most][2]atomic.Bool

	writing sync.Mutex
	log     *os.File
)

func init() {
	if text := os.Getenv(Forced); text != "" {
		var err error
		if forced, err = ParseSeen(text); err != nil {
			panic(Forced + ": " + err.Error())
		}
		go limitMemory()
	}
	if name := os.Getenv(Sightings); name != "" {
		var err error
		if log, err = os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600); err != nil {
			panic(Sightings + ": " + err.Error())
		}
		Watch()
	}
}

// Of is the value of a condition, unless another one is forced.
func Of[T ~bool](condition int, value T) T {
	if condition == forced.Condition {
		return T(forced.Value)
	}
	if watching.Load() {
		see(Seen{condition, bool(value)})
	}
	return value
}

func see(s Seen) {
	if seen[s.Condition][at(s.Value)].Swap(true) || log == nil {
		return
	}
	writing.Lock()
	defer writing.Unlock()
	fmt.Fprintln(log, s)
}

func at(value bool) int {
	if value {
		return 1
	}
	return 0
}

// Watch begins to remember values.
func Watch() { watching.Store(true) }

// Take returns the values that were seen since it was last asked.
func Take() []Seen {
	var taken []Seen
	for condition := range seen {
		for _, value := range []bool{false, true} {
			if seen[condition][at(value)].Swap(false) {
				taken = append(taken, Seen{condition, value})
			}
		}
	}
	return taken
}

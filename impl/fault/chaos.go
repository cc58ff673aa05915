package fault

import (
	"crypto/sha256"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/grantproof/grantproof/impl/nearest"
)

// Chaos makes the servers of a realm depart, at random, from what a client hopes
// for. What happens follows from the seed, and from the how many-eth request of
// its role, method and path a request is: the same seed, probability and
// departures do the same to the same requests again.
type Chaos struct {
	Seed        int64
	Probability float64       // That a request meets a departure, and that a realm has a lasting one.
	Slow        time.Duration // How long a slow answer pauses.
	Log         *slog.Logger  // Hears of each departure.

	names   []string    // That were asked for, empty for all.
	chosen  []Departure // For single requests.
	lasting []Departure // Those that were drawn for the realm.

	mu    sync.Mutex
	asked map[string]int // Requests by role, method and path.
}

const (
	// DefaultProbability is enough to meet something on the way, and little enough
	// to arrive.
	DefaultProbability = 0.2
	// slow is more than a client notices, and less than a sound one waits for.
	slow = 300 * time.Millisecond
	// maxAsked bounds how many paths are counted apart.
	maxAsked = 10_000
)

// NewChaos draws what lasts. Without names it is made of all departures. It logs
// nothing until it is told where.
func NewChaos(seed int64, probability float64, names []string) (*Chaos, error) {
	if !(probability >= 0 && probability <= 1) {
		return nil, fmt.Errorf("the probability %v is not between 0 and 1", probability)
	}
	var known []string
	for _, d := range departures {
		known = append(known, string(d.Name))
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("there is no departure %q%s; `grantproof faults` lists them", name, nearest.Hint(name, known))
		}
	}
	c := &Chaos{Seed: seed, Probability: probability, Slow: slow, Log: slog.New(slog.DiscardHandler), names: names, asked: map[string]int{}}
	for _, d := range departures {
		switch {
		case len(names) > 0 && !slices.Contains(names, string(d.Name)):
		case !d.Lasting:
			c.chosen = append(c.chosen, d)
		case c.random(string(d.Name)).Float64() < probability:
			c.lasting = append(c.lasting, d)
		}
	}
	return c, nil
}

// random draws what the seed says about something.
func (c *Chaos) random(about string) *rand.Rand {
	return rand.New(rand.NewChaCha8(sha256.Sum256(fmt.Appendf(nil, "%d %s", c.Seed, about))))
}

// turn is what chaos does to one request.
type turn struct {
	*Chaos
	number   int         // The how many-eth of its role, method and path.
	met      []Departure // What may occur.
	occurred []string    // What did.
}

// turn draws for a request.
func (c *Chaos) turn(role string, r *http.Request) *turn {
	about := role + " " + r.Method + " " + r.URL.Path
	t := &turn{Chaos: c, number: c.count(about)}
	for _, d := range c.lasting {
		if d.at(role, r) {
			t.met = append(t.met, d)
		}
	}
	possible := slices.DeleteFunc(slices.Clone(c.chosen), func(d Departure) bool { return !d.at(role, r) })
	random := c.random(fmt.Sprintf("%s %d", about, t.number))
	if len(possible) > 0 && random.Float64() < c.Probability {
		t.met = append(t.met, possible[random.IntN(len(possible))])
	}
	return t
}

func (c *Chaos) count(about string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, known := c.asked[about]; !known && len(c.asked) >= maxAsked {
		about = ""
	}
	c.asked[about]++
	return c.asked[about]
}

// String is how to get the same again, as serve --chaos takes it:
// SEED:PROBABILITY, and the names where not all departures are meant.
func (c *Chaos) String() string {
	return strings.TrimSuffix(fmt.Sprintf("%d:%v:%s", c.Seed, c.Probability, strings.Join(c.names, ",")), ":")
}

// has tells whether the request meets a departure.
func (t *turn) has(name Name) bool {
	return slices.ContainsFunc(t.met, func(d Departure) bool { return d.Name == name })
}

// note writes down that a departure occurred.
func (t *turn) note(name Name) { t.occurred = append(t.occurred, string(name)) }

// tell logs what occurred to a request.
func (t *turn) tell(role, path string, r *http.Request) {
	if len(t.occurred) == 0 {
		return
	}
	t.Log.InfoContext(r.Context(), "chaos", "departures", strings.Join(t.occurred, ","), "role", role, "method", r.Method, "path", path,
		"request", t.number, "replay", t.String())
}

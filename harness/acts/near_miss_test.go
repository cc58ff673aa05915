package acts

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/world"
)

// sent is a world in which near misses were answered with statuses, by their names.
func sent(statuses ...int) *world.World {
	w := new(world.World)
	for i, status := range statuses {
		trial := &world.World{Last: world.Result{Exchange: &exchange.Exchange{Status: status}}}
		w.Last.NearMisses = append(w.Last.NearMisses, world.NearMiss{Name: string(rune('a' + i)), Value: "v", World: trial})
	}
	return w
}

func TestEveryNearMissIsJudged(t *testing.T) {
	otherwise := &check.Failure{Actual: "another error", Kind: check.RefusedOtherwise}
	unknown := &check.Inconclusive{Reason: "the control fails"}
	judge := func(w *world.World) error {
		switch w.Last.Exchange.Status {
		case http.StatusOK:
			return check.Fail("a token", "none")
		case http.StatusForbidden:
			return otherwise
		case http.StatusTeapot:
			return unknown
		case http.StatusInternalServerError:
			return check.Fail("a crash", "an answer")
		}
		return nil
	}
	for name, tt := range map[string]struct {
		statuses []int
		want     string // What the verdict begins with; empty where all were refused.
		also     string
	}{
		"all are refused":                    {[]int{400, 400}, "", ""},
		"one slips through":                  {[]int{400, 200}, `b ("v"): a token`, ""},
		"several slip through":               {[]int{200, 400, 200, 200}, `a ("v"): a token`, "the same of c, d"},
		"one that is accepted comes first":   {[]int{403, 200, 403}, `b ("v"): a token`, ""},
		"refused, but with another error":    {[]int{400, 403, 403}, `b ("v"): another error`, "the same of c"},
		"a crash at one is no acceptance":    {[]int{400, 500}, "", ""},
		"a server that crashes at all fails": {[]int{500, 500}, `a ("v"): a crash`, "the same of b"},
		"the control fails":                  {[]int{400, 418, 403}, "inconclusive", ""},
		"one slips through all the same":     {[]int{418, 200}, `b ("v"): a token`, ""},
	} {
		err := judged(sent(tt.statuses...), judge)
		got := ""
		if failure := new(check.Failure); errors.As(err, &failure) {
			got = failure.Actual
		} else if err != nil {
			got = err.Error()
		}
		if !strings.HasPrefix(got, tt.want) || (tt.want == "") != (got == "") || !strings.HasSuffix(got, tt.also) || tt.also == "" && strings.Contains(got, "the same") {
			t.Errorf("%s: got %q, want %q … %q", name, got, tt.want, tt.also)
		}
	}
	if otherwise.Actual != "another error" {
		t.Errorf("what the judge returned was changed: %q", otherwise.Actual)
	}
}

func TestRequestWithoutNearMissesIsJudgedOnce(t *testing.T) {
	times := 0
	_ = judged(new(world.World), func(*world.World) error { times++; return nil })
	if times != 1 {
		t.Errorf("judged %d times", times)
	}
}

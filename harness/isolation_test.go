package harness

import (
	"context"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/fixture"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/world"
	"github.com/grantproof/grantproof/impl/fault"
)

// Whatever is broken in one realm, and whatever chaos does there, no other realm
// of the process sees: the whole suite passes in sound realms while it runs in
// broken ones beside, and others are all chaos (seed 3 of TestRandomOrder).
func TestFaultsStayInTheirRealm(t *testing.T) {
	if testing.Short() {
		t.Skip("three runs of the suite at once; make full has it")
	}
	shared, err := fixture.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer shared.Close()
	var broken []string
	for _, entry := range fault.Catalogue() {
		broken = append(broken, string(entry.Name))
	}
	ctx, cancel := context.WithCancel(t.Context())
	var beside sync.WaitGroup
	defer beside.Wait()
	defer cancel()
	var failed atomic.Int32
	counted := func(row report.Scenario) {
		if row.Verdict == report.Failed {
			failed.Add(1)
		}
	}
	for half := range slices.Chunk(broken, (len(broken)+1)/2) {
		beside.Go(func() {
			if _, err := Run(ctx, Config{system: shared, Faults: half, Finished: counted, Concurrency: 2}); err != nil && ctx.Err() == nil {
				t.Error(err)
			}
		})
	}
	beside.Go(func() { rage(ctx, t, shared) })
	sound, err := Run(t.Context(), Config{system: shared, Seed: 3})
	if err != nil || !report.OK(sound) || sound.Summary.Passed < 1000 {
		t.Errorf("%v: in sound realms %+v", err, sound.Summary)
	}
	InRandomOrder(t, sound)
	for _, row := range report.Rows(sound) {
		if row.Verdict != report.Passed && row.Verdict != report.NotApplicable {
			t.Errorf("%s: %s", row.Headline(), row.Reason)
		}
	}
	if failed.Load() < 100 {
		t.Errorf("beside them %d scenarios failed", failed.Load())
	}
}

// rage asks one chaotic realm after another until ctx ends.
func rage(ctx context.Context, t *testing.T, shared *fixture.System) {
	run, err := shared.Begin(ctx, world.Altered{})
	if err != nil {
		t.Error(err)
		return
	}
	plane, err := control.NewClientWithResponses(run.Target.Control.URL, control.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer "+run.Target.Control.Token)
		return nil
	}))
	if err != nil {
		t.Error(err)
		return
	}
	for seed := int64(0); ctx.Err() == nil; seed++ {
		time.Sleep(10 * time.Millisecond) // The sound ones want to get on too.
		made, err := plane.CreateRealmWithResponse(ctx, control.RealmRequest{Chaos: &control.Chaos{Seed: seed, Probability: new(1.0)}})
		if err != nil || made.JSON201 == nil {
			continue
		}
		for _, address := range []string{made.JSON201.Issuer + "/.well-known/jwks.json", made.JSON201.Issuer + "/oauth/token", made.JSON201.Resource + "/api/tasks"} {
			if response, err := http.Post(address, "application/json", nil); err == nil {
				_, _ = io.Copy(io.Discard, response.Body)
				response.Body.Close()
			}
		}
		_, _ = plane.DeleteRealm(context.WithoutCancel(ctx), made.JSON201.ID)
	}
}

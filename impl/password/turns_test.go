package password

import (
	"context"
	"errors"
	"runtime"
	"testing"

	"github.com/grantproof/grantproof/impl/turns"
)

// flood fills the line of a network with those who wait, until the test ends.
func flood(t *testing.T, asker Asker) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	most := ofNetwork.AtOnce + ofNetwork.Waiting
	for range most {
		go func() {
			if end, err := begin(ctx, asker); err == nil {
				<-ctx.Done()
				end()
			}
			ended <- struct{}{}
		}()
	}
	t.Cleanup(func() {
		cancel()
		for range most {
			<-ended
		}
	})
	for ofNetwork.There("stranger "+asker.Network) < most {
		runtime.Gosched()
	}
}

// A network that sends more than can be computed is told so, and keeps neither
// those who are known waiting nor another network for longer than its own few.
func TestTurns(t *testing.T) {
	flooding := Asker{Network: "192.0.2.1/32"}
	flood(t, flooding)
	if _, err := begin(t.Context(), flooding); !errors.Is(err, turns.ErrTooMany) {
		t.Errorf("one too many: %v, want ErrTooMany", err)
	}
	if there := all.There("stranger"); there > ofNetwork.AtOnce {
		t.Errorf("%d of one network are in the line of all, want %d at most", there, ofNetwork.AtOnce)
	}
	for _, network := range []string{flooding.Network, "192.0.2.2/32"} {
		end, err := begin(t.Context(), Asker{Network: network, Known: true})
		if err != nil {
			t.Fatal(err)
		}
		end()
	}
}

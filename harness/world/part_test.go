package world

import (
	"context"
	"errors"
	"slices"
	"testing"
)

type noun struct{ name string }

// A fork sees the parts of its scenario; what either puts later, the other does
// not see.
func TestForkParts(t *testing.T) {
	w := new(Run).New()
	if Part[noun](w) != nil {
		t.Error("a scenario has a part before it was put")
	}
	Put(w, &noun{"first"})
	fork := w.Fork()
	if got := Part[noun](fork); got != Part[noun](w) {
		t.Errorf("the fork has %v", got)
	}
	Put(fork, &noun{"of the fork"})
	Put(w, &SelfRegistered{Client: "another noun"})
	if Part[noun](w).name != "first" || Part[SelfRegistered](fork) != nil {
		t.Errorf("after the fork: %v, %v", Part[noun](w), Part[SelfRegistered](fork))
	}
	Put[noun](fork, nil)
	if Part[noun](fork) != nil || Part[noun](w) == nil {
		t.Error("a part that was taken away is there, or is gone from both")
	}
}

// What a fork obtains and who acts in it stays with it; the run, the log, the
// realm and the browser are those of the scenario.
func TestForkState(t *testing.T) {
	w := new(Run).New()
	w.Realm, w.Client, w.Grant.Code = new(Realm), &Client{ID: "a"}, "code of a"
	fork := w.Fork()
	if fork.Run != w.Run || fork.Log != w.Log || fork.Realm != w.Realm || fork.Browser != w.Browser || fork.Grant.Code != "code of a" {
		t.Errorf("forked %+v of %+v", fork, w)
	}
	fork.Client, fork.Grant.Code, fork.Last.Text = &Client{ID: "b"}, "code of b", "said"
	if w.Client.ID != "a" || w.Grant.Code != "code of a" || w.Last.Text != "" {
		t.Errorf("the fork changed %+v", w)
	}
}

var errDone = errors.New("done")

// Another client acts for a while; what it obtains stays.
func TestAs(t *testing.T) {
	w := new(Run).New()
	w.Client = &Client{ID: "a"}
	err := w.As(&Client{ID: "b"}, func() error {
		w.Grant.AccessToken = "of " + w.Client.ID
		return errDone
	})
	if w.Client.ID != "a" || w.Grant.AccessToken != "of b" || err != errDone {
		t.Errorf("%s acts with the token %q, %v", w.Client.ID, w.Grant.AccessToken, err)
	}
}

// Everything ends once, the newest first, whichever fork made it and though the
// run was interrupted.
func TestClose(t *testing.T) {
	w := new(Run).New()
	var ended []string
	end := func(name string) func(context.Context) {
		return func(ctx context.Context) {
			if ctx.Err() == nil {
				ended = append(ended, name)
			}
		}
	}
	w.OnClose(end("realm"))
	w.Fork().OnClose(end("server"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w.Close(ctx)
	w.Close(ctx)
	if !slices.Equal(ended, []string{"server", "realm"}) {
		t.Errorf("ended %v", ended)
	}
}

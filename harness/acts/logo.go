package acts

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"net/http"
	"slices"
	"sync/atomic"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/world"
)

// What the pages of a client are in a table.
const (
	aPicture     = "(a picture)"
	aMissingPage = "(a missing page)"
)

// Picture is the logo of a scenario's client, which is published.
type Picture struct {
	*world.Publication
	Content []byte
	fetched atomic.Int32
}

// ServePictures starts the server of the client's pages. It is one whose pages
// the authorization server takes though it is on loopback, if it is told so.
func ServePictures(ctx context.Context, w *world.World, allowed, checked bool) error {
	if err := w.Demand(ctx, control.RealmRequest{ClientPagesOnLoopback: &allowed, CheckClientPages: &checked}); err != nil {
		return err
	}
	var content bytes.Buffer
	if err := png.Encode(&content, image.NewGray(image.Rect(0, 0, 16, 16))); err != nil {
		return err
	}
	p := &Picture{Content: content.Bytes()}
	var err error
	if p.Publication, err = w.Run.Setting.Publish(w.Run, &http.Server{Handler: p}); err != nil {
		return err
	}
	world.Put(w, p)
	w.OnClose(func(context.Context) { p.End() })
	return nil
}

// ServeHTTP implements http.Handler.
func (p *Picture) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.fetched.Add(1)
	if r.URL.Path != "/logo.png" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "image/png")
	_, _ = w.Write(p.Content)
}

// Fetched is how often the server of the picture was asked for something.
func (p *Picture) Fetched() int { return int(p.fetched.Load()) }

// URL is where the picture is.
func (p *Picture) URL() string { return p.at(aPicture) }

// at is the address of a page by its name in a table; "" before there is one.
func (p *Picture) at(name string) string {
	switch {
	case p == nil:
		return ""
	case name == aMissingPage:
		return p.Base + "/missing"
	}
	return p.Base + "/logo.png"
}

// ErrNoPicture says that the scenario has no server for pictures.
var ErrNoPicture = errors.New("the scenario has no server for pictures; begin with a Given about the logos or pages of clients")

// withPictures puts addresses in the place of their names.
func withPictures(w *world.World, table world.Table) world.Table {
	var named world.Table
	for _, row := range table {
		if row.Value == aPicture || row.Value == aMissingPage {
			row.Value = world.Part[Picture](w).at(row.Value)
		}
		named = append(named, row)
	}
	return named
}

// ControlOfLogo plays the scenario with a server that may take pictures from
// its own machine, and requires that it does.
func ControlOfLogo(ctx context.Context, w *world.World) error {
	script, act := w.Script, w.Script.Action.Do
	script.Givens = append(slices.Clone(script.Givens), world.Given{Phrase: "logos from its own machine", Apply: func(ctx context.Context, w *world.World) error {
		return w.Change(ctx, control.RealmRequest{ClientPagesOnLoopback: new(true)})
	}})
	script.Action.Do = func(ctx context.Context, w *world.World, table world.Table) error {
		if err := act(ctx, w, table); err != nil {
			return err
		}
		w.Last.Kind = world.MetadataResponse // A page is all that is wanted.
		if world.Part[Picture](w).Fetched() == 0 {
			return errors.New("the authorization server does not fetch the logo")
		}
		return nil
	}
	return w.Control(ctx, script)
}

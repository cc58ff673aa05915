package site

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
)

// peers is the comparison of the servers of others that `make peers` writes.
//
//go:embed peers.md
var peers []byte

func (s Site) addPeers() error {
	var body bytes.Buffer
	if err := markdown.Convert(peers, &body); err != nil {
		return fmt.Errorf("peers.md: %w", err)
	}
	return s.page("peers/index.html", "peers", "Six implementations", template.HTML(body.String()))
}

// Package features holds the scenarios: what every role must do, must not do
// and should do, and the registry of the requirements that they cite. It owns
// texts and nothing else.
package features

import "embed"

// FS holds every feature file and the registry.
//
//go:embed *.feature */*.feature requirements/*.yaml
var FS embed.FS

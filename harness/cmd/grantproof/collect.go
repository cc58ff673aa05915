package main

import (
	"os"
	"runtime/debug"
)

// collectSeldom lets garbage grow to four times of what is in use before it is
// collected: servers and examiner use a few megabytes and make most of their
// garbage with requests, so that this takes little memory and saves a sixth of the
// processor. Who sets GOGC knows better.
func collectSeldom() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
}

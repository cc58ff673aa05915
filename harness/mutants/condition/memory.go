package condition

import (
	"fmt"
	"os"
	"runtime"
	"time"
)

const (
	// MemoryExit is how a process ends whose mutant takes all memory.
	MemoryExit = 86
	maxMemory  = 1 << 30 // Several times what the complete suite needs.
	interval   = 200 * time.Millisecond
)

// limitMemory ends the process before a loop that does not end has filled the machine.
func limitMemory() {
	for range time.Tick(interval) {
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		if stats.HeapAlloc > maxMemory {
			fmt.Fprintln(os.Stderr, "the mutant takes more than 1 GiB of memory")
			os.Exit(MemoryExit)
		}
	}
}

//go:build linux

package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"slices"
	"sync"
	"syscall"
	"text/tabwriter"
	"time"
)

// figures counts requests by what they ask, and what became of them.
type figures struct {
	mu    sync.Mutex
	asked map[string]*asked
}

type asked struct {
	took     []time.Duration // Of those that were answered as they should.
	problems map[string]int
}

func (f *figures) of(name string) *asked {
	if f.asked == nil {
		f.asked = map[string]*asked{}
	}
	if f.asked[name] == nil {
		f.asked[name] = &asked{problems: map[string]int{}}
	}
	return f.asked[name]
}

func (f *figures) answered(name string, took time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	one := f.of(name)
	one.took = append(one.took, took)
}

func (f *figures) problem(name, problem string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.of(name).problems[problem]++
}

func (f *figures) problems(name string) (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, count := range f.of(name).problems {
		n += count
	}
	return n
}

// print shows a line for each kind of request.
func (f *figures) print() {
	f.mu.Lock()
	defer f.mu.Unlock()
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\nrequest\tanswered\tmedian\t99 %\tlongest\tproblems")
	for _, name := range slices.Sorted(maps.Keys(f.asked)) {
		one := f.asked[name]
		slices.Sort(one.took)
		fmt.Fprintf(table, "%s\t%d\t%s\t%s\t%s\t%s\n", name, len(one.took), at(one.took, .5), at(one.took, .99), at(one.took, 1), counts(one.problems))
	}
	_ = table.Flush()
}

func at(sorted []time.Duration, share float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[int(share*float64(len(sorted)-1))].Round(10 * time.Microsecond)
}

func counts(problems map[string]int) string {
	text := ""
	for _, name := range slices.Sorted(maps.Keys(problems)) {
		text += fmt.Sprintf("%d × %s  ", problems[name], name)
	}
	return cmp.Or(text, "none")
}

// kindOf names a failure without the addresses in it, so that alike ones are
// counted together.
func kindOf(err error) string {
	var number syscall.Errno
	var timeout net.Error
	switch {
	case errors.As(err, &number):
		return number.Error()
	case errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	}
	for errors.Unwrap(err) != nil {
		err = errors.Unwrap(err)
	}
	return err.Error()
}

// printSamples shows about ten moments of a process.
func printSamples(name string, samples []sample) {
	fmt.Printf("\n%s: memory at start %d MB, at most %d MB, at the end %d MB\n", name, samples[0].memory, most(samples), samples[len(samples)-1].memory)
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "after\tmemory MB\topen files\tgoroutines\t")
	step := max(1, len(samples)/10)
	for i := 0; i < len(samples); i += step {
		s := samples[i]
		fmt.Fprintf(table, "%s\t%d\t%d\t%d\t\n", s.after.Round(time.Second), s.memory, s.files, s.goroutines)
	}
	_ = table.Flush()
}

func most(samples []sample) int {
	return slices.MaxFunc(samples, func(a, b sample) int { return a.memory - b.memory }).memory
}

// Package nearest finds the names that a misspelt one was meant to be. It owns no
// list of names.
package nearest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// most is how many names are worth reading.
const most = 3

// Of returns the candidates that are closest to name, the closest first: those
// that differ in at most a third of their letters, or that contain it.
func Of(name string, candidates []string) []string {
	type close struct {
		name     string
		distance int
	}
	var found []close
	for _, candidate := range candidates {
		distance := levenshtein.ComputeDistance(strings.ToLower(name), strings.ToLower(candidate))
		part := len(name) > 2 && strings.Contains(strings.ToLower(candidate), strings.ToLower(name))
		if part || distance <= max(2, max(len(name), len(candidate))/3) {
			found = append(found, close{candidate, distance})
		}
	}
	slices.SortStableFunc(found, func(a, b close) int { return cmp.Compare(a.distance, b.distance) })
	var names []string
	for _, each := range found[:min(most, len(found))] {
		names = append(names, each.name)
	}
	return names
}

// Hint is the end of an error message: "; did you mean …?", or nothing where no
// candidate is close.
func Hint(name string, candidates []string) string {
	names := Of(name, candidates)
	if len(names) == 0 {
		return ""
	}
	for i, each := range names {
		names[i] = fmt.Sprintf("%q", each)
	}
	return "; did you mean " + strings.Join(names, " or ") + "?"
}

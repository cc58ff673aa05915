package mutation

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// ChangedSince are the faults that the changes since a revision are about: a
// changed line of impl names the fault, or a changed feature cites what the
// fault violates.
func ChangedSince(ctx context.Context, revision string, faults []Fault) ([]Fault, error) {
	code, err := git(ctx, "diff", "--unified=0", revision, "--", "impl")
	if err != nil {
		return nil, err
	}
	features, err := git(ctx, "diff", "--name-only", "--relative", "--diff-filter=d", revision, "--", "features")
	if err != nil {
		return nil, err
	}
	added, err := git(ctx, "ls-files", "--others", "--exclude-standard", "--", "impl", "features")
	if err != nil {
		return nil, err
	}
	cited := ""
	for _, file := range strings.Fields(features + "\n" + added) {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("a changed file cannot be read: %w", err)
		}
		if strings.HasPrefix(file, "features/") {
			cited += string(text)
		} else {
			code += string(text)
		}
	}
	named := bare(code)
	changed := slices.DeleteFunc(slices.Clone(faults), func(f Fault) bool {
		return !strings.Contains(named, bare(f.Name)) && !slices.ContainsFunc(f.Violates, func(id string) bool { return strings.Contains(cited, "@"+id) })
	})
	if len(changed) == 0 {
		return nil, fmt.Errorf("no change since %s concerns a fault; leave --changed out to prove all faults", revision)
	}
	return changed, nil
}

// bare makes the name of a fault and of its constant alike.
func bare(name string) string { return strings.ToLower(strings.ReplaceAll(name, "-", "")) }

func git(ctx context.Context, arguments ...string) (string, error) {
	output, err := exec.CommandContext(ctx, "git", arguments...).Output()
	if err != nil {
		return "", fmt.Errorf("--changed asks git for the changes, and git failed (%w); run it in the top folder of a clone, with an existing revision", err)
	}
	return string(output), nil
}

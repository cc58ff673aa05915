package mutation

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Changed are the faults that the changes since a git revision are about, in the
// clone at root: their literal has changed, or a file that declares a rule which they
// replace, or a feature that cites what they violate.
func Changed(ctx context.Context, root, revision string, faults []Fault) ([]Fault, error) {
	lines, err := changedLines(ctx, root, revision)
	if err != nil {
		return nil, err
	}
	literals, err := literalsOf(filepath.Join(root, "impl/fault"))
	if err != nil {
		return nil, err
	}
	cited, rules, err := changedText(root, lines)
	if err != nil {
		return nil, err
	}
	changed := slices.DeleteFunc(slices.Clone(faults), func(f Fault) bool {
		of := literals[f.Name]
		return !of.touched(lines["impl/fault/"+of.file]) && !of.replaces(rules) &&
			!slices.ContainsFunc(f.Violates, func(id string) bool { return strings.Contains(cited, "@"+id) })
	})
	if len(changed) == 0 {
		return nil, fmt.Errorf("no change since %s is about a fault; leave --changed out to prove all faults", revision)
	}
	return changed, nil
}

// changedText is the text of the features that have changed, and the rules that are
// declared in the files of impl that have, such as authserver.CodeVerifier.
func changedText(root string, lines map[string][]int) (cited string, rules []string, err error) {
	for name := range lines {
		isFeature := strings.HasPrefix(name, "features/")
		if !isFeature && (!strings.HasSuffix(name, ".go") || strings.HasPrefix(name, "impl/fault/")) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return "", nil, fmt.Errorf("a changed file cannot be read: %w", err)
		}
		if isFeature {
			cited += string(text)
			continue
		}
		for _, match := range declaredRule.FindAllSubmatch(text, -1) {
			rules = append(rules, path.Base(path.Dir(name))+"."+string(match[1]))
		}
	}
	return cited, rules, nil
}

var declaredRule = regexp.MustCompile(`(?m)^var (\w+) = rule\.New\(`)

// literal is where a fault is written.
type literal struct {
	file       string
	begin, end int // Lines.
	text       string
}

func (l literal) touched(lines []int) bool {
	return slices.ContainsFunc(lines, func(line int) bool { return l.begin <= line && line <= l.end })
}

func (l literal) replaces(rules []string) bool {
	return slices.ContainsFunc(rules, func(rule string) bool {
		_, after, found := strings.Cut(l.text, rule)
		return found && (after == "" || !isLetter(after[0]))
	})
}

func isLetter(c byte) bool { return c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' }

// literalsOf finds the literal of each fault in the files of a folder. To its text
// belongs that of the functions there which it names, and of those that these name.
func literalsOf(folder string) (map[string]literal, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	found, functions := map[string]literal{}, map[string]string{}
	for _, file := range files {
		if err := readFaults(file, found, functions); err != nil {
			return nil, err
		}
	}
	for name, of := range found {
		of.text = withFunctions(of.text, functions)
		found[name] = of
	}
	return found, nil
}

func readFaults(file string, found map[string]literal, functions map[string]string) error {
	source, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, file, source, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	text := func(node ast.Node) string {
		return string(source[set.Position(node.Pos()).Offset:set.Position(node.End()).Offset])
	}
	ast.Inspect(parsed, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.FuncDecl:
			functions[node.Name.Name] = text(node.Body)
		case *ast.CompositeLit:
			if name := nameOf(node); name != "" {
				found[name] = literal{filepath.Base(file), set.Position(node.Pos()).Line, set.Position(node.End()).Line, text(node)}
			}
		}
		return true
	})
	return nil
}

var word = regexp.MustCompile(`\w+`)

func withFunctions(text string, functions map[string]string) string {
	seen := map[string]bool{}
	for more := text; more != ""; {
		names := word.FindAllString(more, -1)
		more = ""
		for _, name := range names {
			if !seen[name] {
				seen[name] = true
				more += functions[name]
			}
		}
		text += more
	}
	return text
}

// nameOf is the member Name of a literal, where it is a text.
func nameOf(composite *ast.CompositeLit) string {
	for _, element := range composite.Elts {
		member, _ := element.(*ast.KeyValueExpr)
		if member == nil {
			continue
		}
		key, _ := member.Key.(*ast.Ident)
		value, _ := member.Value.(*ast.BasicLit)
		if key != nil && key.Name == "Name" && value != nil {
			name, _ := strconv.Unquote(value.Value)
			return name
		}
	}
	return ""
}

// changedLines are the lines of impl and features that have changed since a revision,
// by file; all of them in a file that git does not know yet.
func changedLines(ctx context.Context, root, revision string) (map[string][]int, error) {
	diff, err := git(ctx, root, "diff", "--unified=0", "--relative", "--diff-filter=d", revision, "--", "impl", "features")
	if err != nil {
		return nil, err
	}
	added, err := git(ctx, root, "ls-files", "--others", "--exclude-standard", "--", "impl", "features")
	if err != nil {
		return nil, err
	}
	lines := hunks(diff)
	for _, name := range strings.Fields(added) {
		text, err := fs.ReadFile(os.DirFS(root), name)
		if err != nil {
			return nil, fmt.Errorf("a new file cannot be read: %w", err)
		}
		for i := range strings.Count(string(text), "\n") + 1 {
			lines[name] = append(lines[name], i+1)
		}
	}
	return lines, nil
}

var hunk = regexp.MustCompile(`^@@ -\S+ \+(\d+)(?:,(\d+))? @@`)

// hunks reads the lines of a diff. Where lines are gone, the ones around them have
// changed.
func hunks(diff string) map[string][]int {
	lines, file := map[string][]int{}, ""
	for line := range strings.Lines(diff) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "+++ b/"); ok {
			file = name
			lines[file] = nil
		}
		match := hunk.FindStringSubmatch(line)
		if match == nil {
			continue
		}
		first, _ := strconv.Atoi(match[1])
		count := 1
		if match[2] != "" {
			count, _ = strconv.Atoi(match[2])
		}
		if count == 0 {
			count = 2
		}
		for i := range count {
			lines[file] = append(lines[file], first+i)
		}
	}
	return lines
}

func git(ctx context.Context, root string, arguments ...string) (string, error) {
	output, err := exec.CommandContext(ctx, "git", append([]string{"-C", root}, arguments...)...).Output()
	if err != nil {
		return "", fmt.Errorf("--changed asks git what has changed, and that failed (%w); use it in the top folder of a clone, with a revision that is there", err)
	}
	return string(output), nil
}

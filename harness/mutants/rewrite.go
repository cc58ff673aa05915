package mutants

import (
	"cmp"
	"fmt"
	"go/parser"
	"go/token"
	"slices"
)

const conditionPackage = "github.com/grantproof/grantproof/harness/mutants/condition"

// rewrite wraps the conditions of a file, of which the first has a number, so that each
// asks package condition for its value. Lines stay where they are.
func rewrite(source []byte, conditions []Condition, first int) ([]byte, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.PackageClauseOnly)
	if err != nil {
		return nil, err
	}
	insertions := []insertion{{at: int(file.Name.End()) - 1, text: fmt.Sprintf("; import condition__ %q", conditionPackage)}}
	for i, c := range conditions {
		size := c.end - c.begin
		insertions = append(insertions,
			insertion{c.begin, -size, fmt.Sprintf("condition__.Of(%d, ", first+i)}, // An outer one begins first,
			insertion{c.end, size, ")"}) // and ends last.
	}
	slices.SortStableFunc(insertions, func(a, b insertion) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.order, b.order))
	})
	var rewritten []byte
	from := 0
	for _, each := range insertions {
		rewritten = append(append(rewritten, source[from:each.at]...), each.text...)
		from = each.at
	}
	return append(rewritten, source[from:]...), nil
}

type insertion struct {
	at, order int
	text      string
}

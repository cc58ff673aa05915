package mutation

import (
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/report"
)

var (
	//go:embed page/matrix.html
	matrixText string
	//go:embed page/matrix.css
	matrixStyle string
	//go:embed page/matrix.js
	matrixScript string
)

var matrixPage = template.Must(template.New("matrix").Parse(matrixText))

// Create opens the file of a proof; the ending of its name chooses the form.
func Create(name string) (*report.File[Proof], error) {
	return report.CreateFile(name, map[string]func(io.Writer, Proof) error{".html": WriteHTML, ".json": report.WriteJSON[Proof]})
}

// WriteHTML writes a page with a matrix of faults by scenarios. It stands on its
// own: it loads nothing.
func WriteHTML(w io.Writer, p Proof) error {
	return matrixPage.Execute(w, matrix{
		Proof: p, Roles: p.ByRole(), Drawn: p.drawn(),
		Style: template.CSS(report.PageStyle() + matrixStyle), Script: template.JS(matrixScript),
	})
}

// matrix is what the page shows.
type matrix struct {
	Proof
	Roles  []Role
	Drawn  drawn
	Style  template.CSS
	Script template.JS
}

// Role is the faults of one role.
type Role struct {
	Name                     string
	Faults                   []Result
	Killed, Survived, Strays int
}

// ByRole are the faults by their roles.
func (p Proof) ByRole() []Role {
	var roles []Role
	for _, result := range p.Faults {
		i := slices.IndexFunc(roles, func(r Role) bool { return r.Name == result.Role })
		if i < 0 {
			i, roles = len(roles), append(roles, Role{Name: result.Role})
		}
		role := &roles[i]
		role.Faults = append(role.Faults, result)
		if result.Killed() {
			role.Killed++
		} else {
			role.Survived++
		}
		if len(result.Strays) > 0 {
			role.Strays++
		}
	}
	return roles
}

// drawn is the matrix as a script draws it: a row for each fault, with the
// columns of its killers, of others that failed, and of strays.
type drawn struct {
	Columns []string   `json:"columns"` // Scenarios and rules.
	Rows    []drawnRow `json:"rows"`
}

type drawnRow struct {
	Fault   string `json:"fault"`
	Role    string `json:"role"`
	Killers []int  `json:"killers"`
	Others  []int  `json:"others"`
	Strays  []int  `json:"strays"`
}

func (p Proof) drawn() drawn {
	at := map[string]int{}
	for i, id := range p.scenarios {
		at[id] = i
	}
	columns := func(ids []string) []int {
		found := []int{}
		for _, id := range ids {
			found = append(found, at[id])
		}
		return found
	}
	d := drawn{Columns: p.scenarios}
	for _, role := range p.ByRole() {
		var rows []drawnRow
		for _, r := range role.Faults {
			rows = append(rows, drawnRow{r.Name, r.Role, columns(r.Killers), columns(r.Others), columns(r.Strays)})
		}
		// By their first killers, so that faults of one feature stand together.
		slices.SortStableFunc(rows, func(a, b drawnRow) int { return slices.Compare(a.Killers, b.Killers) })
		d.Rows = append(d.Rows, rows...)
	}
	return d
}

// Outcome is what became of the fault, in a word.
func (r Result) Outcome() string {
	switch {
	case !r.Killed():
		return "survived"
	case !r.Sound():
		return "stray"
	}
	return "killed"
}

// Missing are the violated requirements that nothing saw, as a text.
func (r Result) Missing() string { return strings.Join(r.Unseen, ", ") }

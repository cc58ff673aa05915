package mutants

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strings"
)

// Condition is a boolean expression that decides something.
type Condition struct {
	File   string `json:"file"` // From the top folder of the module.
	Line   int    `json:"line"`
	In     string `json:"in"`     // The function, the method or the variable.
	Source string `json:"source"` // On one line.

	begin, end int    // Offsets in the file.
	forced     []bool // The values that make a mutant.
}

// both values of a condition make a mutant; of the parts of && and || only the one that
// takes the part away, because the other one is a mutant of the complete condition.
var both = []bool{false, true}

// find returns the conditions of a file, in their order. Mere plumbing of errors, such
// as err != nil, is none.
func find(name string, source []byte) ([]Condition, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	f := &finder{name: name, source: source, file: set.File(file.Pos()), known: map[ast.Expr]bool{}}
	for _, declaration := range file.Decls {
		f.declaration(declaration)
	}
	return f.found, nil
}

type finder struct {
	name   string
	source []byte
	file   *token.File
	in     string
	known  map[ast.Expr]bool // Expressions that are conditions or parts of one.
	found  []Condition
}

func (f *finder) declaration(declaration ast.Decl) {
	switch declaration := declaration.(type) {
	case *ast.FuncDecl:
		f.in = nameOf(declaration)
		ast.Inspect(declaration, f.look)
	case *ast.GenDecl:
		for _, spec := range declaration.Specs {
			if value, ok := spec.(*ast.ValueSpec); ok && declaration.Tok == token.VAR {
				f.in = value.Names[0].Name
				ast.Inspect(value, f.look)
			}
		}
	}
}

// nameOf is the name of a function, with the type of its receiver.
func nameOf(function *ast.FuncDecl) string {
	name := function.Name.Name
	if function.Recv == nil {
		return name
	}
	receiver := function.Recv.List[0].Type
	if pointer, ok := receiver.(*ast.StarExpr); ok {
		receiver = pointer.X
	}
	if generic, ok := receiver.(*ast.IndexExpr); ok {
		receiver = generic.X
	}
	return fmt.Sprintf("%s.%s", receiver, name)
}

// look takes the conditions of statements, and every other expression of a comparison or
// a logical operator.
func (f *finder) look(node ast.Node) bool {
	switch node := node.(type) {
	case *ast.GenDecl:
		return node.Tok != token.CONST // A constant cannot be forced.
	case *ast.IfStmt:
		f.condition(node.Cond, both)
	case *ast.ForStmt:
		if node.Cond != nil {
			f.condition(node.Cond, []bool{false}) // The other one is an endless loop.
		}
	case *ast.SwitchStmt:
		f.cases(node)
	case *ast.BinaryExpr, *ast.UnaryExpr:
		if isBoolean(node.(ast.Expr)) {
			f.condition(node.(ast.Expr), both)
		}
	}
	return true
}

// cases takes those of a switch without a tag.
func (f *finder) cases(statement *ast.SwitchStmt) {
	if statement.Tag != nil {
		return
	}
	for _, clause := range statement.Body.List {
		for _, condition := range clause.(*ast.CaseClause).List {
			f.condition(condition, both)
		}
	}
}

// condition takes an expression and the parts of its logical operators.
func (f *finder) condition(expression ast.Expr, forced []bool) {
	expression = ast.Unparen(expression)
	if f.known[expression] || isPlumbing(expression) {
		f.known[expression] = true
		return
	}
	f.known[expression] = true
	begin, end := f.file.Offset(expression.Pos()), f.file.Offset(expression.End())
	f.found = append(f.found, Condition{
		File: f.name, Line: f.file.Line(expression.Pos()), In: f.in, Source: onOneLine(f.source[begin:end]), begin: begin, end: end, forced: forced,
	})
	f.parts(expression)
}

func (f *finder) parts(expression ast.Expr) {
	switch expression := expression.(type) {
	case *ast.UnaryExpr:
		inner := ast.Unparen(expression.X)
		f.known[inner] = true // Its mutants are those of the negation.
		f.parts(inner)
	case *ast.BinaryExpr:
		if expression.Op == token.LAND || expression.Op == token.LOR {
			f.part(expression.X, expression.Op)
			f.part(expression.Y, expression.Op)
		}
	}
}

// part takes an operand of a logical operator; one with the same operator continues the
// list.
func (f *finder) part(expression ast.Expr, operator token.Token) {
	expression = ast.Unparen(expression)
	if list, ok := expression.(*ast.BinaryExpr); ok && list.Op == operator {
		f.known[expression] = true
		f.parts(expression)
		return
	}
	f.condition(expression, []bool{operator == token.LAND})
}

func isBoolean(expression ast.Expr) bool {
	switch expression := expression.(type) {
	case *ast.UnaryExpr:
		return expression.Op == token.NOT
	case *ast.BinaryExpr:
		switch expression.Op {
		case token.LAND, token.LOR, token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
			return true
		}
	}
	return false
}

// isPlumbing tells whether an expression only asks whether there is an error.
func isPlumbing(expression ast.Expr) bool {
	comparison, ok := expression.(*ast.BinaryExpr)
	if !ok || comparison.Op != token.EQL && comparison.Op != token.NEQ {
		return false
	}
	none, ok := comparison.Y.(*ast.Ident)
	if !ok || none.Name != "nil" {
		return false
	}
	switch compared := comparison.X.(type) {
	case *ast.Ident:
		return compared.Name == "err" || strings.HasSuffix(compared.Name, "Err")
	case *ast.CallExpr:
		method, ok := compared.Fun.(*ast.SelectorExpr)
		return ok && method.Sel.Name == "Err"
	}
	return false
}

var blanks = regexp.MustCompile(`\s+`)

func onOneLine(source []byte) string { return blanks.ReplaceAllString(string(source), " ") }

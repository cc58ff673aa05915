package impl

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl/wire"
)

// ownJSON are the places that may decode with encoding/json, and why.
var ownJSON = map[string]string{
	"authserver/interaction.go": "it reads what the server kept",
	"store/sql/document.go":     "it reads what the store wrote",
	"oauthclient/file_store.go": "it reads what the client kept",
	"wire/traffic.go":           "it shows what came, and nothing is decided by it",
	"wire/refusal.go":           "it shows what was answered here, and nothing is decided by it",
}

// JSON of other parties comes in by the one door: a decoder of encoding/json takes
// `Active` for `active`. Faults and variants are excepted, as they change what a sound party wrote.
func TestJSONComesInByOneDoor(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		sound := filepath.Ext(path) == ".go" && !strings.HasSuffix(path, "_test.go") && !alters(path) && !strings.HasPrefix(path, "store/storetest/") && !strings.HasPrefix(path, "strictjson/")
		if err != nil || entry.IsDir() || !sound || ownJSON[filepath.ToSlash(path)] != "" {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if called, ok := node.(*ast.SelectorExpr); ok && isIdent(called.X, "json") && slices.Contains([]string{"Unmarshal", "NewDecoder"}, called.Sel.Name) {
				t.Errorf("%s: json.%s compares names without regard to case; use strictjson, or say in this test why the text is our own", files.Position(called.Pos()), called.Sel.Name)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// alters tells whether a file is of what changes a sound party from outside.
func alters(path string) bool {
	return strings.HasPrefix(path, "fault/") || strings.HasPrefix(path, "seam/") || strings.HasPrefix(path, "variant/")
}

func isIdent(node ast.Expr, name string) bool {
	ident, ok := node.(*ast.Ident)
	return ok && ident.Name == name
}

// The generated code decodes bodies with encoding/json. That of a schema without
// further members is safe all the same, as `Title` is refused before. What has further
// members, or may be a form, is read by the door before.
func TestBodiesOfTheTaskAPIHaveNoOtherMembers(t *testing.T) {
	spec, err := endpoints[wire.ResourceServer]()
	if err != nil {
		t.Fatal(err)
	}
	for path, item := range spec.Paths.Map() {
		for method, operation := range item.Operations() {
			if operation.RequestBody == nil {
				continue
			}
			other := operation.RequestBody.Value.Content[wire.JSON].Schema.Value.AdditionalProperties
			if other.Has == nil || *other.Has {
				t.Errorf("%s %s: the schema of the body lacks additionalProperties: false", method, path)
			}
		}
	}
}

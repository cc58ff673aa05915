package target

import (
	"reflect"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// asWritten puts the text of the file into every text that YAML read as another
// kind of scalar: the client_id 0012 is not 10, and 1.0 is not 1.
func asWritten(value reflect.Value, node ast.Node, anchors map[string]ast.Node) {
	node = behind(node, anchors)
	switch value.Kind() {
	case reflect.Pointer:
		asWritten(value.Elem(), node, anchors)
	case reflect.String:
		if text, isOther := otherScalar(node); isOther && value.CanSet() {
			value.SetString(text)
		}
	case reflect.Slice:
		list, isList := node.(*ast.SequenceNode)
		for i := 0; isList && i < min(value.Len(), len(list.Values)); i++ {
			asWritten(value.Index(i), list.Values[i], anchors)
		}
	case reflect.Map:
		for _, name := range value.MapKeys() {
			if member, _ := child(node, name.String()); member != nil {
				copied := reflect.New(value.Type().Elem()).Elem()
				copied.Set(value.MapIndex(name))
				asWritten(copied, member, anchors)
				value.SetMapIndex(name, copied)
			}
		}
	case reflect.Struct:
		for i := range value.NumField() {
			name, _, _ := strings.Cut(value.Type().Field(i).Tag.Get("yaml"), ",")
			if member, _ := child(node, name); member != nil {
				asWritten(value.Field(i), member, anchors)
			}
		}
	}
}

// otherScalar is the text of a scalar that YAML reads as no text. Null stays
// nothing.
func otherScalar(node ast.Node) (text string, isOther bool) {
	switch node.(type) {
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return node.GetToken().Value, true
	}
	return "", false
}

// behind is what a tag, an anchor or an alias stands for.
func behind(node ast.Node, anchors map[string]ast.Node) ast.Node {
	switch named := node.(type) {
	case *ast.TagNode:
		return behind(named.Value, anchors)
	case *ast.AnchorNode:
		return behind(named.Value, anchors)
	case *ast.AliasNode:
		return anchors[named.Value.GetToken().Value]
	}
	return node
}

// anchorsOf are the values that have a name in the file.
func anchorsOf(root ast.Node) map[string]ast.Node {
	found := anchors{}
	if root != nil {
		ast.Walk(found, root)
	}
	return found
}

type anchors map[string]ast.Node

// Visit implements ast.Visitor.
func (a anchors) Visit(node ast.Node) ast.Visitor {
	if anchor, is := node.(*ast.AnchorNode); is {
		a[anchor.Name.GetToken().Value] = behind(anchor.Value, nil)
	}
	return a
}

package target

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Places tells where the keys of a target file are. The zero value knows of none.
type Places struct {
	name string
	root ast.Node
}

// Locate reads a target file for the places of its keys.
func Locate(name string) (Places, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return Places{}, fmt.Errorf("the target file cannot be read: %w", err)
	}
	file, err := parser.ParseBytes(content, 0)
	if err != nil || len(file.Docs) == 0 {
		return Places{}, err
	}
	return Places{filepath.ToSlash(name), file.Docs[0].Body}, nil
}

// Of is the file and line of a key such as clients.public.redirect_uris or
// resource_server.probes.0.path; of what is missing, that of what it would be
// in. It is empty where there is no file.
func (p Places) Of(key string) string {
	if p.root == nil {
		return ""
	}
	node, line := p.root, 1
	for part := range strings.SplitSeq(key, ".") {
		next, at := child(node, part)
		if next == nil {
			break
		}
		node, line = next, at
	}
	return fmt.Sprintf("%s:%d", p.name, line)
}

// child is the value of a member, or the entry of a list, with its line; nil
// where there is none.
func child(node ast.Node, name string) (ast.Node, int) {
	if list, isList := node.(*ast.SequenceNode); isList {
		n, err := strconv.Atoi(name)
		if err != nil || n < 0 || n >= len(list.Values) {
			return nil, 0
		}
		return list.Values[n], lineOf(list.Values[n])
	}
	members, isMap := node.(ast.MapNode)
	if !isMap {
		return nil, 0
	}
	for each := members.MapRange(); each.Next(); {
		if each.Key().GetToken().Value == name {
			return each.Value(), lineOf(each.Key())
		}
	}
	return nil, 0
}

func lineOf(node ast.Node) int { return node.GetToken().Position.Line }

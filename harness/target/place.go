package target

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
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
	return locate(name, content), nil
}

func locate(name string, content []byte) Places {
	return Places{name: filepath.ToSlash(name), root: nodes(content)}
}

// Of is the file and line of a key such as clients.public.redirect_uris or
// resource_server.probes.0.path; of what is missing, that of what it would be
// in. It is empty where there is no file.
func (p Places) Of(key string) string {
	if p.root == nil {
		return ""
	}
	line, _ := p.line(key)
	return fmt.Sprintf("%s:%d", p.name, line)
}

// line is that of a key, and whether any part of it is in the file.
func (p Places) line(key string) (line int, found bool) {
	node, line := p.root, 1
	for part := range strings.SplitSeq(key, ".") {
		next, at := child(node, part)
		if next == nil {
			break
		}
		node, line, found = next, at, true
	}
	return line, found
}

// keyOf is what a problem is about, which it begins with.
var keyOf = regexp.MustCompile(`^[a-z_]+(\.[a-z_0-9-]+)*`)

// located puts the file, and the line of its key, before each problem.
func (p Places) located(problem error) error {
	if several, joined := problem.(interface{ Unwrap() []error }); joined {
		var located []error
		for _, each := range several.Unwrap() {
			located = append(located, p.located(each))
		}
		return errors.Join(located...)
	}
	if line, found := p.line(keyOf.FindString(problem.Error())); found {
		return fmt.Errorf("the target file %s, line %d: %w", p.name, line, problem)
	}
	return fmt.Errorf("the target file %s: %w", p.name, problem)
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

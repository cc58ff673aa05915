package target

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// decode reads YAML, in which unknown keys are errors; an empty text holds
// nothing. The library panics at some broken YAML: that is an error as well.
func decode(content []byte, into any) (err error) {
	defer unreadable(&err)
	err = yaml.NewDecoder(bytes.NewReader(content), yaml.Strict()).Decode(into)
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// nodes reads YAML for the places of its keys; nil where it is broken.
func nodes(content []byte) (root ast.Node) {
	var err error
	defer unreadable(&err)
	if file, err := parser.ParseBytes(content, 0); err == nil && len(file.Docs) > 0 {
		root = file.Docs[0].Body
	}
	return root
}

func unreadable(err *error) {
	if problem := recover(); problem != nil {
		*err = fmt.Errorf("it is no YAML that can be read: %v", problem)
	}
}

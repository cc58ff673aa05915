package target

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// decode reads YAML, in which unknown keys are errors; an empty text holds
// nothing. The library panics at some broken YAML: that is an error as well.
func decode(content []byte, into any) (err error) {
	defer unreadable(&err)
	if content, err = readable(content); err != nil {
		return err
	}
	if tooDeep(content) {
		return errTooDeep
	}
	err = yaml.NewDecoder(bytes.NewReader(content), yaml.Strict()).Decode(into)
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err == nil {
		root := nodes(content)
		asWritten(reflect.ValueOf(into), root, anchorsOf(root))
	}
	return hinted(err)
}

// nodes reads YAML for the places of its keys; nil where it is broken.
func nodes(content []byte) (root ast.Node) {
	var err error
	defer unreadable(&err)
	if content, err = readable(content); err != nil || tooDeep(content) {
		return nil
	}
	if file, err := parser.ParseBytes(content, 0); err == nil && len(file.Docs) > 0 {
		root = file.Docs[0].Body
	}
	return root
}

// deepest is how deep values may lie in each other. The library takes a time that
// grows with the square of it.
const deepest = 100

var errTooDeep = fmt.Errorf("its values are nested more than %d deep", deepest)

// tooDeep counts the brackets that are open at the same time, and the hyphens and
// blanks at the beginning of a line. Brackets inside of a quoted text open nothing.
func tooDeep(content []byte) bool {
	for line := range bytes.Lines(content) {
		if len(line)-len(bytes.TrimLeft(line, " -?\t")) > 4*deepest {
			return true
		}
	}
	open := 0
	for _, read := range lexer.Tokenize(string(content)) {
		switch read.Type {
		case token.SequenceStartType, token.MappingStartType:
			open++
		case token.SequenceEndType, token.MappingEndType:
			open--
		}
		if open > deepest {
			return true
		}
	}
	return false
}

func unreadable(err *error) {
	if problem := recover(); problem != nil {
		*err = fmt.Errorf("it is not readable YAML: %v", problem)
	}
}

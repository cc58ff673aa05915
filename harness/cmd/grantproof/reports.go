package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/grantproof/grantproof/harness/report"
)

// reportFiles are those of a command: all of them are written at its end, or none
// of them is touched.
type reportFiles[T any] []*report.File[T]

// createReports prepares the files. The error leaves all as they were.
func createReports[T any](names []string, create func(string) (*report.File[T], error)) (reportFiles[T], error) {
	var files reportFiles[T]
	for i, name := range names {
		sameFile := func(before string) bool { return filepath.Clean(before) == filepath.Clean(name) }
		if slices.ContainsFunc(names[:i], sameFile) {
			files.discard()
			return nil, fmt.Errorf("--report names %s twice; leave one out", name)
		}
		file, err := create(name)
		if err != nil {
			files.discard()
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

// write writes all of them, also where one of them cannot be written.
func (f reportFiles[T]) write(result T) error {
	var problems []error
	for _, file := range f {
		problems = append(problems, file.Write(result))
	}
	return errors.Join(problems...)
}

// discard leaves what is there; a report that was written stays.
func (f reportFiles[T]) discard() {
	for _, file := range f {
		file.Discard()
	}
}

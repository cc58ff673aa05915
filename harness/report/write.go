package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/nearest"
)

// writers by the ending of the file's name.
var writers = map[string]func(io.Writer, Report) error{
	".html": forPeople(writeHTML),
	".json": WriteJSON[Report],
	".xml":  forPeople(writeJUnit),
	".md":   forPeople(writeMarkdown),
}

// comparisonWriters by the ending of the file's name.
var comparisonWriters = map[string]func(io.Writer, Comparison) error{
	".html": forPeople(writeComparisonHTML),
	".json": WriteJSON[Comparison],
	".md":   forPeople(writeComparisonMarkdown),
}

// File is a report file that was opened before the first request, so that an
// unwritable one costs nobody a run.
type File[T any] struct {
	file  *os.File
	write func(io.Writer, T) error
}

// Create opens a report file; the ending of its name chooses the form.
func Create(name string) (*File[Report], error) { return CreateFile(name, writers) }

// CreateComparison opens the file of a comparison of targets.
func CreateComparison(name string) (*File[Comparison], error) {
	return CreateFile(name, comparisonWriters)
}

// CreateFile opens the file of a report whose writers are known by the ending of
// its name.
func CreateFile[T any](name string, writers map[string]func(io.Writer, T) error) (*File[T], error) {
	write, ok := writers[filepath.Ext(name)]
	if !ok {
		endings := slices.Sorted(maps.Keys(writers))
		return nil, fmt.Errorf("the report %s: the ending chooses the form%s; the endings are %s", name, nearest.Hint(filepath.Ext(name), endings), strings.Join(endings, ", "))
	}
	file, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("the report cannot be written: %w", err)
	}
	return &File[T]{file, write}, nil
}

// Write writes the report and closes the file.
func (f *File[T]) Write(r T) error {
	if err := errors.Join(f.write(f.file, r), f.file.Close()); err != nil {
		return fmt.Errorf("the report could not be written: %w", err)
	}
	return nil
}

// WriteJSON writes something for programs, indented.
func WriteJSON[T any](w io.Writer, r T) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(r)
}

package report

import (
	"encoding/json"
	"io"
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

// Create opens a report file; the ending of its name chooses the form.
func Create(name string) (*File[Report], error) { return CreateFile(name, writers) }

// CreateComparison opens the file of a comparison of targets.
func CreateComparison(name string) (*File[Comparison], error) {
	return CreateFile(name, comparisonWriters)
}

// WriteJSON writes something for programs, indented.
func WriteJSON[T any](w io.Writer, r T) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(r)
}

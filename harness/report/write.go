package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// writers by the ending of the file's name.
var writers = map[string]func(io.Writer, Report) error{
	".html": writeHTML,
	".json": writeJSON,
	".xml":  writeJUnit,
	".md":   writeMarkdown,
}

// File is a report file that was opened before the first request, so that an
// unwritable one costs nobody a run.
type File struct {
	file  *os.File
	write func(io.Writer, Report) error
}

// Create opens a report file; the ending of its name chooses the form.
func Create(name string) (*File, error) {
	write, ok := writers[filepath.Ext(name)]
	if !ok {
		return nil, fmt.Errorf("the report %s: the ending chooses the form; use .html, .json, .xml (JUnit) or .md", name)
	}
	file, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("the report cannot be written: %w", err)
	}
	return &File{file, write}, nil
}

// Write writes the report and closes the file.
func (f *File) Write(r Report) error {
	return errors.Join(f.write(f.file, r), f.file.Close())
}

func writeJSON(w io.Writer, r Report) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(r)
}

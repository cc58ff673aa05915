package report

import (
	"bytes"
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

// File is a report file to be. The report is written beside it and renamed at its
// end, so that whoever reads the file sees the report before or this one, and a run
// that breaks off leaves the one before.
type File[T any] struct {
	name   string   // Of the file itself, behind links.
	beside *os.File // nil where nothing can be written beside it, or it is no file that can be replaced.
	write  func(io.Writer, T) error
}

// CreateFile prepares the file of a report whose writers are known by the ending of
// its name, so that an unwritable one costs nobody a run. It changes no report that
// is there. Write or Discard ends it.
func CreateFile[T any](name string, writers map[string]func(io.Writer, T) error) (*File[T], error) {
	write, ok := writers[filepath.Ext(name)]
	if !ok {
		endings := slices.Sorted(maps.Keys(writers))
		return nil, fmt.Errorf("the report %s: the ending chooses the form%s; the endings are %s", name, nearest.Hint(filepath.Ext(name), endings), strings.Join(endings, ", "))
	}
	if behind, err := filepath.EvalSymlinks(name); err == nil {
		name = behind
	}
	there, err := os.Stat(name)
	if err == nil && there.IsDir() {
		return nil, fmt.Errorf("the report cannot be written: %s is a folder; name a file in it", name)
	}
	if err == nil && !there.Mode().IsRegular() {
		return &File[T]{name: name, write: write}, nil // A pipe or a device takes it as it comes.
	}
	mode := os.FileMode(0o666)
	if err == nil {
		mode = there.Mode().Perm()
	}
	beside, problem := os.OpenFile(name+".tmp", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if problem != nil && (err != nil || !isWritable(name)) {
		return nil, fmt.Errorf("the report cannot be written: %w", problem)
	}
	if problem != nil { // A file in a folder that is not ours.
		return &File[T]{name: name, write: write}, nil
	}
	return &File[T]{name, beside, write}, nil
}

func isWritable(name string) bool {
	file, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err == nil {
		_ = file.Close()
	}
	return err == nil
}

// Write writes the report and puts it in its place.
func (f *File[T]) Write(r T) error {
	var text bytes.Buffer
	err := f.write(&text, r)
	if err == nil {
		err = f.put(text.Bytes())
	}
	if err != nil {
		f.Discard()
		return fmt.Errorf("the report could not be written: %w", err)
	}
	return nil
}

// put keeps the report before until all of the new one is on the disk. A file that
// is mounted by itself cannot be replaced, and is overwritten.
func (f *File[T]) put(text []byte) error {
	if f.beside == nil {
		return os.WriteFile(f.name, text, 0o666)
	}
	_, err := f.beside.Write(text)
	if err = errors.Join(err, f.beside.Sync(), f.beside.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.beside.Name(), f.name); err == nil {
		f.beside = nil
		return nil
	}
	defer f.Discard()
	return os.WriteFile(f.name, text, 0o666)
}

// Discard leaves the report that is there, if one is: there will be no other.
func (f *File[T]) Discard() {
	if f.beside != nil {
		_ = errors.Join(f.beside.Close(), os.Remove(f.beside.Name())) // It may be closed, or in its place.
	}
}

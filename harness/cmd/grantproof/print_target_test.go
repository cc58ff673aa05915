package main

import (
	"bytes"
	"io"
	"reflect"
	"testing"

	"github.com/grantproof/grantproof/harness/target"
)

// The target file of the demo servers can be read, and says where they are and
// what they offer.
func TestPrintTarget(t *testing.T) {
	var file bytes.Buffer
	if code := execute(t.Context(), []string{"serve", "--store", "memory", "--authserver", "localhost:5000", "--resource", "https://api.example", "--print-target"}, &file, io.Discard); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	read, err := target.Parse(file.Bytes(), func(string) (string, bool) { return "the token", true })
	if err != nil {
		t.Fatalf("%v\n%s", err, file.String())
	}
	want := target.Reference("demo servers", "http://localhost:5000", "https://api.example", "http://localhost:4002/mcp",
		target.Control{URL: "http://127.0.0.1:4009", Token: "the token"})
	read.Environment, read.Files = nil, nil
	if !reflect.DeepEqual(read, want) {
		t.Errorf("read %+v, want %+v", read, want)
	}
}

package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

// A store that cannot be opened is said in one line, before anything is sent.
func TestWrongStores(t *testing.T) {
	for call, want := range map[string]string{
		"serve --store nonsense":                         "sqlite:PATH",
		"serve --store postgres://127.0.0.1:1/x":         "cannot be reached",
		"serve --store sqlite:/dev/null/x.db":            "folder",
		"run --store nonsense":                           "sqlite:PATH",
		"run --store sqlite::memory:":                    "path of a file",
		"run --store memory --issuer http://127.0.0.1:1": "has its own",
	} {
		t.Run(call, func(t *testing.T) {
			args := strings.Fields(call)
			if args[0] == "serve" {
				args = append(args, "--authserver", "localhost:0", "--resourceserver", "localhost:0", "--mcpserver", "", "--control", "")
			}
			var out, problems bytes.Buffer
			if code := execute(t.Context(), args, &out, &problems); code != 2 {
				t.Errorf("exit code %d, want 2", code)
			}
			if said := problems.String(); !strings.Contains(said, want) || strings.Count(said, "\n") != 1 {
				t.Errorf("it said %q, want one line with %q", said, want)
			}
		})
	}
}

func TestDefaultStore(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", "/data")
	if found, err := defaultStore(); err != nil || found != "sqlite:"+filepath.Join("/data", "grantproof", "grantproof.db") {
		t.Errorf("%s, %v", found, err)
	}
	t.Setenv("XDG_DATA_HOME", "relative") // The specification ignores it.
	t.Setenv("HOME", "/home/me")
	if found, err := defaultStore(); err != nil || strings.Contains(found, "relative") {
		t.Errorf("%s, %v", found, err)
	}
	for location, want := range map[string]string{
		"": "memory", "memory": "memory", "sqlite:/a b/c.db": "sqlite:/a b/c.db", "postgres://me:hunter2@db/x": "postgres://db/x",
		"postgres://db/x?user=me&password=hunter2": "postgres://db/x", "postgres://me:hunter2/a+b=@db/x": "postgres://…", "postgres://me:hunter2#a@db/x": "postgres://…",
		"postgres://me:hunter2 a@db/x": "postgres://…", "postgres://me:hunter2[@db/x": "postgres://…", "postgres://me:1234/a@db/x": "postgres://…", "host=db password=hunter2": "that is given",
	} {
		if shown := shownStore(location); shown != want {
			t.Errorf("%s is shown as %s, want %s", location, shown, want)
		}
	}
}

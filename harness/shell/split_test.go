package shell

import (
	"slices"
	"testing"
)

func TestSplit(t *testing.T) {
	for command, want := range map[string][]string{
		``:                                 nil,
		`  `:                               nil,
		`node client.js`:                   {"node", "client.js"},
		`'my client' "a b"`:                {"my client", "a b"},
		`"/opt/My Tools/agent"  --flag=''`: {"/opt/My Tools/agent", "--flag="},
		`sh -c "echo \"it's\" \$HOME"`:     {"sh", "-c", `echo "it's" $HOME`},
		`a\ b 'c\d' "e\f"`:                 {"a b", `c\d`, `e\f`},
		`'' x`:                             {"", "x"},
		`a'b'"c"d`:                         {"abcd"},
		"a\\\nb \"c\\\nd\" 'e\\\nf'":       {"ab", "cd", "e\\\nf"},
		"caf\xe9 \xff":                     {"caf\xe9", "\xff"},
		`a\`:                               {`a\`},
	} {
		if got, err := Split(command); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s is %q, %v", command, got, err)
		}
	}
	for _, command := range []string{`'open`, `"open`, `a "b 'c'`} {
		if got, err := Split(command); err == nil {
			t.Errorf("%s is %q", command, got)
		}
	}
}

package mutants

import (
	"fmt"
	"slices"
	"testing"
)

// Conditions are what statements ask, and comparisons and logical operators elsewhere; of
// the parts of && and || only that mutant counts which takes the part away.
func TestFind(t *testing.T) {
	for code, want := range map[string][]string{
		`if ok { return }`:                                     {"ok -+"},
		`if err != nil { return }`:                             nil,
		`if closeErr == nil { return }`:                        nil,
		`if ctx.Err() != nil { return }`:                       nil,
		`if refused != nil { return }`:                         {"refused != nil -+"},
		`if err != nil || n > 1 { return }`:                    {"err != nil || n > 1 -+", "n > 1 -"},
		`if a && b && c { return }`:                            {"a && b && c -+", "a +", "b +", "c +"},
		`if a && (b || c) { return }`:                          {"a && (b || c) -+", "a +", "b || c +", "b -", "c -"},
		`if !(a && b) { return }`:                              {"!(a && b) -+", "a +", "b +"},
		`if !ok || n == 1 { return }`:                          {"!ok || n == 1 -+", "!ok -", "n == 1 -"},
		`for a { n++ }`:                                        {"a -"},
		`for i := 0; i < n; i++ { f() }`:                       {"i < n -"},
		`for { f() }`:                                          nil,
		`switch { case a: f(); case b, n > 1: f() }`:           {"a -+", "b -+", "n > 1 -+"},
		`switch n { case 1: f() }`:                             nil,
		`x := n == 1; f(x)`:                                    {"n == 1 -+"},
		`f(!ok)`:                                               {"!ok -+"},
		`f(a)`:                                                 nil,
		`const x = 1 < 2; f(x)`:                                nil,
		`if any(func(i int) bool { return i > 1 }) { return }`: {"any(func(i int) bool { return i > 1 }) -+", "i > 1 -+"},
		`if (a) { return }`:                                    {"a -+"},
		"if a &&\n\tb { return }":                              {"a && b -+", "a +", "b +"},
	} {
		found, err := find("f.go", []byte("package p\n\nfunc g() {\n"+code+"\n}\n"))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range found {
			got = append(got, c.Source+" "+signs(c.forced))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", code, got, want)
		}
	}
}

func signs(forced []bool) (signs string) {
	for _, value := range forced {
		signs += map[bool]string{false: "-", true: "+"}[value]
	}
	return signs
}

// A condition says in which function, method or variable it is.
func TestWhere(t *testing.T) {
	const code = `package p

var Rule = rule.New(func(n int) bool { return n > 1 })

const limit = 1 < 2

func (s *Server) serve() bool { return s.n > 2 }

func (l list[T]) long() bool { return l.n > 3 }

func plain() bool { return n > 4 }
`
	found, err := find("p/f.go", []byte(code))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range found {
		got = append(got, fmt.Sprintf("%s:%d %s %s", c.File, c.Line, c.In, c.Source))
	}
	if want := []string{"p/f.go:3 Rule n > 1", "p/f.go:7 Server.serve s.n > 2", "p/f.go:9 list.long l.n > 3", "p/f.go:11 plain n > 4"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

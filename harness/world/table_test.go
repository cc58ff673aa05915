package world

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// A table says how a request deviates from a valid one, and changes nothing else.
func TestDeviate(t *testing.T) {
	valid := func(name string) string {
		return map[string]string{"resource": "https://rs.example", "second resource": "https://other.example", "state": "s", "scope": "a b c", "redirect_uri": "https://a.example/cb"}[name]
	}
	request := Parameters{{"grant_type", "authorization_code"}, {"code", "the-Code"}, {"scope", "a b c"}}
	for _, test := range []struct {
		name, value, want string // want is a pattern of what is sent of that name.
	}{
		{"code", "(omitted)", `^$`},
		{"code", "(empty)", `^code=$`},
		{"code", "(valid)", `^code=the-Code$`},
		{"code", "(valid)/extra", `^code=the-Code/extra$`},
		{"code", "x(valid)", `^code=x\(valid\)$`},
		{"code", "(twice)", `^code=the-Code&code=the-Code$`},
		{"code", "(both resources)", `^code=https://rs.example&code=https://other.example$`},
		{"code", "(cut off)", `^code=the-Cod$`},
		{"code", "(one letter changed)", `^code=the-xode$`},
		{"code", "(upper case)", `^code=THE-CODE$`},
		{"code", "(random)", `^code=[A-Za-z0-9_-]{43}$`},
		{"code", "(7 characters)", `^code=[A-Za-z0-9._~-]{7}$`},
		{"code", "(a NUL)", "^code=read\x00write$"},
		{"code", "(a line break)", "^code=read\r\nX-Injected: yes$"},
		{"code", "(no UTF-8)", `^code=read\x{FFFD}+$`},
		{"code", "(grant_type)", `^code=authorization_code$`},
		{"code", "(state)", `^code=s$`},
		{"code", "literal", `^code=literal$`},
		{"scope", "(reversed)", `^scope=c b a$`},
		{"redirect_uri", "(scheme in upper case)", `^redirect_uri=HTTPS://a.example/cb$`},
		{"redirect_uri", "(cut off)", `^redirect_uri=https://a.example/c$`},
		{"state", "(cut off)", `^state=$`},
		{"nonce", "(cut off)", `^nonce=$`},
		{"nonce", "(one letter changed)", `^nonce=x$`},
		{"nonce", "(omitted)", `^$`},
		{"Code", "x", `^Code=x$`},
	} {
		sent := request.Deviate(Table{{test.name, test.value}}, valid)
		if got := ofName(sent, test.name); !regexp.MustCompile(test.want).MatchString(got) {
			t.Errorf("%s = %s sends %q, want %q", test.name, test.value, got, test.want)
		}
		for _, parameter := range request {
			if parameter.Name != test.name && ofName(sent, parameter.Name) != parameter.Name+"="+parameter.Value {
				t.Errorf("%s = %s changes %s to %q", test.name, test.value, parameter.Name, ofName(sent, parameter.Name))
			}
		}
	}
	if fmt.Sprint(request) != "[{grant_type authorization_code} {code the-Code} {scope a b c}]" {
		t.Errorf("the valid request is now %v", request)
	}
}

func ofName(parameters Parameters, name string) string {
	var sent []string
	for _, parameter := range parameters {
		if parameter.Name == name {
			sent = append(sent, parameter.Name+"="+parameter.Value)
		}
	}
	return strings.Join(sent, "&")
}

// Rows are applied in their order, each to what those before it left.
func TestDeviateInOrder(t *testing.T) {
	none := func(string) string { return "" }
	sent := Parameters{{"a", "1"}}.Deviate(Table{{"a", "(valid)2"}, {"b", "(a)"}, {"a", "(omitted)"}, {"c", "3"}}, none)
	if got := fmt.Sprint(sent); got != "[{b 12} {c 3}]" {
		t.Errorf("it sends %s", got)
	}
	random := Parameters{}.Deviate(Table{{"a", "(random)"}, {"b", "(random)"}}, none)
	if random[0].Value == random[1].Value {
		t.Errorf("two random values are %q", random[0].Value)
	}
}

// A changed letter is another one, wherever it is.
func TestWithAnotherLetter(t *testing.T) {
	for text, want := range map[string]string{"": "x", "a": "x", "x": "y", "axb": "ayb", "abcd": "abxd", "xxxx": "xxyx"} {
		if got := withAnotherLetter(text); got != want {
			t.Errorf("%q is changed to %q, want %q", text, got, want)
		}
	}
}

// A table is read by its names, as they are written.
func TestTable(t *testing.T) {
	table := Table{{"header.alg", "none"}, {"iss", "x"}, {"iss", "y"}, {"header.", "z"}}
	if value, ok := table.Get("iss"); !ok || value != "x" {
		t.Errorf("iss is %q", value)
	}
	if _, ok := table.Get("Iss"); ok {
		t.Error("a name in other letters is found")
	}
	about, rest := table.About("header.")
	if fmt.Sprint(about, rest) != "[{alg none} { z}] [{iss x} {iss y}]" {
		t.Errorf("parted into %v and %v", about, rest)
	}
	if fmt.Sprint(table.Without("iss"), table.Only("iss"), len(table)) != "[{header.alg none} {header. z}] [{iss x} {iss y}] 4" {
		t.Errorf("%v and %v of %v", table.Without("iss"), table.Only("iss"), table)
	}
	if (Table{{"a", "b"}}).Key() == (Table{{"b", "a"}}).Key() || (Table{{"a", ""}, {"b", ""}}).Key() == (Table{{"a", "b"}}).Key() || table.Key() != (table.Without("").Key()) {
		t.Error("keys do not tell tables apart")
	}
}

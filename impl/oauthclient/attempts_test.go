package oauthclient

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

// A server that refuses every token is asked a few times, whether it names the
// same scope or another one each time, and later it is asked again.
func TestAttemptsAreBounded(t *testing.T) {
	for name, scope := range map[string]func(int) string{
		"the same scope":             func(int) string { return "b a" },
		"the scope in another order": func(i int) string { return []string{"a b", "b a"}[i%2] },
		"another scope each time":    func(i int) string { return strings.Repeat("a", 1000) + strconv.Itoa(i) },
	} {
		t.Run(name, func(t *testing.T) {
			a, now, begun := attempts{}, time.Unix(1000, 0), 0
			for i := range 200 {
				if a.begin("https://mcp.example", scope(i), now) == nil {
					begun++
				}
			}
			if most := map[bool]int{true: maxAltogether, false: maxAttempts}[name == "another scope each time"]; begun != most || len(a) > most {
				t.Errorf("%d were begun and %d scopes are kept, want %d", begun, len(a), most)
			}
			if err := a.begin("https://mcp.example", scope(0), now.Add(attemptKept)); err != nil || len(a) != 1 {
				t.Errorf("later: %v, with %d scopes", err, len(a))
			}
		})
	}
}

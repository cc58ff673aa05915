package acts

import (
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/world"
)

// A command that is given credentials hears of which authorization server they are.
func TestContextNamesTheIssuer(t *testing.T) {
	told := strings.Join(told(world.ClientSetup{Issuer: "https://as.example", ClientID: "a", ClientSecret: "s"}, ""), "\n")
	if !strings.Contains(told, `"issuer":"https://as.example"`) {
		t.Errorf("it is told %s", told)
	}
}

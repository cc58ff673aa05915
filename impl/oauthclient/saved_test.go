package oauthclient

import (
	"strconv"
	"testing"
)

// A server that names another authorization server each time makes the client
// forget no registration with which it holds tokens.
func TestRegistrationsAreBounded(t *testing.T) {
	s := Saved{}.clone()
	s.register("https://used.example", Registration{ClientID: "used"})
	s.Tokens["https://mcp.example"] = Tokens{Issuer: "https://used.example"}
	for i := range 3 * maxRegistrations {
		issuer := "https://as.example/" + strconv.Itoa(i)
		s.register(issuer, Registration{ClientID: "other"})
		if s.Registrations[issuer].ClientID != "other" {
			t.Fatalf("the registration at %s is not kept", issuer)
		}
	}
	if len(s.Registrations) > maxRegistrations || s.Registrations["https://used.example"].ClientID != "used" {
		t.Errorf("%d are kept, with %+v", len(s.Registrations), s.Registrations["https://used.example"])
	}
}

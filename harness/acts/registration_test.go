package acts

import "testing"

// A registration_client_uri may hold the client_id as a part of its path or as a
// parameter.
func TestAboutClient(t *testing.T) {
	const id, other = "s6:%41+b&c d", "x y"
	for uri, want := range map[string]string{
		"https://as.example/register/s6:%2541+b&c%20d":        "https://as.example/register/x%20y",
		"https://as.example/register?id=s6%3A%2541%2Bb%26c+d": "https://as.example/register?id=x+y",
		"https://as.example/register/4711":                    "",
	} {
		if got, found := aboutClient(uri, id, other); found != (want != "") || found && got != want {
			t.Errorf("%s became %s, %v", uri, got, found)
		}
	}
}

package world

import (
	"errors"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/target"
)

// Of the clients of a target file the one acts that fits what a scenario asks
// for, and another one where it asks for another.
func TestFitting(t *testing.T) {
	w := &World{Run: &Run{Target: target.Target{Clients: map[string]target.Client{
		"confidential": {ID: "a", Secret: "x", GrantTypes: []string{"authorization_code", "client_credentials"}},
		"second":       {ID: "b", Secret: "x", AuthMethod: "client_secret_post", GrantTypes: []string{"authorization_code"}},
		"public":       {ID: "c"},
		"public-ipv6":  {ID: "d", RedirectURIs: []string{"http://[::1]:8765/callback"}},
	}}}}
	for name, test := range map[string]struct {
		acts         string // Who acts so far.
		as           string
		confidential bool
		row          Row
		want, reason string
	}{
		"the first":                              {as: "confidential", confidential: true, want: "a"},
		"by how it authenticates":                {as: "confidential", confidential: true, row: Row{"token_endpoint_auth_method", "client_secret_post"}, want: "b"},
		"by some of its grants":                  {as: "confidential", confidential: true, row: Row{"grant_types", "client_credentials"}, want: "a"},
		"by a grant that it lacks":               {as: "confidential", confidential: true, row: Row{withoutGrant, "client_credentials"}, want: "b"},
		"by grants that it says nothing of":      {as: "public", row: Row{"grant_types", "refresh_token"}, want: "c"},
		"not by a grant that it says nothing of": {as: "public", row: Row{withoutGrant, "refresh_token"}, reason: "says in its grant_types"},
		"another one":                            {acts: "a", as: another, confidential: true, want: "b"},
		"another than the second":                {acts: "b", as: another, confidential: true, want: "a"},
		"another one that is public":             {acts: "a", as: another, want: "c"},
		"another than the public one":            {acts: "c", as: another, want: "d"},
		"one that is registered otherwise":       {as: "public", row: Row{"redirect_uris", "http://[::1]:8765/callback"}, want: "d"},
		"one that answers nowhere":               {as: "public", row: Row{"redirect_uris", "http://localhost:8765/callback"}, reason: "as clients.public"},
		"none":                                   {as: "confidential", confidential: true, row: Row{"token_endpoint_auth_method", "private_key_jwt"}, reason: "clients.confidential"},
	} {
		t.Run(name, func(t *testing.T) {
			var table Table
			if test.row.Name != "" {
				table = Table{test.row}
			}
			request, err := clientRequest(test.confidential, table)
			if err != nil {
				t.Fatal(err)
			}
			w.Client = &Client{ID: test.acts}
			got, err := w.fitting(test.as, test.confidential, request, table)
			unfit := new(check.NotApplicable)
			switch {
			case test.want != "" && (err != nil || got.ID != test.want):
				t.Errorf("got %v, %v", got, err)
			case test.want == "" && (!errors.As(err, &unfit) || !strings.Contains(unfit.Reason, test.reason)):
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
}

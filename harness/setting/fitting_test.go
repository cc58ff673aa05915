package setting

import (
	"errors"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
)

// Of the clients of a target file the one acts that fits what a scenario asks
// for, and another one where it asks for another.
func TestFitting(t *testing.T) {
	w := &world.World{Run: &world.Run{Target: target.Target{Clients: map[string]target.Client{
		"confidential": {ID: "a", Secret: "x", GrantTypes: []string{"authorization_code", "client_credentials"}},
		"second":       {ID: "b", Secret: "x", AuthMethod: "client_secret_post", GrantTypes: []string{"authorization_code"}},
		"public":       {ID: "c"},
		"public-ipv6":  {ID: "d", RedirectURIs: []string{"http://[::1]:8765/callback"}},
	}}}}
	for name, test := range map[string]struct {
		acts         string // Who acts so far.
		as           string
		confidential bool
		row          world.Row
		want, reason string
	}{
		"the first":                              {as: "confidential", confidential: true, want: "a"},
		"by how it authenticates":                {as: "confidential", confidential: true, row: world.Row{Name: "token_endpoint_auth_method", Value: "client_secret_post"}, want: "b"},
		"by some of its grants":                  {as: "confidential", confidential: true, row: world.Row{Name: "grant_types", Value: "client_credentials"}, want: "a"},
		"by a grant that it lacks":               {as: "confidential", confidential: true, row: world.Row{Name: acts.WithoutGrant, Value: "client_credentials"}, want: "b"},
		"by grants that it says nothing of":      {as: "public", row: world.Row{Name: "grant_types", Value: "refresh_token"}, want: "c"},
		"not by a grant that it says nothing of": {as: "public", row: world.Row{Name: acts.WithoutGrant, Value: "refresh_token"}, reason: "says in its grant_types"},
		"another one":                            {acts: "a", as: world.Second, confidential: true, want: "b"},
		"another than the second":                {acts: "b", as: world.Second, confidential: true, want: "a"},
		"another one that is public":             {acts: "a", as: world.Second, want: "c"},
		"another than the public one":            {acts: "c", as: world.Second, want: "d"},
		"one that is registered otherwise":       {as: "public", row: world.Row{Name: "redirect_uris", Value: "http://[::1]:8765/callback"}, want: "d"},
		"one that answers nowhere":               {as: "public", row: world.Row{Name: "redirect_uris", Value: "http://localhost:8765/callback"}, reason: "as clients.public"},
		"none":                                   {as: "confidential", confidential: true, row: world.Row{Name: "token_endpoint_auth_method", Value: "private_key_jwt"}, reason: "clients.confidential"},
	} {
		t.Run(name, func(t *testing.T) {
			var table world.Table
			if test.row.Name != "" {
				table = world.Table{test.row}
			}
			request, err := acts.ClientRequest(test.confidential, table)
			if err != nil {
				t.Fatal(err)
			}
			w.Client = &world.Client{ID: test.acts}
			got, err := fitting(w, world.Wanted{Name: test.as, Confidential: test.confidential, Table: table, Request: request})
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

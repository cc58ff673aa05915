package oauthclient_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl/oauthclient"
)

func TestNewNamesTheSetting(t *testing.T) {
	sound := oauthclient.Config{AuthServer: "http://a", ResourceServer: "http://b", ClientID: "c", ClientSecret: "d"}
	if _, err := oauthclient.New(sound); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(c *oauthclient.Config){
		"CLIENT_ID is not set":                    func(c *oauthclient.Config) { c.ClientID = "" },
		"CLIENT_SECRET is not set":                func(c *oauthclient.Config) { c.ClientSecret = "" },
		"AUTH_SERVER_URL is not set":              func(c *oauthclient.Config) { c.AuthServer = "" },
		"AUTH_SERVER_URL is not a URL":            func(c *oauthclient.Config) { c.AuthServer = "localhost:4000" },
		"AUTH_SERVER_URL has a user":              func(c *oauthclient.Config) { c.AuthServer = "http://a:canary@b" },
		"RESOURCE_SERVER_URL is not set":          func(c *oauthclient.Config) { c.ResourceServer = "" },
		"RESOURCE_SERVER_URL is not a URL":        func(c *oauthclient.Config) { c.ResourceServer = "http://a canary" },
		"RESOURCE_SERVER_URL has a user, a query": func(c *oauthclient.Config) { c.ResourceServer = "http://a?canary" },
	} {
		config := sound
		change(&config)
		_, err := oauthclient.New(config)
		if err == nil || !strings.HasPrefix(err.Error(), name) {
			t.Errorf("got %v, want %s", err, name)
		}
		quiet(t, err)
	}
}

func TestConfigFromEnv(t *testing.T) {
	demo := oauthclient.Demo{ClientID: "demo", ClientSecret: "public"}
	for name, test := range map[string]struct {
		env  map[string]string
		want oauthclient.Config
	}{
		"nothing set": {nil, oauthclient.Config{AuthServer: "http://localhost:4000", ResourceServer: "http://localhost:4001", ClientID: "demo", ClientSecret: "public"}},
		"the demo's secret is for the demo alone": {map[string]string{"CLIENT_ID": "other"},
			oauthclient.Config{AuthServer: "http://localhost:4000", ResourceServer: "http://localhost:4001", ClientID: "other"}},
		"all set": {map[string]string{"AUTH_SERVER_URL": "http://a", "RESOURCE_SERVER_URL": "http://b", "CLIENT_ID": "c", "CLIENT_SECRET": "d"},
			oauthclient.Config{AuthServer: "http://a", ResourceServer: "http://b", ClientID: "c", ClientSecret: "d"}},
	} {
		got, err := oauthclient.ConfigFromEnv(func(name string) string { return test.env[name] }, demo)
		if err != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

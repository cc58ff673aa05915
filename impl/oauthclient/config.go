package oauthclient

import (
	"fmt"
	"net/url"

	"github.com/caarlos0/env/v11"
)

// The names of the settings, as errors and the environment know them.
const (
	settingAuthServer     = "AUTH_SERVER_URL"
	settingResourceServer = "RESOURCE_SERVER_URL"
	settingClientID       = "CLIENT_ID"
	settingClientSecret   = "CLIENT_SECRET"
)

type settings struct {
	AuthServer     string `env:"AUTH_SERVER_URL" envDefault:"http://localhost:4000"`
	ResourceServer string `env:"RESOURCE_SERVER_URL" envDefault:"http://localhost:4001"`
	ClientID       string `env:"CLIENT_ID"`
	ClientSecret   string `env:"CLIENT_SECRET"`
}

// Demo is a documented client, whose secret is public.
type Demo struct{ ClientID, ClientSecret string }

// ConfigFromEnv reads AUTH_SERVER_URL, RESOURCE_SERVER_URL, CLIENT_ID and
// CLIENT_SECRET. Without CLIENT_ID the client is demo; its public secret is
// never used for another one.
func ConfigFromEnv(getenv func(string) string, demo Demo) (Config, error) {
	values := map[string]string{}
	for _, name := range []string{settingAuthServer, settingResourceServer, settingClientID, settingClientSecret} {
		if value := getenv(name); value != "" {
			values[name] = value
		}
	}
	s, err := env.ParseAsWithOptions[settings](env.Options{Environment: values})
	if err != nil {
		return Config{}, err
	}
	if s.ClientID == "" {
		s.ClientID = demo.ClientID
	}
	if s.ClientSecret == "" && s.ClientID == demo.ClientID {
		s.ClientSecret = demo.ClientSecret
	}
	return Config{AuthServer: s.AuthServer, ResourceServer: s.ResourceServer, ClientID: s.ClientID, ClientSecret: s.ClientSecret}, nil
}

func (c Config) check() error {
	if err := checkIdentifier(settingAuthServer, c.AuthServer); err != nil {
		return err
	}
	if err := checkIdentifier(settingResourceServer, c.ResourceServer); err != nil {
		return err
	}
	if c.ClientID == "" {
		return fmt.Errorf("%s is not set: give the id of a registered client", settingClientID)
	}
	if c.ClientSecret == "" {
		return fmt.Errorf("%s is not set: give the secret of the client %q", settingClientSecret, c.ClientID)
	}
	return nil
}

// checkIdentifier: an issuer identifier has neither query nor fragment
// (RFC 8414 section 2, https://www.rfc-editor.org/rfc/rfc8414#section-2); a
// resource is held to the same here. The value may hold a password, so that
// no error repeats it.
func checkIdentifier(setting, value string) error {
	if value == "" {
		return fmt.Errorf("%s is not set: give the URL of the server", setting)
	}
	u, err := url.Parse(value)
	if err != nil || !isHTTP(u) {
		return fmt.Errorf("%s is not a URL: give one that starts with http:// or https://", setting)
	}
	if u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return fmt.Errorf("%s has a user, a query or a fragment: give a URL without", setting)
	}
	return nil
}

func isHTTP(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

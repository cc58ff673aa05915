package main

import (
	"cmp"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// The environment variables about the store: where it is, for a location with a
// password in it, and the key that encrypts signing keys there.
const (
	storeLocation = "GRANTPROOF_STORE"
	storeKey      = "GRANTPROOF_STORE_KEY"
)

// locate finds the store that a flag names, else the environment, else the
// default one.
func locate(flag string) (string, error) {
	if location := cmp.Or(flag, os.Getenv(storeLocation)); location != "" {
		return location, nil
	}
	return defaultStore()
}

// defaultStore is a SQLite file in the user's folder for data: that of the XDG
// Base Directory Specification (https://specifications.freedesktop.org/basedir-spec/latest/),
// and where a system has another one, that.
func defaultStore() (string, error) {
	folder, err := dataFolder()
	if err != nil {
		return "", fmt.Errorf("there is no folder for data: %w; name a store with --store or "+storeLocation, err)
	}
	return "sqlite:" + filepath.Join(folder, "grantproof", "grantproof.db"), nil
}

func dataFolder() (string, error) {
	if folder := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(folder) {
		return folder, nil
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return os.UserConfigDir()
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".local", "share"), err
}

// shownStore is a store's location without its password, which may stand before
// the host or in the query, and in a text that is no URL anywhere.
func shownStore(location string) string {
	scheme, rest, isURL := strings.Cut(location, "://")
	if !isURL && !strings.Contains(location, "=") {
		return cmp.Or(location, "memory")
	}
	parsed, err := url.Parse(location)
	switch {
	case !isURL:
		return "that is given"
	case scheme == "sqlite":
		return location
	case err != nil || parsed.Host == "" || parsed.User == nil && strings.Contains(rest, "@"):
		return scheme + "://…"
	}
	return scheme + "://" + parsed.Host + parsed.Path
}

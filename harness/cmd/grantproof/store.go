package main

import (
	"cmp"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
)

// storeKey is the environment variable with the key that encrypts signing keys
// in a store.
const storeKey = "GRANTPROOF_STORE_KEY"

// storeLocation is the environment variable with the location of the store, for
// one that has a password in it.
const storeLocation = "GRANTPROOF_STORE"

// locate is the store that a flag names, else the environment, else the default.
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
		return "", fmt.Errorf("there is no folder for data: %w; name a store with --store", err)
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

// shownStore is a store's location without its password.
func shownStore(location string) string {
	parsed, err := url.Parse(location)
	if err != nil || parsed.User == nil {
		return cmp.Or(location, "memory")
	}
	return parsed.Redacted()
}

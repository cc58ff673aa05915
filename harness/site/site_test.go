package site_test

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/api"
	"github.com/grantproof/grantproof/features"
	"github.com/grantproof/grantproof/harness/site"
)

func pages(t *testing.T) site.Site {
	t.Helper()
	made, err := site.Build(site.Config{Specs: api.Specs, Features: features.FS})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

var (
	link      = regexp.MustCompile(`href="([^"]*)"`)
	loaded    = regexp.MustCompile(`(?:src|<link[^>]*href)="([^"]*)"`)
	hasAnchor = regexp.MustCompile(`id="([^"]*)"`)
)

// Every link between the pages leads to a page, and to a place on it.
func TestLinks(t *testing.T) {
	made := pages(t)
	places := map[string]map[string]bool{}
	for name, body := range made {
		places[name] = map[string]bool{"": true}
		for _, match := range hasAnchor.FindAllStringSubmatch(string(body), -1) {
			places[name][match[1]] = true
		}
	}
	checked := 0
	for name, body := range made {
		if path.Ext(name) != ".html" {
			continue
		}
		for _, match := range link.FindAllStringSubmatch(string(body), -1) {
			target, place, _ := strings.Cut(match[1], "#")
			if strings.Contains(target, ":") {
				continue
			}
			checked++
			to := name
			if target != "" {
				to = path.Join(path.Dir(name), target)
			}
			if places[to] == nil {
				t.Errorf("%s: the link %s leads nowhere", name, match[1])
			} else if !places[to][place] {
				t.Errorf("%s: %s has no place %q", name, to, place)
			}
		}
	}
	if checked < 500 {
		t.Errorf("only %d links were checked", checked)
	}
}

// No page loads anything from elsewhere.
func TestNoExternalRequest(t *testing.T) {
	for name, body := range pages(t) {
		if path.Ext(name) != ".html" {
			continue
		}
		for _, match := range loaded.FindAllStringSubmatch(string(body), -1) {
			if strings.Contains(match[1], "//") {
				t.Errorf("%s loads %s", name, match[1])
			}
		}
	}
}

// Every specification and every feature has its page.
func TestComplete(t *testing.T) {
	made := pages(t)
	specs, err := fs.Glob(api.Specs, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range specs {
		if plain, isSpec := strings.CutSuffix(name, ".yaml"); isSpec && !strings.HasSuffix(plain, ".cfg") && made["api/"+plain+"/index.html"] == nil {
			t.Errorf("%s has no page", name)
		}
	}
	err = fs.WalkDir(features.FS, ".", func(name string, _ fs.DirEntry, err error) error {
		if plain, isFeature := strings.CutSuffix(name, ".feature"); isFeature && made["features/"+plain+"/index.html"] == nil {
			t.Errorf("%s has no page", name)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// What is served is what is written.
func TestServedIsWritten(t *testing.T) {
	made, folder := pages(t), t.TempDir()
	if err := made.Write(folder); err != nil {
		t.Fatal(err)
	}
	for name, body := range made {
		written, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil || string(written) != string(body) {
			t.Errorf("%s was not written as it is: %v", name, err)
		}
		answer := httptest.NewRecorder()
		made.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/"+strings.TrimSuffix(name, "index.html"), nil))
		if answer.Code != http.StatusOK || answer.Body.String() != string(body) || answer.Header().Get("Content-Security-Policy") == "" {
			t.Errorf("%s is served with %d", name, answer.Code)
		}
	}
	answer := httptest.NewRecorder()
	made.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/nonsense", nil))
	if answer.Code != http.StatusNotFound {
		t.Errorf("an unknown page is answered with %d", answer.Code)
	}
}

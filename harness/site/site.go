// Package site owns what people read: the API documentation, the features, their
// language, the registry and the guide, as pages that a server shows or that are written to
// a folder. It owns the pages, not what they report.
package site

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/harness/target"
)

// Config says what the pages are made of.
type Config struct {
	Specs    fs.FS // The OpenAPI specifications, *.yaml.
	Features fs.FS // The feature files and the registry.
}

// Site is every page and asset, by its path without a leading slash.
type Site map[string][]byte

//go:embed templates/*.html style.css guide/*.md
var content embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{"anchor": anchor, "tableAnchor": tableAnchor}).ParseFS(content, "templates/*.html"))

// Build makes every page.
func Build(config Config) (Site, error) {
	registry, err := citation.Load(config.Features)
	if err != nil {
		return nil, err
	}
	features, err := readFeatures(config.Features)
	if err != nil {
		return nil, err
	}
	style, err := content.ReadFile("style.css")
	if err != nil {
		return nil, err
	}
	site := Site{"style.css": style, "schemas/target.schema.json": target.TargetSchema, "schemas/baseline.schema.json": target.BaselineSchema}
	chapters, err := site.addGuide()
	return site, errors.Join(err,
		site.addAPI(config.Specs),
		site.addFeatures(features),
		site.addRequirements(registry, features),
		site.addLanguage(config.Features, registry),
		site.addPeers(),
		site.addAdvisories(config.Features, features),
		site.page("index.html", "start", "grantproof", map[string]any{"Chapters": chapters, "Specs": specifications, "Features": features}),
	)
}

// page renders a template to name; the links in it begin with Root.
func (s Site) page(name, template, title string, data any) error {
	var body bytes.Buffer
	err := templates.ExecuteTemplate(&body, template+".html", map[string]any{
		"Title": title, "Root": strings.Repeat("../", strings.Count(name, "/")), "Data": data,
	})
	if err != nil {
		return fmt.Errorf("the page %s: %w", name, err)
	}
	s[name] = body.Bytes()
	return nil
}

// policy keeps the pages to what is served with them. Swagger UI sets styles
// and shows images that it makes itself.
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"

// ServeHTTP implements http.Handler.
func (s Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	body, ok := s[name]
	if !ok {
		if _, folder := s[name+"/index.html"]; folder {
			http.Redirect(w, r, "/"+name+"/", http.StatusMovedPermanently)
			return
		}
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", mediaType(name))
	w.Header().Set("Content-Security-Policy", policy)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(body)
}

func mediaType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".json":
		return "application/json"
	case ".png":
		return "image/png"
	}
	return "text/plain; charset=utf-8"
}

// Write writes the site to a folder, as a static site that works from
// anywhere.
func (s Site) Write(folder string) error {
	for name, body := range s {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return fmt.Errorf("the documentation cannot be written: %w", err)
		}
		if err := os.WriteFile(file, body, 0o644); err != nil {
			return fmt.Errorf("the documentation cannot be written: %w", err)
		}
	}
	return nil
}

package site

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/swaggest/swgui/v5/static"
)

// Specification is one OpenAPI document.
type Specification struct{ Name, Title, About string }

var specifications = []Specification{
	{"authserver", "Authorization server", "Tokens, introspection, authorization and metadata."},
	{"resourceserver", "Resource server", "The task API: tasks, the user, and the scope that each operation needs."},
	{"mcpserver", "MCP server", "The tools over Streamable HTTP, and the metadata that names the authorization server."},
	{"control", "Control plane", "How an examiner sets up realms, clocks, faults and tokens."},
	{"report", "Report", "The JSON that `grantproof run --report` writes."},
	{"oauth", "OAuth messages", "The errors, tokens and metadata that the other specifications share."},
}

// assets of Swagger UI, which the library holds compressed.
var assets = []string{"swagger-ui-bundle.js", "swagger-ui.css"}

// addAPI adds a page for each specification, whose references are taken in, so
// that the browser fetches nothing.
func (s Site) addAPI(specs fs.FS) error {
	problems := []error{s.page("api/index.html", "api_index", "API documentation", specifications)}
	for _, specification := range specifications {
		problems = append(problems, s.addSpecification(specs, specification))
	}
	for _, name := range assets {
		body, err := uncompressed(name + ".gz")
		problems = append(problems, err)
		s["api/"+name] = body
	}
	return errors.Join(problems...)
}

func (s Site) addSpecification(specs fs.FS, specification Specification) error {
	text, err := fs.ReadFile(specs, specification.Name+".yaml")
	if err != nil {
		return err
	}
	s["api/"+specification.Name+".yaml"] = text
	loader := openapi3.NewLoader()
	loader.IsExternalRefsAllowed = true
	loader.ReadFromURIFunc = func(_ *openapi3.Loader, location *url.URL) ([]byte, error) {
		return fs.ReadFile(specs, strings.TrimPrefix(location.Path, "./"))
	}
	document, err := loader.LoadFromDataWithPath(text, &url.URL{Path: specification.Name + ".yaml"})
	if err != nil {
		return fmt.Errorf("%s.yaml: %w", specification.Name, err)
	}
	document.InternalizeRefs(loader.Context, nil)
	whole, err := json.Marshal(document)
	if err != nil {
		return err
	}
	s["api/"+specification.Name+"/show.js"] = []byte("window.onload = () => SwaggerUIBundle({dom_id: '#api', deepLinking: true, " +
		"validatorUrl: null, supportedSubmitMethods: [], spec: " + string(whole) + "});\n")
	return s.page("api/"+specification.Name+"/index.html", "api", specification.Title+" API", specification)
}

func uncompressed(name string) ([]byte, error) {
	file, err := static.FS.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	reader, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(reader)
}

package api_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/grantproof/grantproof/api"
)

var names = []string{"oauth", "authserver", "resourceserver", "mcpserver", "control", "report"}

// What is in generated/ is what the generator makes of api/.
func TestGenerated(t *testing.T) {
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			made, config := filepath.Join(t.TempDir(), name+".go"), filepath.Join(t.TempDir(), "cfg.yaml")
			redirect(t, name, config, made)
			generate := exec.CommandContext(t.Context(), "go", "tool", "oapi-codegen", "-config", config, name+".yaml")
			if output, err := generate.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, output)
			}
			want, err := os.ReadFile(made)
			if err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(filepath.Join("..", "generated", name, name+".gen.go"))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Error("generated/ is not what the specification says; run `make generate`")
			}
		})
	}
}

// redirect copies the configuration of a specification, with another output.
func redirect(t *testing.T, name, config, output string) {
	t.Helper()
	content, err := os.ReadFile(name + ".cfg.yaml")
	if err != nil {
		t.Fatal(err)
	}
	content = bytes.Replace(content, []byte("output: "+name+"/"+name+".gen.go"), []byte("output: "+output), 1)
	if err := os.WriteFile(config, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Every specification is valid OpenAPI 3.0.3, and every operation has a
// summary, an error answer where it can fail, and examples of what it takes.
func TestSpecifications(t *testing.T) {
	loader := openapi3.NewLoader()
	loader.IsExternalRefsAllowed = true
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			if content, err := api.Specs.ReadFile(name + ".yaml"); err != nil || !bytes.HasPrefix(content, []byte("openapi: 3.0.3\n")) {
				t.Errorf("not OpenAPI 3.0.3: %v", err)
			}
			spec, err := loader.LoadFromFile(name + ".yaml")
			if err != nil {
				t.Fatal(err)
			}
			if err := spec.Validate(loader.Context); err != nil {
				t.Error(err)
			}
			for path, item := range spec.Paths.Map() {
				for method, operation := range item.Operations() {
					checkOperation(t, method+" "+path, operation)
				}
			}
		})
	}
}

func checkOperation(t *testing.T, name string, operation *openapi3.Operation) {
	t.Helper()
	if operation.Summary == "" || operation.OperationID == "" || len(operation.Tags) == 0 {
		t.Errorf("%s lacks a summary, an operationId or a tag", name)
	}
	for status, response := range operation.Responses.Map() {
		if response.Value.Description == nil || *response.Value.Description == "" {
			t.Errorf("%s: %s has no description", name, status)
		}
	}
	if operation.RequestBody == nil {
		return
	}
	if operation.Responses.Value("400") == nil {
		t.Errorf("%s takes a body and has no answer 400", name)
	}
	for media, content := range operation.RequestBody.Value.Content {
		for example, value := range content.Examples {
			if err := content.Schema.Value.VisitJSON(value.Value.Value); err != nil {
				t.Errorf("%s: the example %s of %s: %v", name, example, media, strings.Split(err.Error(), "\n")[0])
			}
		}
	}
}

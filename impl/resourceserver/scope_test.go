package resourceserver

import (
	"slices"
	"testing"

	"github.com/grantproof/grantproof/generated/resourceserver"
)

// The scopes that are demanded are those of the specification.
func TestRequiredScopesAreThoseOfTheSpecification(t *testing.T) {
	spec, err := resourceserver.GetSpec()
	if err != nil {
		t.Fatal(err)
	}
	specified := 0
	for path, item := range spec.Paths.Map() {
		for method, operation := range item.Operations() {
			var want []string
			if operation.Security != nil {
				for _, alternative := range *operation.Security {
					want = append(want, alternative["oauth"]...)
				}
			}
			if got := required[method+" "+path]; !slices.Equal([]string(got), want) {
				t.Errorf("%s %s demands %v, the specification says %v", method, path, got, want)
			}
			if want != nil {
				specified++
			}
		}
	}
	if specified != len(required) {
		t.Errorf("%d operations are protected, %d are specified", len(required), specified)
	}
}

package oauthclient_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/oauthclient"
)

const documentURL = "https://app.example.com/client.json"

// The document names the client by its own URL, and no secret goes into it.
func TestDocument(t *testing.T) {
	config := oauthclient.HandlerConfig{MetadataURL: documentURL, Registration: &oauth.ClientMetadata{
		ClientName: new("Task assistant"), TokenEndpointAuthMethod: new("client_secret_basic"),
		AdditionalProperties: map[string]any{"client_secret": canary},
	}}
	handler, err := config.DocumentHandler()
	if err != nil {
		t.Fatal(err)
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, documentURL, nil))
	var document map[string]any
	if err := json.Unmarshal(answer.Body.Bytes(), &document); err != nil || answer.Code != http.StatusOK || answer.Header().Get("Content-Type") != "application/json" {
		t.Fatalf("status %d, %v, %v", answer.Code, answer.Header(), err)
	}
	if document["client_id"] != documentURL || document["token_endpoint_auth_method"] != "none" || strings.Contains(answer.Body.String(), canary) {
		t.Errorf("the document is %s", answer.Body)
	}
	answer = httptest.NewRecorder()
	if handler.ServeHTTP(answer, httptest.NewRequest(http.MethodPost, documentURL, nil)); answer.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST gets status %d", answer.Code)
	}
}

// What would make a document that no server takes is said at once.
func TestUnfitDocument(t *testing.T) {
	named := &oauth.ClientMetadata{ClientName: new("Task assistant")}
	for want, config := range map[string]oauthclient.HandlerConfig{
		"no https URL": {MetadataURL: "http://app.example.com/client.json", Registration: named},
		"with a path":  {MetadataURL: "https://app.example.com", Registration: named},
		"no name":      {MetadataURL: documentURL, Registration: &oauth.ClientMetadata{}},
		"public part":  {MetadataURL: documentURL, Registration: named, Key: &oauthclient.Key{}},
	} {
		if _, err := config.Document(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want an error with %q", err, want)
		}
	}
}

package fault

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
)

// ClientDocument edits the client ID metadata document of a client.
func ClientDocument(set Set, document http.Handler) http.Handler {
	if len(set) == 0 {
		return document
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if set.Has(DocumentRedirected) {
			http.Redirect(w, r, "/moved.json", http.StatusFound)
			return
		}
		sound := httptest.NewRecorder()
		document.ServeHTTP(sound, r)
		members := map[string]any{}
		_ = json.Unmarshal(sound.Body.Bytes(), &members)
		if set.Has(DocumentOfAnother) {
			members["client_id"] = "https://other.example/client.json"
		}
		if set.Has(DocumentIncomplete) {
			delete(members, "client_name")
			delete(members, "redirect_uris")
		}
		if set.Has(SecretPublished) {
			members["client_secret"] = "a-secret-that-everybody-can-read"
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(members)
	})
}

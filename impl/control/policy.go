package control

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/strictjson"
	"github.com/grantproof/grantproof/impl/wire"
)

// inFile are the members of a RealmRequest that a server in earnest has too. The
// others arrange a scenario, or have a flag.
var inFile = []string{
	"check_client_pages", "client_configuration", "client_document_hosts", "client_documents_on_loopback", "client_pages_on_loopback",
	"code_challenge", "redirect_uri_in_token_request", "refresh_grace_seconds", "registrations_per_hour", "resources", "signed_metadata",
	"signing_algorithm", "statement_issuers", "token_endpoint_audience", "unused_clients_days", "upstream", "write_implies_read",
}

// ReadPolicy changes a policy by what a file of YAML says, whose members are
// those of RealmRequest in api/control.yaml. An error names the member that is
// wrong.
func ReadPolicy(policy realm.Policy, content []byte) (realm.Policy, error) {
	given, err := yaml.YAMLToJSON(content)
	if err != nil {
		what, _, _ := strings.Cut(err.Error(), "\n")
		return policy, fmt.Errorf("it is no YAML: %s", what)
	}
	var members map[string]json.RawMessage
	if err := strictjson.Unmarshal(given, &members); err != nil {
		return policy, errors.New("it is no object of names and values")
	}
	for name := range members {
		if !slices.Contains(inFile, name) {
			return policy, fmt.Errorf("%s: there is no such rule; there are %s", name, strings.Join(inFile, ", "))
		}
	}
	spec, err := control.GetSpec()
	if err != nil {
		return policy, err
	}
	judged, refused := wire.Document{Schema: spec.Components.Schemas["RealmRequest"].Value}.Judge(given)
	if refused != nil {
		return policy, errors.New(refused.Description)
	}
	var request control.RealmRequest
	if err := strictjson.Unmarshal(judged, &request); err != nil {
		return policy, err
	}
	return policyOf(policy, request)
}

var decisions = map[control.RealmRequestResourceOwner]realm.Decision{
	control.Approves: realm.Approves, control.Denies: realm.Denies, control.Asks: realm.Asks,
}

var upstreams = map[control.RealmRequestUpstream]realm.Upstream{control.Exchange: realm.Exchanges, control.Own: realm.Own}

func policyOf(policy realm.Policy, request control.RealmRequest) (realm.Policy, error) {
	if request.Policy != nil {
		policy.Documented = *request.Policy == control.Documented
	}
	if request.Verify != nil {
		policy.Verify = realm.Verify(*request.Verify)
	}
	if request.Upstream != nil {
		policy.Upstream = upstreams[*request.Upstream]
	}
	if request.WriteImpliesRead != nil {
		policy.WriteImpliesRead = *request.WriteImpliesRead
	}
	if request.ResourceOwner != nil {
		policy.ResourceOwner = decisions[*request.ResourceOwner]
	}
	if request.DocumentedTokens != nil {
		policy.DocumentedTokens = *request.DocumentedTokens
	}
	if request.RefreshGraceSeconds != nil {
		policy.RefreshGrace = time.Duration(*request.RefreshGraceSeconds) * time.Second
	}
	if request.Resources != nil {
		policy.Resources = *request.Resources
	}
	if request.ClientDocumentsOnLoopback != nil {
		policy.ClientDocuments.Loopback = *request.ClientDocumentsOnLoopback
	}
	if request.ClientDocumentHosts != nil {
		policy.ClientDocuments.Hosts = *request.ClientDocumentHosts
	}
	if request.ClientPagesOnLoopback != nil {
		policy.ClientPages.Loopback = *request.ClientPagesOnLoopback
	}
	if request.CheckClientPages != nil {
		policy.CheckClientPages = *request.CheckClientPages
	}
	if request.TokenEndpointAudience != nil {
		policy.TokenEndpointAudience = *request.TokenEndpointAudience
	}
	if request.SigningAlgorithm != nil {
		policy.SigningAlgorithm = string(*request.SigningAlgorithm)
	}
	if request.Tools != nil {
		policy.Tools = *request.Tools
	}
	if request.StoreDown != nil {
		policy.StoreDown = *request.StoreDown
	}
	return statementsOf(registrationOf(codeOf(policy, request), request), request)
}

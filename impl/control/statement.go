package control

import (
	"encoding/json"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// statementsOf reads whose software statements are trusted.
func statementsOf(policy realm.Policy, request control.RealmRequest) (realm.Policy, error) {
	if request.StatementIssuers == nil {
		return policy, nil
	}
	policy.StatementIssuers = nil
	for _, trusted := range *request.StatementIssuers {
		raw, err := json.Marshal(trusted.Jwks)
		if err != nil {
			return policy, err
		}
		keys, err := token.ParseKeySet(raw)
		if err != nil {
			return policy, wire.InvalidRequest("statement_issuers: jwks: " + err.Error())
		}
		policy.StatementIssuers = append(policy.StatementIssuers, realm.StatementIssuer{Issuer: trusted.Issuer, Keys: keys})
	}
	return policy, nil
}

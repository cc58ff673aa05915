package world

import (
	"context"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
)

// publisher is the iss of the software statements that the examiner makes (RFC
// 7591 section 2.3, https://www.rfc-editor.org/rfc/rfc7591#section-2.3).
const publisher = "https://publisher.example"

// TrustPublisher makes the authorization server trust the software statements
// of a publisher, and every client register with one from now on.
func (w *World) TrustPublisher(ctx context.Context) error {
	key, err := w.newKey("ES256")
	if err != nil {
		return err
	}
	trusted := []control.StatementIssuer{{Issuer: publisher, Jwks: proof.JWKS(key)}}
	if err := w.Change(ctx, control.RealmRequest{StatementIssuers: &trusted}); err != nil {
		return err
	}
	w.Realm.Publisher = &key
	return nil
}

// addStatement adds the software statement of a registration, where the server
// trusts somebody who makes them, and returns the rows of table that are not
// about it. A row "statement client_name" is a claim; as with a client
// assertion, typ, alg, kid and crit are of the header, signed_by is another
// key, and software_statement with (changed) one whose claims are others than
// were signed.
func (w *World) addStatement(metadata map[string]any, table Table) (Table, error) {
	if w.Realm.Publisher == nil {
		return table, nil
	}
	about, rest := table.About("statement ")
	made, err := w.statement(about)
	if value, _ := rest.Get("software_statement"); value == "(changed)" {
		changed := proof.Changed(made)
		w.Log.Derive(exchange.Derived{Name: "changed_statement", Value: changed, Command: "changed", Arguments: []string{made}})
		made, rest = changed, rest.Without("software_statement")
	}
	metadata["software_statement"] = made
	return rest, err
}

func (w *World) statement(about Table) (string, error) {
	key := *w.Realm.Publisher
	header := map[string]any{"alg": key.Algorithm, "typ": "JWT", "kid": key.ID}
	claims := map[string]any{"iss": publisher, "iat": w.at(0), "software_id": "examined-software", "software_version": "2.0"}
	return w.signDeparting("software_statement", about, key, header, claims)
}

package acts

import (
	"context"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// publisher is the iss of the software statements that the examiner makes (RFC
// 7591 section 2.3, https://www.rfc-editor.org/rfc/rfc7591#section-2.3).
const publisher = "https://publisher.example"

// statedID is what the statement of a client says of its software, and the client does not.
const statedID = "examined-software"

// TrustPublisher makes the authorization server trust the software statements
// of a publisher, and every client register with one from now on.
func TrustPublisher(ctx context.Context, w *world.World) error {
	key, err := newKey(w, "ES256")
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
func addStatement(w *world.World, metadata map[string]any, table world.Table) (world.Table, error) {
	if w.Realm.Publisher == nil {
		return table, nil
	}
	about, rest := table.About("statement ")
	made, err := statement(w, about)
	if value, _ := rest.Get("software_statement"); value == "(changed)" {
		changed := proof.Changed(made)
		w.Log.Derive(exchange.Derived{Name: "changed_statement", Value: changed, Command: "changed", Arguments: []string{made}})
		made, rest = changed, rest.Without("software_statement")
	}
	metadata["software_statement"] = made
	return rest, err
}

// statementUsed: a server may ignore software statements (RFC 7591 section 3.1.1,
// https://www.rfc-editor.org/rfc/rfc7591#section-3.1.1). Where it uses one, its answer
// holds the statement or what that alone says.
func statementUsed(w *world.World) error {
	if w.Realm.Publisher == nil || w.Last.Success() != nil {
		return nil
	}
	answer := Object(w.Last)
	if answer["software_statement"] == nil && answer["software_id"] != statedID {
		return &check.NotApplicable{Reason: "the authorization server ignores software statements", Lacks: "software_statement"}
	}
	return nil
}

func statement(w *world.World, about world.Table) (string, error) {
	key := *w.Realm.Publisher
	header := map[string]any{"alg": key.Algorithm, "typ": "JWT", "kid": key.ID}
	claims := map[string]any{"iss": publisher, "iat": at(w, 0), "software_id": statedID, "software_version": "2.0"}
	return signDeparting(w, "software_statement", about, key, header, claims)
}

package acts

import (
	"cmp"
	"strings"

	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// Valid is the value of a parameter in a valid request, whether or not the
// request at hand sends it.
func Valid(w *world.World, name string) string {
	for _, of := range []map[string]func(*world.World) string{ofClient, ofGrant, ofRealm} {
		if value, known := of[name]; known {
			return value(w)
		}
	}
	if strings.HasPrefix(name, "document URL with") {
		return world.Part[Document](w).variant(name)
	}
	return valid(w.Grant.Received, name)
}

// ofClient are the values that the client has, by name.
var ofClient = map[string]func(*world.World) string{
	"client_id":      func(w *world.World) string { return w.Client.ID },
	"client_id host": func(w *world.World) string { return hostOf(w.Client.ID) },
	"client_name":    func(w *world.World) string { return w.Client.Title },
	"client_secret":  func(w *world.World) string { return w.Client.Secret },
	"redirect_uri":   func(w *world.World) string { return w.Client.RedirectURI() },
	"redirect host":  func(w *world.World) string { return hostOf(w.Client.RedirectURI()) },
	"scope":          func(w *world.World) string { return w.Client.Scope },
	"narrower scope": func(w *world.World) string {
		first, _, _ := strings.Cut(w.Client.Scope, " ")
		return first
	},
	"client_uri":         registered("client_uri"),
	"tos_uri":            registered("tos_uri"),
	"policy_uri":         registered("policy_uri"),
	"software_statement": registered("software_statement"),
}

// registered is a member of the metadata that the client sent to register itself.
func registered(member string) func(*world.World) string {
	return func(w *world.World) string {
		sent, _ := registration(w).Sent[member].(string)
		return sent
	}
}

// ofGrant are the values of what the client has obtained, by name.
var ofGrant = map[string]func(*world.World) string{
	"state":                 func(w *world.World) string { return w.Grant.State },
	"code":                  func(w *world.World) string { return w.Grant.Code },
	"code_verifier":         func(w *world.World) string { return w.Grant.Verifier },
	"earlier code_verifier": func(w *world.World) string { return w.Grant.Earlier },
	"code_challenge":        func(w *world.World) string { return proof.Challenge(w.Grant.Verifier) },
	"nonce":                 func(w *world.World) string { return w.Grant.Nonce },
	"granted scope":         func(w *world.World) string { return w.Grant.Consented },
	"refresh_token":         func(w *world.World) string { return w.Grant.RefreshToken },
	"used refresh_token":    func(w *world.World) string { return w.Grant.UsedRefreshToken },
	"access_token":          accessToken,
	"token":                 accessToken,
	"id_token_hint":         func(w *world.World) string { return w.Grant.IDToken },
}

func accessToken(w *world.World) string { return w.Grant.AccessToken }

// ofRealm are the values of the servers and the resource owner, by name.
var ofRealm = map[string]func(*world.World) string{
	"iss":                func(w *world.World) string { return w.Realm.Issuer },
	"issuer":             func(w *world.World) string { return w.Realm.Issuer },
	"second resource":    secondResource,
	"resource":           intendedResource,
	"aud":                intendedResource,
	"audience":           intendedResource,
	"protected resource": func(w *world.World) string { return w.Realm.Resource },
	"sub":                func(w *world.World) string { return w.Realm.User.ID },
}

func secondResource(w *world.World) string {
	return cmp.Or(w.Run.Target.ResourceServer.Second, w.Realm.Resource+"/second")
}

// intendedResource is the one that tokens are for.
func intendedResource(w *world.World) string { return cmp.Or(audience(w), w.Realm.Resource) }

package fault

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// Each takes a credential for the right one that is almost the same.
var _ = add([]Fault{
	{
		Name:     "client-id-trimmed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client"},
		Summary:  "Blanks around a client_id are removed before the client is looked up.",
		Store:    func(sound store.Store) store.Store { return clientsAlike{sound, strings.TrimSpace} },
	},
	{
		Name:     "client-id-ends-at-nul",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client"},
		Summary:  "A client_id ends at its first NUL.",
		Store:    func(sound store.Store) store.Store { return clientsAlike{sound, untilNUL} },
	},
	{
		Name:     "client-id-percent-decoded",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client"},
		Summary:  "A client_id is percent-decoded once too often.",
		Store: func(sound store.Store) store.Store {
			return clientsAlike{sound, func(id string) string {
				decoded, _ := url.PathUnescape(id)
				return decoded
			}}
		},
	},
	{
		Name:     "client-secret-case-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client"},
		Summary:  "Client secrets are stored and compared in lower case.",
		Rules: seam.Rules(
			seam.Instead(realm.NewClientSecret, func(string) string { return strings.ToLower(token.NewSecret()) }),
			presenting(func(_ *store.Client, presented *authserver.Presented) {
				presented.Secret = strings.ToLower(presented.Secret)
			}),
		),
	},
	{
		Name:     "client-secret-trimmed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client"},
		Summary:  "Blanks around a client secret are removed before it is compared.",
		Rules: presenting(func(_ *store.Client, presented *authserver.Presented) {
			presented.Secret = strings.TrimSpace(presented.Secret)
		}),
	},
	{
		Name:     "client-secret-ends-at-nul",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client"},
		Summary:  "A client secret ends at its first NUL.",
		Rules:    presenting(func(_ *store.Client, presented *authserver.Presented) { presented.Secret = untilNUL(presented.Secret) }),
	},
	{
		Name:     "client-secret-compared-in-part",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-client"},
		Summary:  "Only the first characters of a client secret are compared.",
		Rules: seam.Rules(
			seam.Instead(realm.NewClientSecret, func(string) string { return inPart(token.NewSecret()) }),
			presenting(func(_ *store.Client, presented *authserver.Presented) { presented.Secret = inPart(presented.Secret) }),
		),
	},
	{
		Name:     "code-case-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-grant"},
		Summary:  "Authorization codes are compared case-insensitively.",
		Rules:    seam.Instead(authserver.NewAuthorizationCode, func(store.Code) string { return strings.ToLower(token.NewSecret()) }),
		Request:  seam.OnForm("/oauth/token", "code", strings.ToLower),
	},
	{
		Name:     "code-trimmed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-grant"},
		Summary:  "Blanks around an authorization code are removed.",
		Request:  seam.OnForm("/oauth/token", "code", strings.TrimSpace),
	},
	{
		Name:     "code-ends-at-nul",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-grant"},
		Summary:  "An authorization code ends at its first NUL.",
		Request:  seam.OnForm("/oauth/token", "code", untilNUL),
	},
	{
		Name:     "code-compared-in-part",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/invalid-grant"},
		Summary:  "Only the first characters of an authorization code are compared.",
		Rules:    seam.Instead(authserver.NewAuthorizationCode, func(store.Code) string { return inPart(token.NewSecret()) }),
		Request:  seam.OnForm("/oauth/token", "code", inPart),
	},
	{
		Name:     "verifier-trimmed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.6/verifier-mismatch"},
		Summary:  "Blanks around a code verifier are removed.",
		Request:  seam.OnForm("/oauth/token", "code_verifier", strings.TrimSpace),
	},
	{
		Name:     "verifier-ends-at-nul",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.6/verifier-mismatch"},
		Summary:  "A code verifier ends at its first NUL.",
		Request:  seam.OnForm("/oauth/token", "code_verifier", untilNUL),
	},
	{
		Name:     "parameter-names-case-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.6/verifier-mismatch"},
		Summary:  "The names of the parameters of a token request are compared case-insensitively.",
		Request: seam.OnParameters("/oauth/token", func(form url.Values) {
			for name, values := range form {
				if lower := strings.ToLower(name); lower != name && !form.Has(lower) {
					form[lower] = values
				}
			}
		}),
	},
	{
		Name:     "challenge-case-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.6/verifier-mismatch"},
		Summary:  "The code challenge is compared with the code verifier case-insensitively.",
		Rules: seam.Instead(authserver.CodeVerifierMatches, func(codeChallenge, verifier string) bool {
			hash := sha256.Sum256([]byte(verifier))
			return strings.EqualFold(codeChallenge, base64.RawURLEncoding.EncodeToString(hash[:]))
		}),
	},
	{
		Name:     "refresh-token-case-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/refresh-invalid-grant"},
		Summary:  "Refresh tokens are compared case-insensitively.",
		Rules:    seam.Instead(authserver.NewRefreshToken, func(context.Context) string { return strings.ToLower(token.NewSecret()) }),
		Request:  seam.OnForm("/oauth/token", "refresh_token", strings.ToLower),
	},
	{
		Name:     "refresh-token-trimmed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/refresh-invalid-grant"},
		Summary:  "Blanks around a refresh token are removed.",
		Request:  seam.OnForm("/oauth/token", "refresh_token", strings.TrimSpace),
	},
	{
		Name:     "refresh-token-compared-in-part",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/refresh-invalid-grant"},
		Summary:  "Only the first characters of a refresh token are compared.",
		Rules:    seam.Instead(authserver.NewRefreshToken, func(context.Context) string { return inPart(token.NewSecret()) }),
		Request:  seam.OnForm("/oauth/token", "refresh_token", inPart),
	},
})

// compared are the characters of a secret that a careless comparison looks at.
const compared = 24

// inPart makes all texts the same that begin alike.
func inPart(text string) string {
	return text[:min(len(text), compared)] + strings.Repeat("0", len(token.NewSecret())-compared)
}

// clientsAlike looks a client that is unknown up by another reading of its id.
type clientsAlike struct {
	store.Store
	read func(id string) string
}

// Client implements store.Clients.
func (s clientsAlike) Client(ctx context.Context, id string) (store.Client, error) {
	client, err := s.Store.Client(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return s.Store.Client(ctx, s.read(id))
	}
	return client, err
}

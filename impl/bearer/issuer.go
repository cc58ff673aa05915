package bearer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/strictjson"
	"github.com/grantproof/grantproof/impl/token"
)

// Verifier verifies tokens, and keeps for each realm what was found out about
// its issuer.
type Verifier struct {
	log    *slog.Logger
	client *http.Client
	known  sync.Map // *realm.Realm → *issuer
}

// NewVerifier returns a verifier that asks issuers with client.
func NewVerifier(log *slog.Logger, client *http.Client) *Verifier {
	return &Verifier{log: log, client: client}
}

// Verify returns what a valid token says. A *wire.Error says that the token could
// not be judged, any other error that it is not valid. Who acted before decides
// nothing (RFC 8693 section 4.1, https://www.rfc-editor.org/rfc/rfc8693#section-4.1),
// and a refresh token is no access token (RFC 6749 section 1.5,
// https://www.rfc-editor.org/rfc/rfc6749#section-1.5).
var Verify = rule.New(func(ctx context.Context, v *Verifier, at Resource, raw string) (token.Access, error) {
	issuer, err := v.issuerOf(ctx, at.Realm)
	if err != nil {
		v.log.WarnContext(ctx, "the authorization server could not be asked", "issuer", at.Issuer, "error", err)
		return token.Access{}, unavailable()
	}
	if Introspects.In(at)(at) {
		return v.introspect(ctx, at, issuer, raw)
	}
	access, err := issuer.verifyJWT(ctx, at, raw)
	if errors.Is(err, errKeys) {
		return token.Access{}, unavailable()
	}
	return access, err
})

// Introspects tells whether a resource asks the issuer about a token, in place of
// verifying it with the published keys; which of the two is left to a resource (RFC
// 7662 section 1, https://www.rfc-editor.org/rfc/rfc7662#section-1).
var Introspects = rule.New(func(at Resource) bool { return at.Policy().Verify == realm.ByIntrospection })

// Keys finds the published key of the issuer of r that a JWT names.
func (v *Verifier) Keys(ctx context.Context, r *realm.Realm) (keyfunc.Keyfunc, error) {
	issuer, err := v.issuerOf(ctx, r)
	if err != nil {
		return nil, err
	}
	return issuer.keys, nil
}

// Forget has the issuer of r asked anew.
func (v *Verifier) Forget(r *realm.Realm) { v.known.Delete(r) }

// issuerOf discovers the issuer of r once, and forgets it with the realm.
func (v *Verifier) issuerOf(ctx context.Context, r *realm.Realm) (*issuer, error) {
	if known, ok := v.known.Load(r); ok {
		return known.(*issuer), nil
	}
	metadata, err := v.discover(ctx, r.Issuer)
	if err != nil {
		return nil, err
	}
	found, err := v.newIssuer(r.Context(), metadata)
	if err != nil {
		return nil, err
	}
	v.known.Store(r, found)
	context.AfterFunc(r.Context(), func() { v.Forget(r) })
	return found, nil
}

// discover reads the metadata of the issuer that it was asked for (RFC 8414 section
// 3.3, https://www.rfc-editor.org/rfc/rfc8414#section-3.3).
func (v *Verifier) discover(ctx context.Context, identifier string) (oauth.AuthorizationServerMetadata, error) {
	metadata, err := v.published(ctx, identifier)
	if err != nil {
		return metadata, err
	}
	if metadata.Issuer != identifier || metadata.JwksURI == nil || metadata.IntrospectionEndpoint == nil {
		return metadata, fmt.Errorf("the metadata is not that of %s or names neither keys nor introspection", identifier)
	}
	return metadata, nil
}

// published reads the metadata where the issuer has it: at the place of RFC 8414, else
// at that of OpenID Connect Discovery (RFC 9068 section 4,
// https://www.rfc-editor.org/rfc/rfc9068#section-4, names both).
func (v *Verifier) published(ctx context.Context, identifier string) (oauth.AuthorizationServerMetadata, error) {
	var metadata oauth.AuthorizationServerMetadata
	var absent error
	for _, place := range []string{realm.WellKnown(identifier, "oauth-authorization-server"), strings.TrimSuffix(identifier, "/") + "/.well-known/openid-configuration"} {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, place, nil)
		if err != nil {
			return metadata, err
		}
		if err = v.fetch(request, &metadata); !errors.Is(err, errAbsent) {
			return metadata, err
		}
		absent = errors.Join(absent, err)
	}
	return metadata, absent
}

// errAbsent marks an answer without what was asked for.
var errAbsent = errors.New("absent")

const maxAnswer = 1 << 20

func (v *Verifier) fetch(request *http.Request, into any) error {
	response, err := v.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%w: %s answered %s", errAbsent, request.URL, response.Status)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return err
	}
	return strictjson.Unmarshal(body, into) // What was cut off, or has text after its end, is no JSON.
}

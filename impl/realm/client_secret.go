package realm

import (
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/token"
)

// NewClientSecret makes the secret of a client that authenticates by a method, a
// different one for every client (RFC 7591 section 3.2.1,
// https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1). It has 256 random bits, which is enough for a MAC by HS256 as well (OpenID Connect Core
// section 16.19, https://openid.net/specs/openid-connect-core-1_0.html#SymmetricKeyEntropy).
var NewClientSecret = rule.New(func(string) string { return token.NewSecret() })

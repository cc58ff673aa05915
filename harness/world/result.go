package world

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Result is what an action brought about.
type Result struct {
	Kind     Kind
	Exchange *exchange.Exchange
	Returned url.Values // Of an authorization request; nil: not redirected.
	// Stuck is what the target file lacks for the resource owner to go on, and
	// Witnessed tells that a real person saw that the browser stays.
	Stuck     string
	Witnessed bool
	Text      string // What an agent or a tool said.
	Tool      *mcp.CallToolResult
	Tools     []*mcp.Tool
	Problem   error // Why an agent or a tool failed.
	Repeat    func(context.Context) (Result, error)
	Also      []Result             // Of the same request to others, for which a Then holds as well.
	All       []*exchange.Exchange // Of requests sent at once.
	Trials    []Trial              // Of values that metadata lists.
	Codes     []string             // Obtained one after the other.
	// NearMisses are those that were sent, one after the other, each in its own world.
	NearMisses []NearMiss
	Refresh    *RefreshProfile // Of what agents do to refresh tokens.
}

// Kind says what a Result is about.
type Kind int

// The kinds of results.
const (
	Nothing Kind = iota
	TokenResponse
	AuthorizationResponse
	IntrospectionResponse
	RevocationResponse
	ResourceResponse
	MetadataResponse
	ToolResult
	AgentResult
	Tried
	RegistrationResponse
	MCPResponse
)

// Success tells why a result is none.
func (r Result) Success() error {
	switch r.Kind {
	case TokenResponse:
		return check.TokenIssued(r.Exchange)
	case AuthorizationResponse:
		if r.Returned.Get("code") == "" {
			return check.Fail("no code; "+cmp.Or(r.Stuck, check.Describe(r.Exchange)+" "+r.Returned.Get("error")), "an authorization code")
		}
		return nil
	case RevocationResponse:
		// A server that revokes refresh tokens alone answers a request without flaw so (RFC
		// 7009 section 2.2.1, https://www.rfc-editor.org/rfc/rfc7009#section-2.2.1).
		if check.RefusedWith(r.Exchange, []string{"unsupported_token_type"}) == nil {
			return nil
		}
		return check.Status(r.Exchange, http.StatusOK)
	case IntrospectionResponse, MetadataResponse:
		return check.Status(r.Exchange, http.StatusOK)
	case ResourceResponse, RegistrationResponse:
		if r.Exchange.Status/100 != 2 {
			return check.Fail(check.Describe(r.Exchange), "status 2xx")
		}
		return nil
	case MCPResponse:
		return check.MCPResult(r.Exchange)
	case ToolResult, AgentResult:
		return r.Problem
	}
	return errors.New("nothing was sent")
}

// NearMiss is a value that is almost right, and what became of the request with it.
type NearMiss struct {
	Name  string // "redirect_uri with a letter for a dot".
	Value string // Empty where it is as good as a secret.
	World *World
}

// Named says which near miss failed.
func (m NearMiss) Named(failure *check.Failure) error {
	named := *failure
	named.Actual = m.Name + ": " + failure.Actual
	if m.Value != "" {
		named.Actual = fmt.Sprintf("%s (%q): %s", m.Name, m.Value, failure.Actual)
	}
	return &named
}

// Trial is one value that a member of the metadata can list, tried.
type Trial struct {
	Member, Value string
	Advertised    bool
	Honoured      bool
	Observed      string
}

// RefreshProfile is how refresh tokens behave under what agents do to them:
// many refreshes at once, an answer that was lost, an old token that comes
// late (RFC 9700 section 4.14.2,
// https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2).
type RefreshProfile struct {
	Class        string // strict, tolerant or unsafe.
	Parallel     string
	LostResponse string
	GraceSeconds int // How long a used token was seen to work.
	Reuse        string
	DeadAfter    int // Seconds until the newest token was dead; -1: it was not seen to die.
}

// Summary says it in one sentence.
func (p RefreshProfile) Summary() string {
	switch p.Class {
	case "strict":
		return "A used refresh token is refused at once, and its reuse ends the family."
	case "tolerant":
		return fmt.Sprintf("A used refresh token works for %d seconds at most; after that its reuse ends the family.", p.GraceSeconds)
	}
	return "Whoever steals a refresh token can use it unnoticed: " + p.Reuse + "."
}

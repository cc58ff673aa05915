package authserver

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/authserver/pages"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// The pages that people see.
const (
	signInPath  = "/sign-in"
	consentPath = "/consent"
	signOutPath = "/sign-out"
	grantsPath  = "/account/grants"
)

var pagePaths = []string{signInPath, consentPath, signOutPath, grantsPath}

// people lets browsers in: with a session, and forms from our own pages only.
func (s *Server) people(next http.Handler) http.Handler {
	withSession := s.withSession(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch isPage := slices.Contains(pagePaths, r.URL.Path); {
		case isApproval(r) && s.sameOrigin.Check(r) != nil:
			s.fail(w, r, &wire.Error{Status: http.StatusForbidden, Code: "access_denied", Description: "pages of other origins cannot approve"})
		case isPage && s.sameOrigin.Check(r) != nil:
			s.refusePage(w, r, notOurs())
		case isPage, r.URL.Path == "/oauth/authorize":
			withSession.ServeHTTP(w, r)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// Stylesheet is how the pages look.
func (s *Server) Stylesheet(context.Context, authserver.StylesheetRequestObject) (authserver.StylesheetResponseObject, error) {
	return stylesheet{}, nil
}

type stylesheet struct{}

func (stylesheet) VisitStylesheetResponse(w http.ResponseWriter) error { return pages.WriteStyle(w) }

// pageOf is a page of the realm.
func pageOf(ctx context.Context, status int, view pages.View) shown {
	issuer := realm.From(ctx).Issuer
	return shown{pages.Page{Status: status, Base: basePath(issuer), Host: returns(issuer), View: view}}
}

// page is a page whose form leads to the client.
func (d destination) page(view pages.View) shown {
	issuer := d.realm.Issuer
	return shown{pages.Page{Base: basePath(issuer), Host: returns(issuer), View: view, Leads: leads(d.redirectURI)}}
}

// leads are the sources that a form has to be allowed to lead to. Chromium
// holds every redirect after a form against form-action, those to which the
// client sends the browser on as well; nobody here knows these, so that the
// scheme is all that can be said of them.
func leads(redirectURI string) []string {
	switch scheme, _, _ := strings.Cut(redirectURI, ":"); scheme {
	case "http":
		return []string{"http:", "https:"}
	default:
		return []string{scheme + ":"}
	}
}

// origin is scheme and host of a URI, or the scheme of an app.
func origin(uri string) string {
	parsed, err := url.Parse(uri)
	if err != nil || parsed.Host == "" {
		scheme, _, _ := strings.Cut(uri, ":")
		return scheme + ":"
	}
	return parsed.Scheme + "://" + parsed.Host
}

// returns is how a person knows where a URI leads: its host, or the scheme of
// an app.
func returns(uri string) string {
	if parsed, err := url.Parse(uri); err == nil && parsed.Host != "" {
		return parsed.Host
	}
	return origin(uri)
}

// nameOf is what people call a client.
func nameOf(client store.Client) string {
	if client.Name != "" {
		return client.Name
	}
	return client.ID
}

// mistake tells the person of a request with which nobody can be redirected.
func mistake(ctx context.Context, e *wire.Error) response {
	return pageOf(ctx, e.StatusCode(), pages.Problem{
		Heading: "This sign-in link does not work",
		Reason:  "The application that sent you here made a mistake: " + e.Description + ".",
		Advice:  "You were not signed in and nothing was shared. Go back to the application and tell its maker what this page says.",
	})
}

// gone: a page was answered before, or waited too long.
func gone() *wire.Error {
	return &wire.Error{Code: "invalid_request", Description: "This request was answered before, or it waited for too long."}
}

// notOurs: a form did not come from our page in this browser.
func notOurs() *wire.Error {
	return &wire.Error{Status: http.StatusForbidden, Code: "access_denied", Description: "This form did not come from our page in this browser, or the page was open for too long."}
}

// problem tells a person what is wrong with what they sent.
func problem(ctx context.Context, e *wire.Error) response {
	page := pageOf(ctx, e.StatusCode(), pages.Problem{
		Heading: "That did not work", Reason: e.Description,
		Advice: "Nothing was changed. Go back to where you came from and begin again.",
	})
	page.RetryAfter = e.RetryAfter
	return page
}

// onPage shows what is refused as a page. One that asks to wait has a header
// besides, and is written where all such answers are.
func (s *Server) onPage(ctx context.Context, do func() (response, error)) (response, error) {
	answer, err := do()
	if refused := new(wire.Error); errors.As(err, &refused) && refused.StatusCode() != http.StatusTooManyRequests {
		return problem(ctx, refused), nil
	}
	return answer, err
}

// refusePage refuses a form before it is read.
func (s *Server) refusePage(w http.ResponseWriter, r *http.Request, e *wire.Error) {
	_ = problem(r.Context(), e).VisitAuthorizeResponse(w)
}

// failing is the one writer of errors: a page for people, JSON for programs.
func failing(log *slog.Logger) func(http.ResponseWriter, *http.Request, error) {
	return func(w http.ResponseWriter, r *http.Request, err error) {
		refused := realm.Refusal(log, r, err)
		if !slices.Contains(pagePaths, r.URL.Path) && (r.Method != http.MethodGet || r.URL.Path != "/oauth/authorize") {
			wire.WriteError(w, refused)
			return
		}
		view := pages.Problem{
			Heading: "This server cannot answer at the moment", Reason: "It is our mistake and not yours.",
			Advice: "Nothing was shared. Try again in a moment.",
		}
		if refused.StatusCode() == http.StatusTooManyRequests {
			view.Reason = "There are too many requests from your network."
		}
		page := pageOf(r.Context(), refused.StatusCode(), view)
		page.RetryAfter = refused.RetryAfter
		_ = page.write(w)
	}
}

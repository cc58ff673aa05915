package authserver

import (
	"net/http"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/authserver/pages"
	"github.com/grantproof/grantproof/impl/wire"
)

// response answers a request of a browser: a page, or where to go on.
type response interface {
	authserver.AuthorizeResponseObject
	authserver.AuthorizeByPostResponseObject
	authserver.ShowSignInResponseObject
	authserver.SignInResponseObject
	authserver.ShowConsentResponseObject
	authserver.DecideResponseObject
	authserver.ShowSignOutResponseObject
	authserver.SignOutResponseObject
	authserver.ShowGrantsResponseObject
	authserver.RevokeAccessResponseObject
}

// redirect sends the browser on.
type redirect struct{ location string }

// write keeps a code out of caches and out of the Referer of the next page.
func (r redirect) write(w http.ResponseWriter, status int) error {
	w.Header().Set("Location", r.location)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(status)
	return nil
}

// found answers a GET.
func (r redirect) found(w http.ResponseWriter) error { return r.write(w, http.StatusFound) }

// seeOther answers a form. The browser goes on by GET, so that a password
// stays here (RFC 9700 section 4.12,
// https://www.rfc-editor.org/rfc/rfc9700#section-4.12).
func (r redirect) seeOther(w http.ResponseWriter) error { return r.write(w, http.StatusSeeOther) }

func (r redirect) VisitAuthorizeResponse(w http.ResponseWriter) error       { return r.found(w) }
func (r redirect) VisitAuthorizeByPostResponse(w http.ResponseWriter) error { return r.seeOther(w) }
func (r redirect) VisitShowSignInResponse(w http.ResponseWriter) error      { return r.seeOther(w) }
func (r redirect) VisitSignInResponse(w http.ResponseWriter) error          { return r.seeOther(w) }
func (r redirect) VisitShowConsentResponse(w http.ResponseWriter) error     { return r.seeOther(w) }
func (r redirect) VisitDecideResponse(w http.ResponseWriter) error          { return r.seeOther(w) }
func (r redirect) VisitShowSignOutResponse(w http.ResponseWriter) error     { return r.seeOther(w) }
func (r redirect) VisitSignOutResponse(w http.ResponseWriter) error         { return r.seeOther(w) }
func (r redirect) VisitShowGrantsResponse(w http.ResponseWriter) error      { return r.seeOther(w) }
func (r redirect) VisitRevokeAccessResponse(w http.ResponseWriter) error    { return r.seeOther(w) }

// shown is a page as a response.
type shown struct{ pages.Page }

func (s shown) write(w http.ResponseWriter) error {
	wire.WriteRetryAfter(w, &wire.Error{RetryAfter: s.RetryAfter})
	return pages.Write(w, s.Page)
}

func (s shown) VisitAuthorizeResponse(w http.ResponseWriter) error       { return s.write(w) }
func (s shown) VisitAuthorizeByPostResponse(w http.ResponseWriter) error { return s.write(w) }
func (s shown) VisitShowSignInResponse(w http.ResponseWriter) error      { return s.write(w) }
func (s shown) VisitSignInResponse(w http.ResponseWriter) error          { return s.write(w) }
func (s shown) VisitShowConsentResponse(w http.ResponseWriter) error     { return s.write(w) }
func (s shown) VisitDecideResponse(w http.ResponseWriter) error          { return s.write(w) }
func (s shown) VisitShowSignOutResponse(w http.ResponseWriter) error     { return s.write(w) }
func (s shown) VisitSignOutResponse(w http.ResponseWriter) error         { return s.write(w) }
func (s shown) VisitShowGrantsResponse(w http.ResponseWriter) error      { return s.write(w) }
func (s shown) VisitRevokeAccessResponse(w http.ResponseWriter) error    { return s.write(w) }

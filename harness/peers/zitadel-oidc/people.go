package main

import (
	"crypto/rand"
	"crypto/subtle"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// people is who can sign in: one resource owner, in any number of browsers.
type people struct {
	password string
	storage  *storage
	provider *op.Provider

	mu       sync.Mutex
	sessions map[string]*session // By the value of the cookie.
}

type session struct {
	since    time.Time
	request  string   // For which the person signed in.
	form     string   // What the form that asks for consent holds; used once.
	approved []string // Clients, each with its scopes.
}

// ask is where the library sends a browser with a request.
func (p *people) ask(w http.ResponseWriter, r *http.Request) {
	asked, ok := p.storage.request(r.FormValue("id"))
	if !ok {
		page(w, http.StatusBadRequest, problem, map[string]string{"Problem": "There is no such request."})
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	found, known := p.session(r)
	mustSignIn := !known || found.request != asked.id && (asked.wants(oidc.PromptLogin) || asked.wants(oidc.PromptSelectAccount) ||
		asked.MaxAge != nil && time.Since(found.since) > time.Duration(*asked.MaxAge)*time.Second)
	approved := !mustSignIn && slices.Contains(found.approved, p.consentTo(asked)) && !asked.wants(oidc.PromptConsent)
	switch {
	case approved:
		p.storage.approve(asked.id, found.since)
		back(w, r, asked.id)
	case asked.wants(oidc.PromptNone):
		back(w, r, asked.id) // Where the library says that somebody has to be asked.
	case mustSignIn:
		page(w, http.StatusOK, login, map[string]string{"Request": asked.id})
	default:
		found.form = rand.Text()
		page(w, http.StatusOK, consent, map[string]string{"Request": asked.id, "Form": found.form, "Client": asked.ClientID, "Redirect": asked.RedirectURI, "Scope": strings.Join(asked.Scopes, " ")})
	}
}

// consentTo is what a person approves; empty for a public client, which has to
// ask every time.
func (p *people) consentTo(asked *request) string {
	if p.storage.clients[asked.ClientID].secret == "" {
		return ""
	}
	return asked.ClientID + " " + strings.Join(asked.Scopes, " ")
}

func (p *people) session(r *http.Request) (*session, bool) {
	cookie, err := r.Cookie("session")
	if err != nil {
		return nil, false
	}
	found, ok := p.sessions[cookie.Value]
	return found, ok
}

func (p *people) signIn(w http.ResponseWriter, r *http.Request) {
	id := r.PostFormValue("request")
	if r.PostFormValue("username") != owner.name || subtle.ConstantTimeCompare([]byte(r.PostFormValue("password")), []byte(p.password)) != 1 {
		page(w, http.StatusOK, login, map[string]string{"Request": id})
		return
	}
	cookie := rand.Text()
	p.mu.Lock()
	p.sessions[cookie] = &session{since: time.Now(), request: id}
	p.mu.Unlock()
	http.SetCookie(w, &http.Cookie{Name: "session", Value: cookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, "/login?"+url.Values{"id": {id}}.Encode(), http.StatusSeeOther)
}

func (p *people) decide(w http.ResponseWriter, r *http.Request) {
	asked, ok := p.storage.request(r.PostFormValue("request"))
	p.mu.Lock()
	defer p.mu.Unlock()
	found, known := p.session(r)
	if !ok || !known || found.form == "" || subtle.ConstantTimeCompare([]byte(found.form), []byte(r.PostFormValue("form"))) != 1 {
		page(w, http.StatusForbidden, problem, map[string]string{"Problem": "This form was not made for you."})
		return
	}
	found.form = ""
	if r.PostFormValue("decision") != "allow" {
		op.AuthRequestError(w, r, asked, oidc.ErrAccessDenied(), p.provider)
		return
	}
	if consent := p.consentTo(asked); consent != "" {
		found.approved = append(found.approved, consent)
	}
	p.storage.approve(asked.id, found.since)
	back(w, r, asked.id)
}

// signOut forgets the session of the browser, of which the library knows
// nothing.
func (p *people) signOut(w http.ResponseWriter, r *http.Request) {
	if cookie, err := r.Cookie("session"); err == nil {
		p.mu.Lock()
		delete(p.sessions, cookie.Value)
		p.mu.Unlock()
	}
	p.provider.ServeHTTP(w, r)
}

// back has the library answer the request.
func back(w http.ResponseWriter, r *http.Request, id string) {
	http.Redirect(w, r, "/authorize/callback?"+url.Values{"id": {id}}.Encode(), http.StatusSeeOther)
}

func page(w http.ResponseWriter, status int, content *template.Template, values map[string]string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	w.Header().Set("X-Frame-Options", "DENY")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(status)
	_ = content.Execute(w, values)
}

var (
	problem = template.Must(template.New("problem").Parse(`<!doctype html><title>Error</title>
<p>{{.Problem}}</p>
`))
	signedOut = template.Must(template.New("signed out").Parse(`<!doctype html><title>Signed out</title>
<p>You have signed out.</p>
`))
	login = template.Must(template.New("login").Parse(`<!doctype html><title>Sign in</title>
<form method="post" action="/login">
<input type="hidden" name="request" value="{{.Request}}">
<label>User name <input type="text" name="username" autocomplete="username"></label>
<label>Password <input type="password" name="password" autocomplete="current-password"></label>
<button>Sign in</button>
</form>
`))
	consent = template.Must(template.New("consent").Parse(`<!doctype html><title>Authorize</title>
<p>{{.Client}}, at {{.Redirect}}, asks for {{.Scope}}.</p>
<p>Be careful where that is an address of this computer: any program on it can be behind it.</p>
<form method="post" action="/consent">
<input type="hidden" name="request" value="{{.Request}}">
<input type="hidden" name="form" value="{{.Form}}">
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</form>
`))
)

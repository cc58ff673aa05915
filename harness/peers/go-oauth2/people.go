package main

import (
	"crypto/rand"
	"crypto/subtle"
	"html/template"
	"net/http"
	"net/url"
	"sync"

	oauth2errors "github.com/go-oauth2/oauth2/v4/errors"
)

// people is who can sign in: one resource owner, in any number of browsers.
type people struct {
	password string
	mu       sync.Mutex
	sessions map[string]session // By the value of the cookie.
}

type session struct {
	user string
	form string // What the form that asks for consent holds; used once.
}

const owner = "owner"

// authorize is the UserAuthorizationHandler of the library: who has not signed
// in is sent to do it, and who has is asked for consent, every time.
func (p *people) authorize(w http.ResponseWriter, r *http.Request) (string, error) {
	found, cookie := p.session(r)
	back := "/oauth/authorize?" + request(r).Encode()
	if found.user == "" {
		http.Redirect(w, r, "/login?"+url.Values{"back": {back}}.Encode(), http.StatusSeeOther)
		return "", nil
	}
	decision := r.PostFormValue("decision")
	if decision == "" {
		page(w, http.StatusOK, consent, map[string]string{"Action": back, "Form": p.newForm(cookie), "Client": r.FormValue("client_id"), "Redirect": r.FormValue("redirect_uri")})
		return "", nil
	}
	if !p.useForm(cookie, r.PostFormValue("form")) {
		page(w, http.StatusForbidden, problem, map[string]string{"Problem": "This form was not made for you."})
		return "", nil
	}
	if decision != "allow" {
		return "", oauth2errors.ErrAccessDenied
	}
	return found.user, nil
}

// request is the authorization request, without what the forms here add.
func request(r *http.Request) url.Values {
	_ = r.ParseForm() // The library has read it before.
	values := url.Values{}
	for name, all := range r.Form {
		if name != "decision" && name != "form" {
			values[name] = all
		}
	}
	return values
}

func (p *people) session(r *http.Request) (session, string) {
	cookie, err := r.Cookie("session")
	if err != nil {
		return session{}, ""
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sessions[cookie.Value], cookie.Value
}

func (p *people) newForm(cookie string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	form := rand.Text()
	p.sessions[cookie] = session{user: p.sessions[cookie].user, form: form}
	return form
}

func (p *people) useForm(cookie, form string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	known := p.sessions[cookie]
	p.sessions[cookie] = session{user: known.user}
	return known.form != "" && subtle.ConstantTimeCompare([]byte(known.form), []byte(form)) == 1
}

func (p *people) signIn(w http.ResponseWriter, r *http.Request) {
	back := r.FormValue("back")
	name, password := r.PostFormValue("username"), r.PostFormValue("password")
	if name != owner || subtle.ConstantTimeCompare([]byte(password), []byte(p.password)) != 1 {
		page(w, http.StatusOK, login, map[string]string{"Back": back})
		return
	}
	cookie := rand.Text()
	p.mu.Lock()
	p.sessions[cookie] = session{user: owner}
	p.mu.Unlock()
	http.SetCookie(w, &http.Cookie{Name: "session", Value: cookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	address, err := url.Parse(back)
	if err != nil || address.Path != "/oauth/authorize" || address.Host != "" || address.Scheme != "" {
		page(w, http.StatusBadRequest, problem, map[string]string{"Problem": "There is no such request."})
		return
	}
	http.Redirect(w, r, back, http.StatusSeeOther)
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
	login = template.Must(template.New("login").Parse(`<!doctype html><title>Sign in</title>
<form method="post" action="/login">
<input type="hidden" name="back" value="{{.Back}}">
<label>User name <input type="text" name="username" autocomplete="username"></label>
<label>Password <input type="password" name="password" autocomplete="current-password"></label>
<button>Sign in</button>
</form>
`))
	consent = template.Must(template.New("consent").Parse(`<!doctype html><title>Authorize</title>
<p>{{.Client}}, at {{.Redirect}}, would like to perform actions on your behalf.</p>
<p>Be careful where that is an address of this computer: any program on it can be behind it.</p>
<form method="post" action="{{.Action}}">
<input type="hidden" name="form" value="{{.Form}}">
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</form>
`))
)

package pages

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
)

// SignIn is the page on which a person signs in.
type SignIn struct {
	Client   Name   // For which application; empty for the account itself.
	Username string // As it was typed.
	Problem  string // What was wrong with the last attempt.
	Request  string // The request that waits.
	CSRF     string
}

// Title implements View.
func (SignIn) Title() string    { return "Sign in" }
func (SignIn) template() string { return "sign_in" }

// Consent is the page on which a person decides.
type Consent struct {
	About
	Username       string
	Actions        []Action // What the application wants to do.
	NothingAllowed bool     // The person allowed it and left nothing of it.
	Lasting        string   // How long, in words.
	Returns        string   // Where the person returns to.
	Local          bool     // Whether the application only ever returns to this computer.
	App            bool     // Whether Returns is the scheme of an app and no host.
	Unencrypted    bool     // Whether others can read what is sent there.
	Request        string
	CSRF           string
}

// About is what an application says of itself.
type About struct {
	Name       Name
	Unverified bool   // Nobody here knows who made the application.
	Namesake   bool   // Another one, which is known here, has its name.
	Publisher  string // The host that its metadata comes from; "" for one that is registered.
	Links      []Link
	Logo       Image
}

// Name is a text in a language; "" where nobody knows in which.
type Name struct{ Text, Language string }

// Link leads to a page of an application.
type Link struct{ Text, Address string }

// Action is something that an application wants to do.
type Action struct {
	Scope, Text string
	Fixed       bool // It cannot be left out.
	Ticked      bool
}

// Title implements View.
func (c Consent) Title() string  { return "Allow " + c.Name.Text + " to use your account?" }
func (Consent) template() string { return "consent" }

// SignOut is the page on which a person signs out.
type SignOut struct {
	Username string // "" where nobody is signed in.
	CSRF     string
}

// Title implements View.
func (s SignOut) Title() string {
	if s.Username == "" {
		return "You are signed out"
	}
	return "Sign out"
}
func (SignOut) template() string { return "sign_out" }

// Grants is the page on which a person sees which applications have access.
type Grants struct {
	Username string
	Message  string // What was just done.
	Access   []Access
	CSRF     string
}

// Access is that of one application.
type Access struct {
	ClientID     string
	Client       Name
	Unverified   bool
	Actions      []Action
	Since, Until string // Days.
}

// Title implements View.
func (Grants) Title() string    { return "Applications with access" }
func (Grants) template() string { return "grants" }

// Problem tells a person what went wrong and what to do.
type Problem struct {
	Heading, Reason, Advice string
}

// Title implements View.
func (p Problem) Title() string  { return p.Heading }
func (Problem) template() string { return "problem" }

// Goodbye is where a person leaves for an application that is not trusted
// enough to be sent there without a word.
type Goodbye struct {
	Heading, Reason string
	Returns         string  // Where the application is, for the person.
	Address         string  // Where the link leads, or the form.
	Fields          []Field // Of a form; nil for a link.
}

// Target is the address for the template.
func (g Goodbye) Target() any { return outside(g.Address) }

// Title implements View.
func (g Goodbye) Title() string  { return g.Heading }
func (Goodbye) template() string { return "goodbye" }

// FormPost is a form that posts itself to the client (OAuth 2.0 Form Post
// Response Mode, https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html).
type FormPost struct {
	Action  string // The redirect URI.
	Returns string
	Fields  []Field
}

// Target is the redirect URI for the template.
func (f FormPost) Target() any { return outside(f.Action) }

// Field is a parameter of an authorization response.
type Field struct{ Name, Value string }

// Title implements View.
func (FormPost) Title() string    { return "Back to the application" }
func (FormPost) template() string { return "form_post" }

// Submit is the one script of all pages; its hash is what the policy of the
// page allows.
func (FormPost) Submit() template.JS { return submit }

const submit = "document.forms[0].submit()"

var submitHash = func() string {
	sum := sha256.Sum256([]byte(submit))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}()

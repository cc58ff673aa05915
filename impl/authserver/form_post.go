package authserver

import (
	"maps"
	"net/url"
	"slices"

	"github.com/grantproof/grantproof/impl/authserver/pages"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/wire"
)

const formPost = "form_post"

// responseModes of the metadata; the first is the default.
var responseModes = []string{"query", formPost}

// ResponseMode is how a response gets to the client. The fragment is none: codes do
// not travel there. How to answer the client is not known if the mode is not, so
// that the person is told (OpenID Connect Core section 3.1.2.6,
// https://openid.net/specs/openid-connect-core-1_0.html#AuthError).
var ResponseMode = rule.New(func(sent *string) (string, *wire.Error) {
	switch {
	case sent == nil:
		return responseModes[0], nil
	case !slices.Contains(responseModes, *sent):
		return "", wire.InvalidRequest("response_mode is neither query nor form_post")
	}
	return *sent, nil
})

// posted returns to the client by a form that posts itself (OAuth 2.0 Form Post
// Response Mode section 2,
// https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html#FormPostResponseMode).
func (d destination) posted(parameters url.Values) response {
	form := pages.FormPost{Action: d.redirectURI, Returns: returns(d.redirectURI)}
	for _, name := range slices.Sorted(maps.Keys(parameters)) {
		form.Fields = append(form.Fields, pages.Field{Name: name, Value: parameters.Get(name)})
	}
	return d.page(form)
}

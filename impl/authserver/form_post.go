package authserver

import (
	"maps"
	"net/url"
	"slices"

	"github.com/grantproof/grantproof/impl/authserver/pages"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/wire"
)

// responseModes of the metadata.
var responseModes = []string{"query", "form_post"}

// formPostOf reads the response mode. The fragment is none: codes do not
// travel there. How to answer the client is not known if the mode is not, so
// that the person is told (OpenID Connect Core section 3.1.2.6,
// https://openid.net/specs/openid-connect-core-1_0.html#AuthError).
func formPostOf(mode *string, faults faultname.Set) (bool, *wire.Error) {
	if mode != nil && !slices.Contains(responseModes, *mode) && !faults.Has(faultname.ResponseModeIgnored) {
		return false, wire.InvalidRequest("response_mode is neither query nor form_post")
	}
	return value(mode) == "form_post" && !faults.Has(faultname.FormPostByQuery), nil
}

// posted returns to the client by a form that posts itself (OAuth 2.0 Form Post
// Response Mode section 2,
// https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html#FormPostResponseMode).
func (d destination) posted(parameters url.Values) response {
	form := pages.FormPost{Action: d.redirectURI, Returns: returns(d.redirectURI)}
	if d.faults.Has(faultname.FormPostToOrigin) {
		form.Action = origin(d.redirectURI)
	}
	for _, name := range slices.Sorted(maps.Keys(parameters)) {
		form.Fields = append(form.Fields, pages.Field{Name: name, Value: parameters.Get(name)})
	}
	return d.page(form)
}

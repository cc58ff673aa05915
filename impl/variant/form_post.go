package variant

import (
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Variant{
	{
		Name:    "form-post-by-onload",
		Role:    AuthorizationServer,
		Allows:  "OAuth 2.0 Form Post Response Mode section 2: the form is auto-submitted in the user agent, as by onload in appendix A",
		Summary: "The form of form_post is sent by onload of the body, and has no button.",
		Tempts:  ids{"form-post-2/form-values", "form-post-2/method", "form-post-2/action"},
		Answer: onFormPost(func(r *seam.Response) {
			r.Header.Del("Content-Security-Policy")
			seam.Each(seam.Replaced(`<script>[^<]*</script>`, ""), seam.Rewritten("<body>", `<body onload="document.forms[0].submit()">`), seam.Replaced(`<div class="buttons">.*?</div>`, ""))(r)
		}),
	},
	{
		Name:    "form-post-in-capitals",
		Role:    AuthorizationServer,
		Allows:  "HTML section 2.3.3: enumerated attributes are compared without regard to case, and so are the names of elements",
		Summary: "The form of form_post is written in capitals.",
		Tempts:  ids{"form-post-2/method", "form-post-2/form-values"},
		Answer:  onFormPost(seam.Each(seam.Rewritten(`<form method="post" action=`, `<FORM METHOD='POST' NAME=hiddenform ACTION=`), seam.Rewritten(`<input type="hidden"`, `<INPUT TYPE=HIDDEN`), seam.Rewritten("</form>", "</FORM>"))),
	},
	{
		Name:    "form-post-with-named-button",
		Role:    AuthorizationServer,
		Allows:  "OAuth 2.0 Form Post Response Mode section 2: the parameters are form values; the client ignores unrecognized ones (RFC 6749 section 4.1.2)",
		Summary: "The form of form_post has a named button in noscript, and one more hidden field.",
		Tempts:  ids{"form-post-2/form-values", "rfc6749-3.1/response-once"},
		Answer: onFormPost(seam.Replaced(`<div class="buttons">.*?</div>`,
			`<input type="hidden" name="session_state" value="1.2"><noscript><button type="submit" name="continue" value="1">Continue</button></noscript>`)),
	},
})

// onFormPost edits the page whose form posts itself to the client.
func onFormPost(edit func(*seam.Response)) func(*http.Request, *seam.Response) {
	return seam.OnPages(func(r *seam.Response) {
		if strings.Contains(string(r.Body), "document.forms[0].submit()") {
			edit(r)
		}
	})
}

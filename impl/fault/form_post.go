package fault

import (
	"strings"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Fault{
	{
		Name:     "response-mode-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.6/response-mode-unsupported"},
		Summary:  "An unknown response_mode is treated as query.",
		Rules: func(in rule.Replaced) {
			held := authserver.ResponseMode.In(in)
			authserver.ResponseMode.Replace(in, func(sent *string) (string, *wire.Error) {
				if mode, refused := held(sent); refused == nil {
					return mode, nil
				}
				return held(nil)
			})
		},
	},
	{
		Name:     "form-post-by-query",
		Role:     AuthorizationServer,
		Violates: ids{"form-post-2/form-values"},
		Summary:  "The response mode form_post is treated as query.",
		Rules: func(in rule.Replaced) {
			held := authserver.ResponseMode.In(in)
			authserver.ResponseMode.Replace(in, func(sent *string) (string, *wire.Error) {
				if seam.Value(sent) == "form_post" {
					sent = nil
				}
				return held(sent)
			})
		},
	},
	{
		Name:     "form-post-to-origin",
		Role:     AuthorizationServer,
		Violates: ids{"form-post-2/action"},
		Summary:  "The form of the response mode form_post posts to the origin of the redirect URI, without its path.",
		Answer:   seam.OnPages(seam.Replaced(`(<form method="post" action="https?://[^/"]*)[^"]*`, "$1")),
	},
	{
		Name:     "form-post-by-get",
		Role:     AuthorizationServer,
		Violates: ids{"form-post-2/method"},
		Summary:  "The form of the response mode form_post is sent by GET.",
		Answer: seam.OnPages(func(r *seam.Response) {
			r.Body = []byte(strings.Replace(string(r.Body), `<form method="post" action="http`, `<form method="get" action="http`, 1))
		}),
	},
	{
		Name:     "form-post-cacheable",
		Role:     AuthorizationServer,
		Violates: ids{"form-post-2/no-store"},
		Summary:  "The form of the response mode form_post may be stored.",
		Answer:   seam.OnPages(func(r *seam.Response) { r.Header.Set("Cache-Control", "max-age=60") }),
	},
})

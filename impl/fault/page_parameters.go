package fault

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Fault{
	{
		Name:     "form-post-unescaped",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.14/server-input"},
		Summary:  "The page of the response mode form_post repeats state unescaped.",
		Answer: seam.OnPages(func(r *seam.Response) {
			if strings.Contains(string(r.Body), `<form method="post" action="http`) {
				r.Body = []byte(html.UnescapeString(string(r.Body)))
			}
		}),
	},
	{
		Name:     "error-page-repeats-parameters",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.14/server-input"},
		Summary:  "An error page shows the error_description and error_hint of its URL unescaped.",
		Answer: onErrorPage(func(request *http.Request, r *seam.Response) {
			query := request.URL.Query()
			r.Body = append([]byte(query.Get("error_description")+query.Get("error_hint")), r.Body...)
		}),
	},
	{
		Name:     "expression-evaluated",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.14/server-input"},
		Summary:  "A page shows the value of an expression that a parameter contains.",
		Answer:   evaluate,
	},
	{
		Name:     "registration-error-as-html",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/error"},
		Summary:  "The refusal of a registration is HTML that repeats the request.",
		Edits:    repeatRegistration,
	},
})

var expression = regexp.MustCompile(`\$\{(\d{1,4})\*(\d{1,4})\}`)

func evaluate(request *http.Request, r *seam.Response) {
	for _, values := range request.URL.Query() {
		for _, value := range values {
			if found := expression.FindStringSubmatch(value); found != nil && seam.IsPage(r) {
				a, _ := strconv.Atoi(found[1])
				b, _ := strconv.Atoi(found[2])
				r.Body = fmt.Appendf(r.Body, "<p>%d</p>", a*b)
			}
		}
	}
}

// repeatRegistration remembers what is registered until it is refused.
func repeatRegistration() (func(*http.Request), func(*http.Request, *seam.Response)) {
	var sent sync.Map // *http.Request → []byte
	keep := func(r *http.Request) {
		if r.Method == http.MethodPost && r.URL.Path == "/oauth/register" {
			body, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
			r.Body = io.NopCloser(bytes.NewReader(body))
			sent.Store(r, body)
		}
	}
	return keep, func(request *http.Request, r *seam.Response) {
		body, registers := sent.LoadAndDelete(request)
		if registers && r.Status == http.StatusBadRequest {
			r.Header.Set("Content-Type", "text/html")
			r.Body = append([]byte("<p>This is no registration: "), body.([]byte)...)
		}
	}
}

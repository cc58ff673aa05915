package fault

import "net/http"

// Faults of the authorization server in where it lets browsers and secrets go.
const (
	EndpointsWithoutTLS Name = "endpoints-without-tls"
	NextFollowed        Name = "next-followed"
)

var transport = []Fault{
	{EndpointsWithoutTLS, AuthorizationServer, ids{"rfc6749-3.1/tls-required", "rfc6749-3.2/tls-required", "rfc6749-10.11/pages-tls"}, "The endpoints are on another machine and without TLS."},
	{NextFollowed, AuthorizationServer, ids{"rfc9700-2.1/no-open-redirector"}, "The authorization endpoint forwards the browser to wherever its parameter next says."},
}

// transportEdits are those of them that change an answer on its way out.
var transportEdits = map[Name]func(*http.Request, *Response){
	EndpointsWithoutTLS: onMetadata(func(r *Response) {
		with("authorization_endpoint", "http://as.example.com/authorize")(r)
		with("token_endpoint", "http://as.example.com/token")(r)
	}),
	NextFollowed: func(request *http.Request, r *Response) {
		if next := request.URL.Query().Get("next"); next != "" {
			r.Status, r.Body = http.StatusFound, nil
			r.Header.Set("Location", next)
		}
	},
	KeyUseMissing:         on("GET", "/.well-known/jwks.json", mixUses),
	KeyCertificateForeign: on("GET", "/.well-known/jwks.json", certify),
}

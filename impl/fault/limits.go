package fault

import (
	"net/http"
)

// Faults of the authorization server in how it limits the number of requests.
const (
	RequestsUnlimited        Name = "requests-unlimited"
	LimitedResponseCacheable Name = "limited-response-cacheable"
	LimitNotExplained        Name = "limit-not-explained"
)

var limits = []Fault{
	{LimitedResponseCacheable, AuthorizationServer, ids{"rfc6585-4/not-stored"}, "An answer with status 429 may be kept by caches."},
	{LimitNotExplained, AuthorizationServer, ids{"rfc6585-4/explained"}, "An answer with status 429 says nothing."},
	{RequestsUnlimited, AuthorizationServer, ids{"rfc6585-4/explained", "rfc6585-4/not-stored"}, "All requests are answered, however many come."},
}

var limitEdits = map[Name]func(*http.Request, *Response){
	LimitedResponseCacheable: func(_ *http.Request, a *Response) {
		if a.Status == http.StatusTooManyRequests {
			a.Header.Set("Cache-Control", "public, max-age=60")
		}
	},
	LimitNotExplained: func(_ *http.Request, a *Response) {
		if a.Status == http.StatusTooManyRequests {
			a.Header.Del("Content-Type")
			a.Body = nil
		}
	},
}

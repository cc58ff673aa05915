package fault

import (
	"bytes"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/wire"
)

// The departures of a chaotic realm. Those that are named like
// a fault do now and then what the fault does always.
const (
	AnswerSlow            Name = "answer-slow"
	AnswerCutOff          Name = "answer-cut-off"
	JSONCutOff            Name = "json-cut-off"
	ServerBusy            Name = "server-busy"
	TooManyRequests       Name = "too-many-requests"
	GatewayError          Name = "gateway-error"
	KeysRotatedAfterIssue Name = "keys-rotated-after-issue"
	TokenOverEarly        Name = "token-over-early"
	ConsentDenied         Name = "consent-denied"
	CallbackTwice         Name = "callback-twice"
	ResourceRefused       Name = "resource-refused"
)

// Departure is something that a client has to cope with: an accident, a fault of
// a server, or a choice that it may make.
type Departure struct {
	Name    Name
	Summary string
	// Lasting: a realm has it or has it not, whereas others happen to requests.
	Lasting bool

	at      func(role string, r *http.Request) bool       // Which requests may meet it.
	instead func() *seam.Response                         // Refuses them, before they are looked at.
	edit    func(r *http.Request, of *seam.Response) bool // Changes the answer, and tells whether it did.
}

// departures: those without instead and edit replace a rule, or are about how an
// answer is sent.
var departures = []Departure{
	{Name: AnswerSlow, at: anywhere, Summary: "An answer pauses in the middle of its body."},
	{Name: AnswerCutOff, at: anywhere, Summary: "The connection ends in the middle of an answer."},
	{Name: JSONCutOff, at: anywhere, edit: cutJSON, Summary: "A JSON answer ends in the middle of the object, with a Content-Length that fits."},
	{Name: ServerBusy, at: anywhere, instead: busy(http.StatusServiceUnavailable), Summary: "A request is refused unread with 503 and Retry-After: 1."},
	{Name: TooManyRequests, at: anywhere, instead: busy(http.StatusTooManyRequests), Summary: "A request is refused unread with 429 and Retry-After: 1."},
	{Name: GatewayError, at: anywhere, instead: badGateway, Summary: "A proxy answers with 502 and an HTML page."},
	{Name: KeysRotatedAfterIssue, at: atTokenEndpoint, edit: withdrawKeys, Summary: "After a token is issued the signing keys rotate, and the old ones are withdrawn."},
	{Name: TokenOverEarly, at: atTokenEndpoint, Summary: "An access token expires at once, whatever its expires_in says."},
	{Name: "lifetime-missing", at: atTokenEndpoint, edit: like("lifetime-missing"), Summary: "A token response has no expires_in."},
	{Name: "granted-scope-not-stated", at: atTokenEndpoint, edit: like("granted-scope-not-stated"), Summary: "A token response has no scope."},
	{Name: ConsentDenied, at: atAuthorization, edit: denied, Summary: "The authorization response says access_denied, even if the person approved."},
	{Name: CallbackTwice, at: atAuthorization, edit: callTwice, Summary: "The authorization response arrives twice: the server calls a loopback redirect URI before the browser does."},
	{Name: "issuer-parameter-altered", at: atAuthorization, edit: slashParameter, Summary: "The iss of an authorization response has a trailing slash."},
	{Name: "bearer-challenge-missing", at: atResource, edit: like("bearer-challenge-missing"), Summary: "A 401 response has no WWW-Authenticate header."},
	{Name: "issuer-with-trailing-slash", Lasting: true, at: ofAuthorizationServer, edit: slashMetadata, Summary: "The issuer in all metadata has a trailing slash."},
	{Name: ResourceRefused, Lasting: true, at: ofAuthorizationServer, edit: refuseResource, Summary: "Every request with a resource parameter is refused with invalid_target."},
}

// Departures are all that chaos is made of.
func Departures() []Departure { return slices.Clone(departures) }

func anywhere(string, *http.Request) bool { return true }

func ofAuthorizationServer(role string, _ *http.Request) bool { return role == AuthorizationServer }

func atTokenEndpoint(role string, r *http.Request) bool {
	return role == AuthorizationServer && r.Method == http.MethodPost && seam.IsTokenEndpoint(r)
}

// atAuthorization: whoever approved before, returns from the endpoint itself.
func atAuthorization(role string, r *http.Request) bool {
	return role == AuthorizationServer && slices.Contains([]string{"/oauth/authorize", "/sign-in", "/consent"}, r.URL.Path)
}

func atResource(role string, _ *http.Request) bool { return role != AuthorizationServer }

func busy(status int) func() *seam.Response {
	return func() *seam.Response {
		header := http.Header{"Content-Type": {wire.JSON}, "Retry-After": {"1"}, "Cache-Control": {"no-store"}}
		return &seam.Response{Status: status, Header: header, Body: []byte(`{"error":"temporarily_unavailable","error_description":"try again in a second"}`)}
	}
}

func badGateway() *seam.Response {
	return &seam.Response{Status: http.StatusBadGateway, Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte("<html><body><h1>502 Bad Gateway</h1></body></html>\n")}
}

// withdrawKeys changes the keys after a token was issued.
func withdrawKeys(request *http.Request, r *seam.Response) bool {
	return r.Status == http.StatusOK && realm.From(request.Context()).WithdrawKeys() == nil
}

func cutJSON(_ *http.Request, r *seam.Response) bool {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), wire.JSON) || len(r.Body) < 2 {
		return false
	}
	r.Header.Del("Content-Length")
	r.Body = r.Body[:len(r.Body)/2]
	return true
}

// like is the edit of a fault.
func like(name Name) func(*http.Request, *seam.Response) bool {
	return func(request *http.Request, r *seam.Response) bool {
		before := seam.Response{Status: r.Status, Header: r.Header.Clone(), Body: bytes.Clone(r.Body)}
		entry, _ := Lookup(name)
		entry.Answer(request, r)
		return before.Status != r.Status || !bytes.Equal(before.Body, r.Body) || !reflect.DeepEqual(before.Header, r.Header)
	}
}

// onReturn edits the parameters with which the user agent returns to the client;
// those are no others than the ones with a code or an error.
func onReturn(r *seam.Response, edit func(url.Values) bool) bool {
	location, err := url.Parse(r.Header.Get("Location"))
	if err != nil {
		return false
	}
	query := location.Query()
	if !query.Has("code") && !query.Has("error") || !edit(query) {
		return false
	}
	location.RawQuery = query.Encode()
	r.Header.Set("Location", location.String())
	return true
}

// refusedWith puts an error in the place of the code.
func refusedWith(code, description string) func(url.Values) bool {
	return func(query url.Values) bool {
		granted := query.Has("code")
		query.Del("code")
		if granted {
			maps.Copy(query, url.Values{"error": {code}, "error_description": {description}})
		}
		return granted
	}
}

func denied(_ *http.Request, r *seam.Response) bool {
	return onReturn(r, refusedWith("access_denied", "the resource owner denied the request"))
}

func slashParameter(_ *http.Request, r *seam.Response) bool {
	return onReturn(r, func(query url.Values) bool {
		query.Set("iss", query.Get("iss")+"/")
		return len(query["iss"][0]) > 1
	})
}

func slashMetadata(request *http.Request, r *seam.Response) bool {
	if r.Status != http.StatusOK || !seam.IsMetadata(request) && request.URL.Path != seam.OpenIDConfiguration {
		return false
	}
	seam.SlashIssuer(r)
	return true
}

const noTarget = "tokens are for no resource in particular here"

func refuseResource(request *http.Request, r *seam.Response) bool {
	if !wire.FromContext(request.Context()).Parameters.Has("resource") {
		return false
	}
	if !seam.IsTokenEndpoint(request) || r.Status != http.StatusOK {
		return onReturn(r, refusedWith("invalid_target", noTarget))
	}
	seam.As(http.StatusBadRequest, `{"error":"invalid_target","error_description":"`+noTarget+`"}`)(r)
	return true
}

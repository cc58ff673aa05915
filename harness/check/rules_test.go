package check_test

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
)

// verdict is what a rule says of an exchange.
type verdict string

const (
	beside verdict = "it is not about this"
	holds  verdict = "it holds"
	broken verdict = "it is broken"
)

func verdictOf(rule check.Rule, e *exchange.Exchange) verdict {
	switch {
	case !rule.Applies(e):
		return beside
	case rule.Check(e) == nil:
		return holds
	}
	return broken
}

// judged is an exchange with what the rule says of it.
type judged struct {
	name string
	e    *exchange.Exchange
	want verdict
}

// Every rule for all exchanges holds for what the specification allows, is broken
// by what almost fits, and leaves alone what it is not about.
func TestRules(t *testing.T) {
	tables := map[string][]judged{}
	for _, part := range []map[string][]judged{generalTables(t), tokenTables(), authorizationTables(), challengeTables()} {
		for phrase, rows := range part {
			tables[phrase] = rows
		}
	}
	for _, rule := range check.Rules {
		seen := map[verdict]bool{}
		for _, row := range tables[rule.Name] {
			seen[row.want] = true
			if got := verdictOf(rule, row.e); got != row.want {
				t.Errorf("%s: %s: %s; want: %s", rule.Name, row.name, got, row.want)
			}
		}
		if !seen[holds] || !seen[broken] {
			t.Errorf("%s: no row holds, or none breaks it", rule.Name)
		}
		delete(tables, rule.Name)
	}
	for phrase := range tables {
		t.Errorf("%q is no rule", phrase)
	}
}

// sent adds what was sent to an answer: a form, and pairs of header lines.
func sent(e *exchange.Exchange, form string, headers ...string) *exchange.Exchange {
	e.Body, e.Header = []byte(form), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	for i := 0; i < len(headers); i += 2 {
		e.Header.Add(headers[i], headers[i+1])
	}
	return e
}

// redirected is an answer of the authorization endpoint.
func redirected(location string) *exchange.Exchange {
	return at(exchange.Authorization, answered(302, "", "Location", location))
}

// inScenario is an answer of a scenario that knows secrets.
func inScenario(t *testing.T, knows func(*exchange.Log), body string, headers ...string) *exchange.Exchange {
	t.Helper()
	log := &exchange.Log{Client: &http.Client{Transport: answering(func() *http.Response {
		response := &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
		for i := 0; i < len(headers); i += 2 {
			response.Header.Add(headers[i], headers[i+1])
		}
		return response
	})}}
	knows(log)
	e, err := log.Send(t.Context(), exchange.Request{Endpoint: exchange.Token, Method: http.MethodPost, URL: "https://as.example/token"})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

type answering func() *http.Response

func (a answering) RoundTrip(*http.Request) (*http.Response, error) { return a(), nil }

func generalTables(t *testing.T) map[string][]judged {
	const secret, encoded = "a secret+of the client", "a+secret%2Bof+the+client"
	plants := func(l *exchange.Log) { l.Plant(secret); l.Plant("short") }
	logged := func(line string) *exchange.Exchange {
		log := &exchange.Log{}
		log.Secret(secret)
		return log.Logged([]string{"started", line})
	}
	nothing := func(*exchange.Log) {}
	const token = `{"access_token":"a-long-access-token","refresh_token":"a-long-refresh-token"}`
	return map[string][]judged{
		"401-has-challenge": {
			{"a challenge", answered(401, "", "WWW-Authenticate", "Basic"), holds},
			{"in other letters", answered(401, "", "www-authenticate", "Basic"), holds},
			{"none", answered(401, ""), broken},
			{"an empty one", answered(401, "", "WWW-Authenticate", ""), broken},
			{"that of a proxy", answered(401, "", "Proxy-Authenticate", "Basic"), broken},
			{"403", answered(403, ""), beside},
			{"400", answered(400, ""), beside},
		},
		"no-secret-in-redirect": {
			{"a code", redirected("https://a.example/cb?code=c&state=s"), holds},
			{"a client secret", redirected("https://a.example/cb?client_secret=s"), broken},
			{"an access token", redirected("https://a.example/cb#access_token=a"), broken},
			{"a verifier", redirected("https://a.example/cb?code=c&code_verifier=v"), broken},
			{"a password", redirected("/sign-in?password=p"), broken},
			{"an empty one", redirected("/sign-in?password="), broken},
			{"a word about passwords", redirected("/sign-in?state=password"), holds},
			{"a longer name", redirected("/sign-in?password_hint=p"), holds},
			{"no redirect", at(exchange.Authorization, answered(200, "")), beside},
			{"of another endpoint", answered(302, "", "Location", "/?password=p"), beside},
		},
		"no-secret-echoed": {
			{"nothing", sent(answered(400, `{"error":"invalid_grant"}`), "code=a-code-of-16-letters"), holds},
			{"the code", sent(answered(400, `{"error":"a-code-of-16-letters"}`), "code=a-code-of-16-letters"), broken},
			{"a part of it", sent(answered(400, `{"error":"a-code-of-16-letter"}`), "code=a-code-of-16-letters"), holds},
			{"what surrounds it", sent(answered(500, `xxa-code-of-16-lettersxx`), "code=a-code-of-16-letters"), broken},
			{"what is no secret", sent(answered(400, `a-state-of-16-letters`), "state=a-state-of-16-letters"), holds},
			{"too short to be told apart", sent(answered(400, `invalid`), "code=invalid"), holds},
			{"the bearer token", sent(answered(401, `a-token-of-16-letters`), "", "Authorization", "Bearer a-token-of-16-letters"), broken},
			{"the credentials", sent(answered(401, `YTphLXNlY3JldC1vZi1h`), "", "Authorization", "Basic YTphLXNlY3JldC1vZi1h"), broken},
			{"a success", sent(answered(200, `a-code-of-16-letters`), "code=a-code-of-16-letters"), beside},
		},
		"no-server-error": {
			{"200", answered(200, ""), holds}, {"400", answered(400, ""), holds}, {"499", answered(499, ""), holds}, {"503", answered(503, ""), holds},
			{"500", answered(500, ""), broken}, {"501", answered(501, ""), broken}, {"502", answered(502, ""), broken}, {"504", answered(504, ""), broken},
			{"no answer", &exchange.Exchange{Problem: io.EOF}, beside},
			{"a log", at(exchange.ServerLog, answered(500, "")), beside},
		},
		"no-secret-of-others": {
			{"none", inScenario(t, plants, "a secret of the client"), holds},
			{"a short one", inScenario(t, plants, "short"), holds},
			{"one that is the asker's", inScenario(t, func(l *exchange.Log) { l.Secret(secret) }, secret), holds},
			{"in the body", inScenario(t, plants, "<p>"+secret+"</p>"), broken},
			{"encoded", inScenario(t, plants, "?x="+encoded), broken},
			{"in the redirect", inScenario(t, plants, "", "Location", "/?x="+encoded), broken},
		},
		"no-secret-in-log": {
			{"none", logged("a secret of the client"), holds},
			{"one", logged("secret=" + secret), broken},
			{"encoded", logged("secret=" + encoded), broken},
			{"an answer", inScenario(t, nothing, secret), beside},
		},
		"no-token-in-cookie": {
			{"a session", inScenario(t, nothing, token, "Set-Cookie", "session=x; Path=/"), holds},
			{"a token by TLS alone", inScenario(t, nothing, token, "Set-Cookie", "t=a-long-access-token; HttpOnly; Secure"), holds},
			{"without a blank", inScenario(t, nothing, token, "Set-Cookie", "t=a-long-access-token;secure"), holds},
			{"a token in the clear", inScenario(t, nothing, token, "Set-Cookie", "t=a-long-access-token; HttpOnly"), broken},
			{"a refresh token in the second", inScenario(t, nothing, token, "Set-Cookie", "session=x; Secure", "Set-Cookie", "t=a-long-refresh-token"), broken},
			{"Secure by name alone", inScenario(t, nothing, token, "Set-Cookie", "t=a-long-access-token; SecureNot"), broken},
			{"Secure as a value", inScenario(t, nothing, token, "Set-Cookie", "t=a-long-access-token; Path=/; x=secure"), broken},
		},
	}
}

func tokenTables() map[string][]judged {
	const good = `{"access_token":"a","token_type":"Bearer","expires_in":60,"scope":"read"}`
	body := func(members string) *exchange.Exchange {
		return answered(200, `{"access_token":"a","token_type":"Bearer"`+members+`}`)
	}
	failing := func(status int, members string) *exchange.Exchange { return answered(status, "{"+members+"}") }
	cached := func(lines ...string) *exchange.Exchange {
		e := answered(200, good)
		e.Answer["Cache-Control"] = lines
		return e
	}
	asked := func(form, body string) *exchange.Exchange { return sent(answered(200, body), form) }
	byGET := failing(405, `"error":"x"`)
	byGET.Method = http.MethodGet
	const unscoped = `{"access_token":"a","token_type":"Bearer"}`
	return map[string][]judged{
		"token-response-is-json": {
			{"sound", answered(200, good), holds},
			{"null members", body(`,"scope":null,"expires_in":null`), holds},
			{"a number in quotes", body(`,"expires_in":"60"`), broken},
			{"a list of scopes", body(`,"scope":["a"]`), broken},
			{"a refresh token of a number", body(`,"refresh_token":5`), broken},
			{"a form", answered(200, "access_token=a", "Content-Type", "application/x-www-form-urlencoded"), broken},
			{"an error", failing(400, `"error":"invalid_grant"`), beside},
			{"at an API", at(exchange.Resource, answered(200, good)), beside},
		},
		"token-response-not-stored": {
			{"no-store", cached("no-store"), holds}, {"among others", cached("private, No-Store,max-age=0"), holds}, {"in the second line", cached("private", "no-store"), holds},
			{"nothing", answered(200, good), broken}, {"no-cache", cached("no-cache"), broken}, {"a longer word", cached("no-store-ever"), broken}, {"a part", cached("no-stor"), broken},
			{"as a value", cached(`x="no-store"`), broken}, {"as an item of a value", cached(`x="a, no-store"`), broken}, {"an error", failing(400, ""), beside},
		},
		"token-type-named": {
			{"sound", answered(200, good), holds}, {"none", answered(200, `{"access_token":"a"}`), broken}, {"a list", answered(200, `{"access_token":"a","token_type":["Bearer"]}`), broken},
			{"other letters", answered(200, `{"access_token":"a","Token_Type":"Bearer"}`), broken}, {"an error", failing(400, ""), beside},
		},
		"scope-stated": {
			{"said", asked("grant_type=client_credentials", good), holds}, {"as requested", asked("grant_type=client_credentials&scope=read", unscoped), holds},
			{"of a code", asked("grant_type=authorization_code", unscoped), holds}, {"of an opaque token", asked("grant_type=client_credentials", unscoped), holds},
			{"unsaid", asked("grant_type=client_credentials", granting("eyJzY29wZSI6InJlYWQifQ", "")), broken}, {"none", asked("grant_type=client_credentials", granting("eyJzdWIiOiJjIn0", "")), holds},
			{"null", asked("grant_type=client_credentials", granting("eyJzY29wZSI6InJlYWQifQ", `,"scope":null`)), broken}, {"an error", failing(400, ""), beside},
		},
		"token-error-code": {
			{"registered", failing(400, `"error":"invalid_grant"`), holds}, {"of an extension", failing(400, `"error":"invalid_target"`), holds},
			{"unknown", failing(400, `"error":"not_found"`), broken}, {"none", failing(400, ""), broken}, {"in capitals", failing(400, `"error":"Invalid_Grant"`), broken},
			{"with a blank", failing(400, `"error":"invalid_grant "`), broken}, {"a list", failing(400, `"error":["invalid_grant"]`), broken}, {"a page", answered(400, "no", "Content-Type", "text/html"), broken},
			{"too many requests", answered(429, ""), beside}, {"too long", answered(431, ""), beside}, {"by GET", byGET, beside}, {"a success", answered(200, good), beside},
		},
		"token-error-characters": {
			{"plain", failing(400, `"error":"invalid_grant","error_description":"It's used; ask anew [~]!"`), holds}, {"without a description", failing(400, `"error":"x"`), holds},
			{"a quote", failing(400, `"error_description":"a \"quote\""`), broken}, {"a backslash", failing(400, `"error_description":"a\\b"`), broken}, {"a line break", failing(400, `"error_description":"a\nb"`), broken},
			{"an umlaut", failing(400, `"error":"ungültig"`), broken}, {"DEL", failing(400, `"error_description":"\u007f"`), broken}, {"a tab", failing(400, `"error":"a\tb"`), broken},
		},
		"token-error-status": {
			{"400", failing(400, `"error":"invalid_grant"`), holds}, {"413", failing(413, `"error":"invalid_request"`), holds}, {"415", failing(415, `"error":"invalid_request"`), holds},
			{"503", failing(503, `"error":"temporarily_unavailable"`), holds}, {"401 for another", failing(401, `"error":"invalid_grant"`), broken}, {"403", failing(403, `"error":"unauthorized_client"`), broken},
			{"404", failing(404, `"error":"invalid_request"`), broken}, {"422", failing(422, `"error":"invalid_request"`), broken}, {"500", failing(500, `"error":"invalid_request"`), broken},
			{"a client in the body, 400", sent(failing(400, `"error":"invalid_client"`), "client_id=a"), holds}, {"a client in the body, 401", sent(failing(401, `"error":"invalid_client"`), "client_id=a"), holds},
			{"a client in the header, 401", sent(failing(401, `"error":"invalid_client"`), "", "Authorization", "Basic eDp5"), holds}, {"a client in the header, 400", sent(failing(400, `"error":"invalid_client"`), "", "Authorization", "Basic eDp5"), broken},
		},
		"token-response-pragma": {
			{"said", answered(200, good, "Pragma", "no-cache"), holds}, {"in capitals", answered(200, good, "Pragma", "No-Cache"), holds}, {"nothing", answered(200, good), broken},
			{"another word", answered(200, good, "Pragma", "no-store"), broken}, {"a longer word", answered(200, good, "Pragma", "no-cached"), broken},
		},
		"token-members-once": {
			{"once", answered(200, good), holds}, {"twice, with the same value", body(`,"token_type":"Bearer"`), broken}, {"twice, with another", body(`,"access_token":"b"`), broken},
			{"twice, once escaped", body(`,"\u0061ccess_token":"b"`), broken}, {"in other letters", body(`,"Token_Type":"b"`), holds}, {"a name as a value", body(`,"x":"token_type"`), holds},
			{"a name within", body(`,"x":{"token_type":1,"y":[{"access_token":2}]},"z":1`), holds}, {"after a list", body(`,"x":["x","x"],"y":[],"x":1`), broken}, {"after an object", body(`,"x":{},"x":1`), broken},
		},
		"no-null": {
			{"none", answered(200, good), holds}, {"one", body(`,"scope":null`), broken}, {"the text", body(`,"scope":"null"`), holds}, {"an empty text", body(`,"scope":""`), holds},
			{"of an API", at(exchange.Resource, body(`,"scope":null`)), beside}, {"a page", answered(200, "null", "Content-Type", "text/html"), beside},
			{"of JSON-RPC, which answers so what has no id", at(exchange.MCP, answered(400, `{"jsonrpc":"2.0","id":null,"error":{}}`)), beside},
		},
		"token-error-uri": {
			{"none", failing(400, ""), holds}, {"absolute", failing(400, `"error_uri":"https://as.example/e#x"`), holds}, {"relative", failing(400, `"error_uri":"/errors/1?x=%20"`), holds},
			{"a blank", failing(400, `"error_uri":"https://as.example/a b"`), broken}, {"a quote", failing(400, `"error_uri":"/\""`), broken}, {"a backslash", failing(400, `"error_uri":"\\e"`), broken},
			{"half an escape", failing(400, `"error_uri":"/%2"`), broken}, {"a line break", failing(400, `"error_uri":"/a\nb"`), broken}, {"an umlaut", failing(400, `"error_uri":"https://as.example/ä"`), broken},
		},
	}
}

// granting is a token response with a JWT of some claims.
func granting(claims, rest string) string {
	return `{"access_token":"eyJhbGciOiJFUzI1NiJ9.` + claims + `.c2ln","token_type":"Bearer"` + rest + `}`
}

func authorizationTables() map[string][]judged {
	const back = "https://a.example/cb?"
	page := func(action, inputs string) *exchange.Exchange {
		e := at(exchange.Authorization, answered(200, `<form method="post" action="`+action+`">`+inputs+`</form>`, "Content-Type", "text/html"))
		e.URL = "https://as.example/authorize"
		return e
	}
	const code, issuer = `<input name="code" value="c">`, `<input name="iss" value="https://as.example">`
	failing := func(name, value string) *exchange.Exchange {
		return redirected(back + url.Values{"error": {"invalid_scope"}, name: {value}}.Encode())
	}
	return map[string][]judged{
		"authorization-response-issuer": {
			{"a code", redirected(back + "code=c&iss=https%3A%2F%2Fas.example"), holds}, {"an error", redirected(back + "error=x&iss=i"), holds}, {"in a fragment", redirected("https://a.example/cb#code=c&iss=i"), holds},
			{"by a form", page("https://a.example/cb", code+issuer), holds}, {"by a form, unnamed", page("https://a.example/cb", code), broken},
			{"none", redirected(back + "code=c"), broken}, {"an empty one", redirected(back + "code=c&iss="), broken}, {"by another name", redirected(back + "error=x&issuer=i"), broken}, {"in capitals", redirected(back + "code=c&ISS=i"), broken},
			{"a redirect within", redirected("/sign-in?next=x"), beside}, {"a form within", page("/consent", code), beside}, {"of another endpoint", answered(302, "", "Location", back+"code=c"), beside},
		},
		"authorization-parameters-once": {
			{"once", redirected(back + "code=c&state=s"), holds}, {"twice", redirected(back + "code=c&state=s&state=s"), broken}, {"once in each part", redirected(back + "code=c#code=c"), broken},
			{"twice in a form", page("https://a.example/cb", code+code), broken}, {"in other letters", redirected(back + "code=c&Code=d"), holds}, {"encoded", redirected(back + "code=c&%63ode=d"), broken},
		},
		"authorization-error-code": {
			{"defined", redirected(back + "error=access_denied"), holds}, {"of an extension", redirected(back + "error=login_required"), holds}, {"of the token endpoint", redirected(back + "error=invalid_grant"), broken},
			{"in capitals", redirected(back + "error=Access_Denied"), broken}, {"empty", redirected(back + "error="), broken}, {"with a blank", redirected(back + "error=access_denied+"), broken}, {"a code", redirected(back + "code=c"), beside},
		},
		"authorization-error-characters": {
			{"plain", failing("error_description", "It's [ok]!"), holds}, {"a quote", failing("error_description", `"`), broken}, {"an umlaut", failing("error_description", "ä"), broken},
			{"a line break", failing("error", "a\r\nb"), broken}, {"in another parameter", failing("state", "ä\"\\"), holds},
		},
		"authorization-error-uri": {
			{"none", redirected(back + "error=x"), holds}, {"a URI", failing("error_uri", "https://as.example/e"), holds}, {"a blank", failing("error_uri", "https://as.example/ e"), broken}, {"an umlaut", failing("error_uri", "/ä"), broken},
		},
	}
}

func challengeTables() map[string][]judged {
	challenged := func(lines ...string) *exchange.Exchange {
		e := at(exchange.Resource, answered(401, ""))
		e.Answer["Www-Authenticate"] = lines
		return e
	}
	opened := func(address string, status int, lines ...string) *exchange.Exchange {
		e := at(exchange.Resource, answered(status, ""))
		e.URL, e.Answer["Cache-Control"] = address, lines
		return e
	}
	withHeader := sent(opened("https://rs.example/x?access_token=t", 200), "", "Authorization", "Bearer t")
	const byURL = "https://rs.example/x?access_token=t"
	return map[string][]judged{
		"challenge-parameter": {
			{"one", challenged(`Bearer realm="x"`), holds}, {"in lower case", challenged(`bearer scope=a`), holds}, {"blanks around the sign", challenged(`Bearer realm = "x" , scope = "y"`), holds},
			{"none", challenged("Bearer"), broken}, {"none before another", challenged(`Bearer, Basic realm="x"`), broken}, {"none in the second line", challenged(`Basic realm="x"`, "Bearer "), broken}, {"the second of two", challenged(`Bearer realm="x", Bearer`), broken},
			{"another scheme", challenged("Negotiate"), beside}, {"a longer scheme", challenged("BearerX"), beside}, {"within quotes", challenged(`Basic realm="a, Bearer"`), beside}, {"no challenge", challenged(), beside},
		},
		"challenge-attributes-once": {
			{"once", challenged(`Bearer realm="x", error="y"`), holds}, {"once in each", challenged(`Bearer error="x", Bearer error="y"`), holds}, {"once in each scheme", challenged(`Basic realm="x", Bearer realm="y"`), holds},
			{"twice", challenged(`Bearer error="x", error="y"`), broken}, {"twice in other letters", challenged(`Bearer scope="x", Scope="x"`), broken}, {"twice with blanks", challenged(`Bearer scope = "x", scope ="x"`), broken},
			{"twice what no rule names", challenged(`Bearer x="1", x="2"`), holds}, {"within quotes", challenged(`Bearer realm="x, realm=y"`), holds},
		},
		"challenge-scope-characters": {
			{"two", challenged(`Bearer scope="a:b c"`), holds}, {"none", challenged(`Bearer realm="x"`), holds}, {"a quote", challenged(`Bearer scope="a\"b"`), broken}, {"a backslash", challenged(`Bearer scope="a\\b"`), broken}, {"an umlaut", challenged(`Bearer scope="ä"`), broken}, {"a tab", challenged("Bearer scope=\"a\tb\""), broken},
		},
		"challenge-error-characters": {
			{"plain", challenged(`Bearer error="invalid_token", error_description="It's used"`), holds}, {"a quote", challenged(`Bearer error_description="a \"b\""`), broken}, {"an umlaut", challenged(`Bearer error="ü"`), broken}, {"elsewhere", challenged(`Bearer realm="ü"`), holds},
		},
		"challenge-error-uri": {
			{"none", challenged(`Bearer realm="x"`), holds}, {"a URI", challenged(`Bearer error_uri="https://rs.example/e"`), holds}, {"a blank", challenged(`Bearer error_uri="https://rs.example/ e"`), broken}, {"a backslash", challenged(`Bearer error_uri="/\\e"`), broken},
		},
		"token-in-url-private": {
			{"private", opened(byURL, 200, "private"), holds}, {"among others", opened(byURL, 204, "max-age=0, Private"), holds}, {"in the second line", opened(byURL, 200, "no-cache", "private"), holds},
			{"nothing", opened(byURL, 200), broken}, {"public", opened(byURL, 200, "public"), broken}, {"a longer word", opened(byURL, 200, "not-private"), broken}, {"for one header alone", opened(byURL, 200, `private="set-cookie"`), broken},
			{"a refusal", opened(byURL, 401), beside}, {"no token in the URL", opened("https://rs.example/x", 200), beside}, {"a token in the header", withHeader, beside},
		},
	}
}

// What was sent is a form, or the query of the URL.
func TestForm(t *testing.T) {
	for name, test := range map[string]struct {
		address, media, body, want string
	}{
		"a form":             {"https://as.example/?a=query", "application/x-www-form-urlencoded; charset=UTF-8", "a=form", "form"},
		"a query":            {"https://as.example/?a=query", "", "a=form", "query"},
		"JSON":               {"https://as.example/?a=query", "application/json", `{"a":"json"}`, "query"},
		"no URL":             {"https://as.example/%", "", "", ""},
		"another media type": {"https://as.example/", "application/x-www-form-urlencodedx", "a=form", ""},
	} {
		e := &exchange.Exchange{Request: exchange.Request{URL: test.address, Header: http.Header{"Content-Type": {test.media}}, Body: bytes.Clone([]byte(test.body))}}
		if got := e.Form().Get("a"); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

package check_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
)

func errorsAs(err error, target **check.Failure) bool { return errors.As(err, target) }

// answered is an answer of the token endpoint; headers are pairs of lines.
func answered(status int, body string, headers ...string) *exchange.Exchange {
	e := &exchange.Exchange{Request: exchange.Request{Endpoint: exchange.Token, Method: http.MethodPost, URL: "https://as.example/token"}, Status: status, Answer: http.Header{}, Content: []byte(body)}
	for pair := range slices.Chunk(headers, 2) {
		e.Answer.Add(pair[0], pair[1])
	}
	if e.Answer.Get("Content-Type") == "" {
		e.Answer.Set("Content-Type", "application/json")
	}
	return e
}

func at(endpoint exchange.Endpoint, e *exchange.Exchange) *exchange.Exchange {
	e.Endpoint = endpoint
	return e
}

const issued = `{"access_token":"a","token_type":"Bearer"}`

// Every comparison of an answer holds for what fits, and fails for what does not.
func TestAnswers(t *testing.T) {
	object := func(e *exchange.Exchange) error { _, err := check.Object(e); return err }
	noAccess := func(e *exchange.Exchange) error { return check.NoToken(e, "access_token") }
	refused := func(e *exchange.Exchange) error {
		return check.RefusedWith(e, []string{"invalid_grant", "invalid_request"})
	}
	basic := func(e *exchange.Exchange) error { _, err := check.Challenge(e, "Basic"); return err }
	reduced := func(e *exchange.Exchange) error { return check.ScopeReduced(e, "a b") }
	const challenge, media = "WWW-Authenticate", "Content-Type"
	for name, test := range map[string]struct {
		judge func(*exchange.Exchange) error
		e     *exchange.Exchange
		fits  bool
	}{
		"an object":                       {object, answered(200, `{}`), true},
		"an object with a charset":        {object, answered(200, `{}`, media, "Application/JSON; charset=utf-8"), true},
		"an object in blanks":             {object, answered(200, " \n{}\n"), true},
		"a list":                          {object, answered(200, `[]`), false},
		"null":                            {object, answered(200, `null`), false},
		"a text":                          {object, answered(200, `"{}"`), false},
		"nothing":                         {object, answered(200, ``), false},
		"two objects":                     {object, answered(200, `{}{}`), false},
		"an object and more":              {object, answered(200, `{} x`), false},
		"half an object":                  {object, answered(200, `{"a":`), false},
		"an object with a byte order":     {object, answered(200, "\ufeff{}"), false},
		"an object as text":               {object, answered(200, `{}`, media, "text/plain"), false},
		"an object of a longer type":      {object, answered(200, `{}`, media, "application/jsonx"), false},
		"an object of a derived type":     {object, answered(200, `{}`, media, "application/problem+json"), false},
		"a key set at the token endpoint": {object, answered(200, `{}`, media, "application/jwk-set+json"), false},
		"a key set among metadata":        {object, at(exchange.Metadata, answered(200, `{}`, media, "application/jwk-set+json")), true},
		"an object without end":           {object, answered(200, `{"a":"`+strings.Repeat("x", exchange.MaxContent)), false},

		"a token":                      {check.TokenIssued, answered(200, issued), true},
		"a token with 201":             {check.TokenIssued, answered(201, issued), false},
		"a token with 400":             {check.TokenIssued, answered(400, issued), false},
		"a token without a type":       {check.TokenIssued, answered(200, `{"access_token":"a"}`), false},
		"a token with a null type":     {check.TokenIssued, answered(200, `{"access_token":"a","token_type":null}`), false},
		"an empty token":               {check.TokenIssued, answered(200, `{"access_token":"","token_type":"Bearer"}`), false},
		"a number for a token":         {check.TokenIssued, answered(200, `{"access_token":1,"token_type":"Bearer"}`), false},
		"a token by another name":      {check.TokenIssued, answered(200, `{"Access_Token":"a","token_type":"Bearer"}`), false},
		"a token within":               {check.TokenIssued, answered(200, `{"data":`+issued+`}`), false},
		"a token in a form":            {check.TokenIssued, answered(200, `access_token=a&token_type=Bearer`, media, "application/x-www-form-urlencoded"), false},
		"a type that is no known one":  {check.TokenIssued, answered(200, `{"access_token":"a","token_type":"mac"}`), true},
		"a token beside other members": {check.TokenIssued, answered(200, `{"x":null,"access_token":"a","token_type":"bearer"}`), true},

		"no token":                     {noAccess, answered(200, `{}`), true},
		"no token in an error":         {noAccess, answered(400, `{"error":"invalid_grant"}`), true},
		"an access token of null":      {noAccess, answered(200, `{"access_token":null}`), true},
		"an empty access token":        {noAccess, answered(200, `{"access_token":""}`), true},
		"another token":                {noAccess, answered(200, `{"refresh_token":"r"}`), true},
		"a page about tokens":          {noAccess, answered(200, `<p>access_token</p>`, media, "text/html"), true},
		"an access token":              {noAccess, answered(200, `{"access_token":"a"}`), false},
		"an access token with 400":     {noAccess, answered(400, `{"access_token":"a"}`), false},
		"an access token as text":      {noAccess, answered(200, `{"access_token":"a"}`, media, "text/html"), false},
		"an access token in a form":    {noAccess, answered(200, `token_type=Bearer&access_token=a`, media, "application/x-www-form-urlencoded"), false},
		"an empty form":                {noAccess, answered(200, `access_token=&x=y`, media, "application/x-www-form-urlencoded"), true},
		"an access token of a number":  {noAccess, answered(200, `{"access_token":17}`), false},
		"an access token in an object": {noAccess, answered(200, `{"access_token":{"value":"a"}}`), false},

		"refused":                        {refused, answered(400, `{"error":"invalid_grant"}`), true},
		"refused with another code":      {refused, answered(400, `{"error":"invalid_request"}`), true},
		"refused with 401":               {refused, answered(401, `{"error":"invalid_grant"}`), true},
		"refused with 500":               {refused, answered(500, `{"error":"invalid_grant"}`), false},
		"refused with 200":               {refused, answered(200, `{"error":"invalid_grant"}`), false},
		"refused with 302":               {refused, answered(302, `{"error":"invalid_grant"}`), false},
		"refused without a code":         {refused, answered(400, `{}`), false},
		"refused with a longer code":     {refused, answered(400, `{"error":"invalid_grants"}`), false},
		"refused in capitals":            {refused, answered(400, `{"error":"INVALID_GRANT"}`), false},
		"refused with a list":            {refused, answered(400, `{"error":["invalid_grant"]}`), false},
		"refused by another member":      {refused, answered(400, `{"Error":"invalid_grant"}`), false},
		"refused with a token":           {refused, answered(400, `{"error":"invalid_grant","access_token":"a"}`), false},
		"refused by a challenge":         {refused, answered(401, ``, challenge, `Bearer error="invalid_grant"`), false},
		"refused by a challenge at APIs": {refused, at(exchange.Resource, answered(401, ``, challenge, `Bearer error="invalid_grant"`)), true},
		"refused by the second":          {refused, at(exchange.MCP, answered(401, ``, challenge, `DPoP algs="ES256", Bearer error="invalid_grant"`)), true},
		"refused for two reasons":        {refused, at(exchange.MCP, answered(401, `{"error":"invalid_grant"}`, challenge, `Bearer error="invalid_token"`)), false},

		"a challenge":               {basic, answered(401, ``, challenge, `Basic realm="x"`), true},
		"a challenge in lower case": {basic, answered(401, ``, challenge, `basic realm="x"`), true},
		"the second of two":         {basic, answered(401, ``, challenge, `Bearer realm="a, Basic", Basic realm="x"`), true},
		"the second line":           {basic, answered(401, ``, challenge, `Bearer`, challenge, `Basic`), true},
		"no challenge":              {basic, answered(401, ``), false},
		"a longer scheme":           {basic, answered(401, ``, challenge, `Basics realm="x"`), false},
		"a scheme in quotes":        {basic, answered(401, ``, challenge, `Bearer realm="x, Basic realm=y"`), false},

		"less":                      {reduced, answered(200, `{"scope":"a"}`), true},
		"other":                     {reduced, answered(200, `{"scope":"c"}`), true},
		"as requested":              {reduced, answered(200, `{"scope":"a b"}`), false},
		"as requested, otherwise":   {reduced, answered(200, `{"scope":"b a"}`), false},
		"as requested, twice":       {reduced, answered(200, `{"scope":"a b a"}`), false},
		"as requested, with blanks": {reduced, answered(200, `{"scope":" a  b "}`), false},
		"unsaid":                    {reduced, answered(200, `{}`), false},
		"said by null":              {reduced, answered(200, `{"scope":null}`), false},
		"said by a list":            {reduced, answered(200, `{"scope":["a"]}`), false},
		"said by nothing":           {reduced, answered(200, `{"scope":""}`), false},
	} {
		if err := test.judge(test.e); (err == nil) != test.fits {
			t.Errorf("%s: it fits: %v; want %v (%v)", name, err == nil, test.fits, err)
		}
	}
}

// A refusal by another error than that of the specification is of its own kind.
func TestRefusedOtherwise(t *testing.T) {
	for body, kind := range map[string]string{`{"error":"invalid_scope"}`: check.RefusedOtherwise, `{"access_token":"a"}`: "", `{}`: check.RefusedOtherwise} {
		var failure *check.Failure
		if err := check.RefusedWith(answered(400, body), []string{"invalid_grant"}); !errors.As(err, &failure) || failure.Kind != kind {
			t.Errorf("%s: %+v", body, failure)
		}
	}
}

// Several failures are one, that lists them; what is no failure comes alone.
func TestAll(t *testing.T) {
	one, two := check.Fail("got one", "one", "ein"), check.Equal("name", "b", "a")
	if err := check.All(nil, one, nil, two); err == nil || err.Error() != `expected one or ein, and name "a"; got got one, and name "b"` {
		t.Error(err)
	}
	other := &check.Inconclusive{Reason: "it ended"}
	if err := check.All(one, other); err != error(other) {
		t.Error(err)
	}
	if err := check.All(nil, check.Equal("name", "a", "a"), check.Status(answered(200, ""), 200)); err != nil {
		t.Error(err)
	}
	if check.Status(answered(204, ""), 200) == nil || check.Equal("name", "A", "a") == nil || check.Equal("name", "a ", "a") == nil {
		t.Error("what is not equal is taken for equal")
	}
}

// A result is a JSON-RPC message with a result, in JSON or at the end of a stream.
func TestMCPResult(t *testing.T) {
	const stream = "text/event-stream"
	for name, test := range map[string]struct {
		status      int
		media, body string
		fits        bool
	}{
		"a result":                    {200, "application/json", `{"jsonrpc":"2.0","id":1,"result":{}}`, true},
		"a result of a tool":          {200, "application/json", `{"result":{"isError":false,"content":[{"text":"x"}]}}`, true},
		"a tool that failed":          {200, "application/json", `{"result":{"isError":true,"content":[{"text":"x"}]}}`, false},
		"a tool that failed silently": {200, "application/json", `{"result":{"isError":true}}`, false},
		"an error":                    {200, "application/json", `{"error":{"code":-32600,"message":"no"}}`, false},
		"an error beside a result":    {200, "application/json", `{"error":{"message":"no"},"result":{}}`, false},
		"a result in capitals":        {200, "application/json", `{"Result":{}}`, false},
		"a failure in capitals":       {200, "application/json", `{"result":{"IsError":true}}`, true},
		"a result of null":            {200, "application/json", `{"result":null}`, false},
		"a result of a text":          {200, "application/json", `{"result":"ok"}`, false},
		"no result":                   {200, "application/json", `{"jsonrpc":"2.0","method":"notifications/message"}`, false},
		"a list":                      {200, "application/json", `[{"result":{}}]`, false},
		"a page":                      {200, "text/html", `<p>result</p>`, false},
		"nothing":                     {200, "application/json", ``, false},
		"a result with 202":           {202, "application/json", `{"result":{}}`, false},
		"a result with 500":           {500, "application/json", `{"result":{}}`, false},
		"a stream":                    {200, stream, "event: message\ndata: {\"result\":{}}\n\n", true},
		"a stream with a charset":     {200, "Text/Event-Stream; charset=utf-8", "data:{\"result\":{}}\r\n\r\n", true},
		"a stream with more before":   {200, stream, "data: {\"method\":\"notifications/message\"}\n\nid: 2\ndata: {\"result\":{}}\n\n", true},
		"a message of two lines":      {200, stream, "data: {\"result\":\ndata: {}}\n\n", true},
		"a stream that ends empty":    {200, stream, "data: {\"result\":{}}\n\ndata:\n\n", true},
		"a stream of an error":        {200, stream, "data: {\"result\":{}}\n\ndata: {\"error\":{\"message\":\"no\"}}\n\n", false},
		"an empty stream":             {200, stream, ": ping\n\n", false},
		"a stream said to be JSON":    {200, "application/json", "data: {\"result\":{}}\n\n", false},
	} {
		e := at(exchange.MCP, answered(test.status, test.body, "Content-Type", test.media))
		if err := check.MCPResult(e); (err == nil) != test.fits {
			t.Errorf("%s: it fits: %v; want %v (%v)", name, err == nil, test.fits, err)
		}
	}
}

// Values are as random as the places and letters in which they differ.
func TestRandomBits(t *testing.T) {
	for name, test := range map[string]struct {
		values      []string
		least, most float64
	}{
		"two equal values":         {[]string{"abcdefgh", "abcdefgh"}, 0, 0},
		"a value that comes again": {[]string{"abcdefgh", "12345678", "abcdefgh"}, 0, 0},
		"no value":                 {nil, 0, 0},
		"one value":                {[]string{"abcdefgh"}, 0, 0},
		"an empty value":           {[]string{"", "abcdefgh"}, 0, 0},
		"a counter":                {[]string{"code-0001", "code-0002", "code-0003", "code-0004"}, 1, 4},
		"a prefix and a counter":   {[]string{"c3RhdGljLXByZWZpeA01", "c3RhdGljLXByZWZpeA02", "c3RhdGljLXByZWZpeA03"}, 1, 4},
		"letters in other places":  {[]string{"ab", "ba"}, 2, 2},
		"other cases":              {[]string{"aaaa", "AAAA"}, 4, 4},
		"random in hexadecimal": {[]string{"9f86d081884c7d659a2feaa0c55ad015", "a3bf4f1b2b0b822cd15d6c15b0f00a08", "2c26b46b68ffc68ff99b453c1d304134", "fcde2b2edba56bf408601fb721fe9b5c", "18ac3e7343f016890c510e93f9352611", "ef2d127de37b942baad06145e54b0c61"},
			100, 128},
		"shorter than the others": {[]string{"a1", "b2c3d4e5f6"}, 1, 8},
	} {
		if bits := check.RandomBits(test.values); bits < test.least || bits > test.most {
			t.Errorf("%s: %.1f bits; want %.0f to %.0f", name, bits, test.least, test.most)
		}
	}
}

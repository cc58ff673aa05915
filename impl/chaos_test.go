package impl_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/realm"
)

// chaotic is a realm of a fixture, with a client of its own.
type chaotic struct {
	*testing.T
	plane    *control.ClientWithResponses
	realm    control.Realm
	id       string
	secret   string
	callback *httptest.Server
	called   atomic.Int32 // The requests that the callback got.
}

func startPlane(t *testing.T) *control.ClientWithResponses {
	t.Helper()
	f, err := impl.Start(impl.Config{AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", MCPServer: "127.0.0.1:0", Control: "127.0.0.1:0", Policy: realm.Policy{Documented: true}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	plane, err := control.NewClientWithResponses(f.ControlURL, control.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer "+f.ControlToken)
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	return plane
}

func newChaotic(t *testing.T, plane *control.ClientWithResponses, chaos *control.Chaos) *chaotic {
	t.Helper()
	c := &chaotic{T: t, plane: plane}
	c.callback = httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { c.called.Add(1) }))
	t.Cleanup(c.callback.Close)
	made, err := plane.CreateRealmWithResponse(t.Context(), control.RealmRequest{Chaos: chaos, ResourceOwner: new(control.Approves)})
	if err != nil || made.JSON201 == nil {
		t.Fatalf("%v: %s", err, made.Body)
	}
	c.realm = *made.JSON201
	registered, err := plane.CreateClientWithResponse(t.Context(), c.realm.ID, control.ClientRequest{
		GrantTypes: &[]string{"authorization_code", "client_credentials"}, RedirectUris: &[]string{c.callback.URL},
	})
	if err != nil || registered.JSON201 == nil {
		t.Fatalf("%v: %s", err, registered.Body)
	}
	c.id, c.secret = registered.JSON201.ClientID, *registered.JSON201.ClientSecret
	return c
}

// seen is an answer of which a part may be missing.
type seen struct {
	status int
	header http.Header
	body   string
	err    error // Of reading the body.
}

func (s seen) member(name string) string {
	var object map[string]any
	_ = json.Unmarshal([]byte(s.body), &object)
	return fmt.Sprint(object[name])
}

func (c *chaotic) send(request *http.Request) seen {
	c.Helper()
	direct := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := direct.Do(request)
	if err != nil {
		c.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return seen{response.StatusCode, response.Header, string(body), err}
}

func (c *chaotic) get(address string, header ...string) seen {
	c.Helper()
	request, err := http.NewRequestWithContext(c.Context(), http.MethodGet, address, nil)
	if err != nil {
		c.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	return c.send(request)
}

func (c *chaotic) metadata() seen {
	c.Helper()
	return c.get(realm.WellKnown(c.realm.Issuer, "oauth-authorization-server"))
}

// token asks for one of the client's own.
func (c *chaotic) token(more ...string) seen {
	c.Helper()
	form := url.Values{"grant_type": {"client_credentials"}}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	request, err := http.NewRequestWithContext(c.Context(), http.MethodPost, c.realm.Issuer+"/oauth/token", strings.NewReader(form.Encode()))
	if err != nil {
		c.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.SetBasicAuth(c.id, c.secret)
	return c.send(request)
}

func (c *chaotic) tasks(raw string) seen {
	c.Helper()
	return c.get(c.realm.Resource+"/api/tasks", "Authorization", "Bearer "+raw)
}

// returned is where an authorization request leads to.
func (c *chaotic) returned(more ...string) url.Values {
	c.Helper()
	query := url.Values{"response_type": {"code"}, "client_id": {c.id}, "state": {"s"}, "code_challenge_method": {"S256"},
		"code_challenge": {"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}}
	for i := 0; i < len(more); i += 2 {
		query.Set(more[i], more[i+1])
	}
	location, err := url.Parse(c.get(c.realm.Issuer + "/oauth/authorize?" + query.Encode()).header.Get("Location"))
	if err != nil {
		c.Fatal(err)
	}
	return location.Query()
}

// occurred are the departures of the realm's traffic, in order.
func (c *chaotic) occurred() (departures []string, log string) {
	c.Helper()
	traffic, err := c.plane.TrafficWithResponse(c.Context(), c.realm.ID)
	if err != nil || traffic.JSON200 == nil {
		c.Fatalf("%v: %s", err, traffic.Body)
	}
	for _, request := range traffic.JSON200.Requests {
		if request.Departures != nil {
			departures = append(departures, *request.Departures...)
		}
	}
	return departures, strings.Join(traffic.JSON200.Log, "")
}

// Each departure is what it says, and can be seen in traffic and log.
func TestDepartures(t *testing.T) {
	plane := startPlane(t)
	shown := map[fault.Name]func(c *chaotic) (as any, want any){
		fault.AnswerSlow:   func(c *chaotic) (any, any) { return c.metadata().member("issuer"), c.realm.Issuer },
		fault.AnswerCutOff: func(c *chaotic) (any, any) { return c.metadata().err, io.ErrUnexpectedEOF },
		fault.JSONCutOff: func(c *chaotic) (any, any) {
			answer := c.metadata()
			return answer.err == nil && answer.status == 200 && !json.Valid([]byte(answer.body)), true
		},
		fault.ServerBusy: func(c *chaotic) (any, any) {
			answer := c.token()
			return fmt.Sprint(answer.status) + answer.header.Get("Retry-After"), fmt.Sprint(503) + "1"
		},
		fault.TooManyRequests: func(c *chaotic) (any, any) {
			answer := c.tasks("x")
			return fmt.Sprint(answer.status) + answer.header.Get("Retry-After"), fmt.Sprint(429) + "1"
		},
		fault.GatewayError: func(c *chaotic) (any, any) { return c.metadata().header.Get("Content-Type"), "text/html" },
		fault.KeysRotatedAfterIssue: func(c *chaotic) (any, any) {
			return c.tasks(c.token().member("access_token")).status, 401
		},
		fault.TokenOverEarly: func(c *chaotic) (any, any) {
			issued := c.token()
			return issued.member("expires_in") + fmt.Sprint(c.tasks(issued.member("access_token")).status), fmt.Sprint(3600) + fmt.Sprint(401)
		},
		"lifetime-missing":         func(c *chaotic) (any, any) { return strings.Contains(c.token().body, "expires_in"), false },
		"granted-scope-not-stated": func(c *chaotic) (any, any) { return strings.Contains(c.token().body, "scope"), false },
		fault.ConsentDenied:        func(c *chaotic) (any, any) { q := c.returned(); return q.Get("error") + q.Get("code"), "access_denied" },
		fault.CallbackTwice:        func(c *chaotic) (any, any) { return c.returned().Has("code") && c.called.Load() == 1, true },
		"issuer-parameter-altered": func(c *chaotic) (any, any) { return c.returned().Get("iss"), c.realm.Issuer + "/" },
		"bearer-challenge-missing": func(c *chaotic) (any, any) {
			answer := c.tasks("x")
			return fmt.Sprint(answer.status) + answer.header.Get("WWW-Authenticate"), fmt.Sprint(401)
		},
		"issuer-with-trailing-slash": func(c *chaotic) (any, any) { return c.metadata().member("issuer"), c.realm.Issuer + "/" },
		fault.ResourceRefused: func(c *chaotic) (any, any) {
			return c.returned("resource", c.realm.Resource).Get("error") + c.token("resource", c.realm.Resource).member("error"), "invalid_targetinvalid_target"
		},
	}
	for _, departure := range fault.Departures() {
		t.Run(string(departure.Name), func(t *testing.T) {
			c := newChaotic(t, plane, &control.Chaos{Seed: 1, Probability: new(1.0), Departures: &[]string{string(departure.Name)}})
			if shown[departure.Name] == nil {
				t.Fatal("nothing shows it")
			}
			if got, want := shown[departure.Name](c); got != want {
				t.Errorf("got %v, want %v", got, want)
			}
			occurred, log := c.occurred()
			if !slices.Contains(occurred, string(departure.Name)) || !strings.Contains(log, "departures="+string(departure.Name)) || !strings.Contains(log, "replay=1:1") {
				t.Errorf("the traffic says %q, the log\n%s", occurred, log)
			}
		})
	}
}

// What the servers ask each other is spared: the resource server gets the keys,
// and the answer that comes of it is what the client does not get.
func TestChaosSparesOurs(t *testing.T) {
	plane := startPlane(t)
	c := newChaotic(t, plane, &control.Chaos{Seed: 1, Probability: new(1.0), Departures: &[]string{"json-cut-off"}})
	minted, err := plane.MintTokenWithResponse(t.Context(), c.realm.ID, control.MintRequest{})
	if err != nil || minted.JSON201 == nil {
		t.Fatalf("%v: %s", err, minted.Body)
	}
	if answer := c.tasks(minted.JSON201.AccessToken); answer.status != 200 || json.Valid([]byte(answer.body)) {
		t.Errorf("%d %s", answer.status, answer.body)
	}
}

// walk is the same requests each time.
func (c *chaotic) walk() {
	for range 8 {
		c.metadata()
		c.returned("resource", c.realm.Resource)
		c.tasks(c.token().member("access_token"))
	}
}

// The same seed does the same in another realm, and after it was said anew; and
// where nothing was said, nothing occurs.
func TestChaosIsReplayed(t *testing.T) {
	plane, seven := startPlane(t), &control.Chaos{Seed: 7}
	here, there, calm := newChaotic(t, plane, seven), newChaotic(t, plane, seven), newChaotic(t, plane, nil)
	for _, c := range []*chaotic{here, calm, there} {
		c.walk()
	}
	first, _ := here.occurred()
	second, _ := there.occurred()
	if len(first) < 5 || !slices.Equal(first, second) {
		t.Errorf("one realm %q, another %q", first, second)
	}
	if nothing, log := calm.occurred(); len(nothing) > 0 || strings.Contains(log, "chaos") {
		t.Errorf("without chaos %q", nothing)
	}
	for _, chaos := range []control.Chaos{*seven, {Seed: 7, Probability: new(0.0)}} {
		if changed, err := plane.ChangeRealmWithResponse(t.Context(), here.realm.ID, control.RealmRequest{Chaos: &chaos}); err != nil || changed.JSON200 == nil {
			t.Fatalf("%v: %s", err, changed.Body)
		}
		here.walk()
	}
	if again, _ := here.occurred(); !slices.Equal(again, append(first, first...)) {
		t.Errorf("first %q, in all %q", first, again)
	}
}

func TestControlRefusesChaos(t *testing.T) {
	plane := startPlane(t)
	for want, chaos := range map[string]control.Chaos{
		"there is no departure": {Seed: 1, Departures: &[]string{"tea"}}, "probability": {Seed: 1, Probability: new(2.0)}, "seed": {Seed: -1},
	} {
		answer, err := plane.CreateRealmWithResponse(t.Context(), control.RealmRequest{Chaos: &chaos})
		if err != nil || answer.StatusCode() != 400 || !strings.Contains(string(answer.Body), want) {
			t.Errorf("%v: %s", err, answer.Body)
		}
	}
}

// Chaos of the root realm is in no other, and its log says how to get it again.
func TestChaosOfTheRoot(t *testing.T) {
	chaos, err := fault.NewChaos(3, 1, []string{"server-busy"})
	if err != nil {
		t.Fatal(err)
	}
	var log written
	f, err := impl.Start(impl.Config{AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", Chaos: chaos, Log: slog.New(slog.NewTextHandler(&log, nil)), Policy: realm.Policy{Documented: true, Verify: realm.ByJWT}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	other, err := f.Realms.Create(realm.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]int{f.Issuer + "/health": 503, f.Resource + "/health": 503, other.Issuer + "/health": 200, other.Resource + "/health": 200} {
		if status, _, body := send(t, "GET", address, "", ""); status != want {
			t.Errorf("%s answers %d %s, want %d", address, status, body, want)
		}
	}
	if said := log.String(); !strings.Contains(said, "departures=server-busy") || !strings.Contains(said, "replay=3:1") || strings.Count(said, "msg=chaos") != 2 {
		t.Errorf("the log says\n%s", said)
	}
}

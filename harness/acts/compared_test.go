package acts

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// comparedBy are the rules of the reference that compare a value with one that they know,
// and the requests that send its near misses.
var comparedBy = map[string][][2]string{
	"authserver.AuthenticateClient":   {{"requests a token", "client_id"}},
	"authserver.CredentialsFit":       {{"requests a token", "client_secret"}},
	"authserver.RedirectURI":          {{"sends an authorization request", "redirect_uri"}},
	"authserver.SameRedirectURI":      {{"sends an authorization request", "redirect_uri"}},
	"authserver.CodeFits":             {{"redeems the code", "code"}, {"redeems the code", "redirect_uri"}},
	"authserver.RedirectURIOfCode":    {{"redeems the code", "redirect_uri"}},
	"authserver.CodeVerifier":         {{"redeems the code", "code_verifier"}},
	"authserver.CodeVerifierMatches":  {{"redeems the code", "code_verifier"}, {"redeems the code", "code_challenge"}},
	"authserver.RefreshTokenFits":     {{"refreshes the token", "refresh_token"}},
	"authserver.RefreshedScope":       {{"refreshes the token", "scope"}},
	"authserver.RefreshedResources":   {{"refreshes the token", "resource"}},
	"authserver.ResourcesOfGrant":     {{"redeems the code", "resource"}},
	"authserver.CanonicalResource":    {{"redeems the code", "resource"}},
	"authserver.AuthorizationRequest": {{"sends an authorization request", "client_id"}},
	"bearer.Verify":                   {{"calls the protected resource", "iss of the token"}, {"calls the protected resource", "aud of the token"}, {"calls the MCP server", "aud of the token"}},
	"bearer.Covers":                   {{"calls the protected resource", "scope of the token"}},
}

// withoutNearMisses are the rules that compare a value whose near misses nothing sends
// yet, each with what it compares.
var withoutNearMisses = map[string]string{
	"authserver.AssertionFits":                "iss, sub and aud of a client assertion",
	"authserver.AssertionKeys":                "kid of a client assertion",
	"authserver.ClientOfAssertion":            "sub of a client assertion with client_id",
	"authserver.CodeChallengeMethodSupported": "code_challenge_method",
	"authserver.GrantRegistered":              "grant_type",
	"authserver.ExpectedUser":                 "id_token_hint",
	"authserver.BasicCredentials":             "the scheme of the Authorization header",
	"authserver.BearerToken":                  "the access token at the user info endpoint",
	"authserver.InitialAccessToken":           "the initial access token",
	"authserver.RegistrationAccessToken":      "the registration access token",
	"authserver.IntrospectedToken":            "the token at the introspection endpoint",
	"authserver.IntrospectionCaller":          "the credentials at the introspection endpoint",
	"authserver.RevocationClient":             "the credentials at the revocation endpoint",
	"authserver.OwnToken":                     "the owner of a revoked token",
	"authserver.TokenConcerns":                "the audience of an introspected token with its asker",
	"authserver.RefreshTokenActive":           "the refresh token at the introspection endpoint",
	"authserver.PasswordMatches":              "the password of a person",
	"authserver.FormOfSession":                "the secret of a form",
	"authserver.ResourceOwner":                "the session cookie",
	"authserver.RequestedScope":               "the scope of a token request with the registered one",
	"authserver.ScopeAllowed":                 "the scope that a person allows",
	"authserver.ScopeOfBoth":                  "the scope of a token exchange",
	"authserver.ResourcesToGrant":             "the resource of an authorization request; RFC 8707 section 2 only has the server refuse what it does not accept",
	"authserver.ResponseMode":                 "response_mode",
	"authserver.ServedBy":                     "the audience of a token exchange",
	"authserver.SubjectToken":                 "the subject token of an exchange",
	"authserver.ActorToken":                   "the actor token of an exchange",
	"authserver.EntitledToSubject":            "the client of a subject token",
	"authserver.EntitledToActor":              "the client of an actor token",
	"authserver.TokenTypeToIssue":             "requested_token_type",
	"authserver.SoftwareStatement":            "iss of a software statement",
	"authserver.UpdatedClient":                "client_id and client_secret of an update",
	"bearer.Introspected":                     "the members of an introspection response",
	"bearer.IntrospectionResponse":            "the names in an introspection response",
	"cimd.ClientIdentifier":                   "the URL of a client ID metadata document",
	"cimd.Document":                           "client_id in a client ID metadata document",
	"mcpserver.SessionOwner":                  "the owner of a session",
}

// comparesNothing are the rules that decide something else.
var comparesNothing = strings.Fields(`
	authserver.AccessOfCodeEnded authserver.AccessToken authserver.AccessTokenClaims authserver.AccessTokenEnded authserver.AssertionVerified
	authserver.AuthorizationResponse authserver.ClientGone authserver.ClientGuess authserver.ClientMetadata authserver.ClientName
	authserver.ClientRecognizable authserver.ClientsListed authserver.CodeChallengeMethod authserver.CodeChallengeRequired
	authserver.CodeChallengeWellFormed authserver.CodeReused authserver.CodeVerifierWellFormed authserver.ConfidentialAlone
	authserver.ConfigurationAllowed authserver.ConsentEstablished authserver.ConsentNeeded authserver.ConsentPage authserver.Delegated
	authserver.Denial authserver.EndGrants authserver.IDTokenAlgorithm authserver.IDTokenClaims authserver.JSONTaken authserver.KeysKnown
	authserver.MayRegister authserver.NewAuthorizationCode authserver.NewClientID authserver.NewRefreshToken
	authserver.NewRegistrationAccessToken authserver.PageThere authserver.PasswordGuess authserver.RedirectTrusted
	authserver.RedirectURIsNeeded authserver.RefreshTokenReused authserver.RefusedBeforeSignIn authserver.RequestRate
	authserver.RevokeAccessToken authserver.RevokeRefreshToken authserver.SameLanguage authserver.ScopeIgnored authserver.ScopeOfClient
	authserver.SecretNeeded authserver.SignAccessToken authserver.SignIDToken authserver.StatedMetadata
	bearer.Introspects cimd.Discovery cimd.HTTPClient cimd.LogoKept cimd.MaxDocument cimd.PageAddress clientmetadata.Judge
	mcpserver.ChallengedScope mcpserver.KeepsSessions mcpserver.Results mcpserver.UpstreamClient
	realm.Logged realm.NewClientSecret realm.OldKeyPublished redirecturi.Flaw`)

var ruleMade = regexp.MustCompile(`(?m)^var (\w+) = rule\.New\(`)

// Every rule of the reference that compares a value has near misses of it sent, or says
// that nothing sends them yet.
func TestComparedValuesHaveNearMisses(t *testing.T) {
	found := 0
	impl := os.DirFS("../../impl")
	err := fs.WalkDir(impl, ".", func(file string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") {
			return err
		}
		text, err := fs.ReadFile(impl, file)
		for _, match := range ruleMade.FindAllStringSubmatch(string(text), -1) {
			found++
			sortedRule(t, path.Dir(file)+"."+match[1])
		}
		return err
	})
	if all := len(comparedBy) + len(withoutNearMisses) + len(comparesNothing); err != nil || found != all {
		t.Errorf("%d rules are sorted, and there are %d: %v", all, found, err)
	}
	t.Logf("%d of %d rules that compare have near misses", len(comparedBy), len(comparedBy)+len(withoutNearMisses))
	for _, rule := range sortedKeys(withoutNearMisses) {
		t.Logf("without: %s, %s", rule, withoutNearMisses[rule])
	}
}

func sortedRule(t *testing.T, rule string) {
	t.Helper()
	places := 0
	if sends, ok := comparedBy[rule]; ok {
		places++
		for _, each := range sends {
			if _, known := comparedIn[each[0]][each[1]]; !known {
				t.Errorf("%s: no near misses of %q are sent where the client %s", rule, each[1], each[0])
			}
		}
	}
	if _, ok := withoutNearMisses[rule]; ok {
		places++
	}
	if slices.Contains(comparesNothing, rule) {
		places++
	}
	if places != 1 {
		t.Errorf("%s is in %d of the three lists; say whether it compares a value, and which request sends its near misses", rule, places)
	}
}

package control

import (
	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/impl/realm"
)

var codeChallenges = map[control.RealmRequestCodeChallenge]realm.CodeChallenge{
	control.RealmRequestCodeChallengeS256: realm.ChallengeS256, control.RealmRequestCodeChallengePlain: realm.ChallengePlain, control.RealmRequestCodeChallengeOptional: realm.ChallengeOptional,
}

// codeOf reads what a request says about authorization codes, and about what
// clients are told beforehand.
func codeOf(policy realm.Policy, request control.RealmRequest) realm.Policy {
	if request.CodeChallenge != nil {
		policy.CodeChallenge = codeChallenges[*request.CodeChallenge]
	}
	if request.RedirectURIInTokenRequest != nil {
		policy.RedirectURIRequired = *request.RedirectURIInTokenRequest == control.RealmRequestRedirectURIInTokenRequestRequired
	}
	if request.SignedMetadata != nil {
		policy.SignedMetadata = *request.SignedMetadata
	}
	return policy
}

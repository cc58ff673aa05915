package control

import (
	"slices"
	"time"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/token"
)

// registrationOf reads what a request says about the registration of clients,
// and about how much may be asked.
func registrationOf(policy realm.Policy, request control.RealmRequest) realm.Policy {
	if request.Registration != nil {
		policy.Registration = realm.Registration(*request.Registration)
		if *request.Registration == control.Off {
			policy.Registration = realm.RegistrationOff
		}
	}
	if request.InitialAccessToken != nil {
		policy.InitialAccessToken = token.HashOf(*request.InitialAccessToken)
	}
	if request.RegistrationsPerHour != nil {
		policy.RegistrationsPerHour = *request.RegistrationsPerHour
	}
	if request.UnusedClientsDays != nil {
		policy.UnusedClients = time.Duration(*request.UnusedClientsDays) * 24 * time.Hour
	}
	if request.RequestsPerSecond != nil {
		policy.Rates = realm.Rates{Address: *request.RequestsPerSecond, Client: *request.RequestsPerSecond}
	}
	if request.ClientConfiguration != nil {
		policy.NoConfiguration = nil
		for _, operation := range []control.RealmRequestClientConfiguration{control.Read, control.Update, control.Delete} {
			if !slices.Contains(*request.ClientConfiguration, operation) {
				policy.NoConfiguration = append(policy.NoConfiguration, string(operation))
			}
		}
	}
	return policy
}

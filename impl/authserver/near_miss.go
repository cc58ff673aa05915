package authserver

import (
	"net/http"
	"sync"
	"time"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/token"
)

// justTaken are the codes that a server takes which forgives a moment.
var justTaken sync.Map

// takenAMomentAgo tells whether a code was taken by somebody else just now, and
// remembers that it is taken.
func takenAMomentAgo(code token.Hash) bool {
	before, taken := justTaken.LoadOrStore(code, time.Now())
	return taken && time.Since(before.(time.Time)) < 10*aMoment
}

// noAuthTime stands for none at a faulty server.
var noAuthTime = time.Unix(0, 0)

// authTime is when the person authenticated.
func authTime(r *realm.Realm, a asked, who Person) time.Time {
	switch {
	case r.Faults().Has(faultname.AuthTimeNotForZero) && a.prompt.maxAge == 0:
		return noAuthTime
	case r.Faults().Has(faultname.AuthTimeOfConsent):
		return r.Clock.Now()
	}
	return who.SignedIn
}

// html is an answer of a faulty server that does not say that it is JSON.
type html struct {
	authserver.IssueToken200JSONResponse
}

// VisitIssueTokenResponse writes the answer.
func (h html) VisitIssueTokenResponse(w http.ResponseWriter) error {
	return h.IssueToken200JSONResponse.VisitIssueTokenResponse(htmlWriter{w})
}

type htmlWriter struct{ http.ResponseWriter }

func (w htmlWriter) WriteHeader(status int) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.ResponseWriter.WriteHeader(status)
}

// firstOf is the beginning of a text, as long as it is there.
func firstOf(text string, length int) string { return text[:min(length, len(text))] }

// aMoment is how long a careless server takes between looking and taking.
const aMoment = 20 * time.Millisecond

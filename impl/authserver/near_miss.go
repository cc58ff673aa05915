package authserver

import (
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/token"
)

// nearlySame compares redirect URIs as a faulty server does that means well.
func nearlySame(registered, given string, faults fault.Set) bool {
	if !faults.Has(fault.HTTPSPortIgnored) && !faults.Has(fault.RedirectHostCaseIgnored) && !faults.Has(fault.RedirectQueryIgnored) {
		return false
	}
	a, errA := url.Parse(registered)
	b, errB := url.Parse(given)
	if errA != nil || errB != nil || b.User != nil {
		return false
	}
	if faults.Has(fault.HTTPSPortIgnored) && a.Hostname() == b.Hostname() {
		b.Host = a.Host
	}
	if faults.Has(fault.RedirectHostCaseIgnored) && strings.EqualFold(a.Host, b.Host) {
		b.Host = a.Host
	}
	if faults.Has(fault.RedirectQueryIgnored) {
		b.RawQuery = a.RawQuery
	}
	return a.String() == b.String()
}

// justTaken are the codes that a server takes which forgives a moment.
var justTaken sync.Map

// takenAMomentAgo tells whether a code was taken by somebody else just now, and
// remembers that it is taken.
func takenAMomentAgo(code token.Hash) bool {
	before, taken := justTaken.LoadOrStore(code, time.Now())
	return taken && time.Since(before.(time.Time)) < 10*aMoment
}
